import { Checkbox } from '../../ui/Checkbox.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { Slider } from '../../ui/Slider.tsx'
import {
  largestBrush,
  type PaintSettings,
  smallestBrush,
  type ToolName,
} from '../paint/settings.ts'
import { hasRing } from '../tools/tools.ts'
import { useLabel, usePaintSettings } from './label-context.ts'

const titles: Readonly<Record<ToolName, string>> = {
  brush: 'Brush',
  eraser: 'Eraser',
  smart: 'Smart brush',
  ignore: 'Ignore brush',
  polygon: 'Polygon',
  lasso: 'Lasso',
  rectangle: 'Rectangle',
  ellipse: 'Ellipse',
  fill: 'Fill',
  wand: 'Magic wand',
  accept: 'Accept',
}

/** What to do with a tool, for those who have it in hand for the first time. */
const hints: Readonly<Record<ToolName, string>> = {
  brush: 'Click or drag. Shift + click draws a line; hold Alt to erase.',
  eraser: 'Click or drag to make background again.',
  smart: 'Start on a person: only pixels of that colour inside the ring are painted.',
  ignore: 'Paint what nobody can tell: it is neither learnt from nor scored.',
  polygon: 'Click the corners; Enter or the first corner closes it.',
  lasso: 'Draw around it; it closes when you let go.',
  rectangle: 'Drag from corner to corner; Shift makes a square.',
  ellipse: 'Drag from corner to corner; Shift makes a circle.',
  fill: 'Click inside an outline to fill it.',
  wand: 'Click a colour and drag right for more of it, left for less.',
  accept: 'Click a striped part to make it a label. Alt + click takes it away.',
}

function Tolerance() {
  const { settings } = useLabel()
  const { tolerance } = usePaintSettings()
  return (
    <Slider
      label="Colours may differ by"
      value={tolerance}
      min={0}
      max={150}
      onChange={(value) => settings.change({ tolerance: value })}
    />
  )
}

/** The slider's steps are finer where brushes are small. */
const finest = 100

function toStep(size: number): number {
  const share = Math.log(size / smallestBrush) / Math.log(largestBrush / smallestBrush)
  return Math.round(share * finest)
}

function fromStep(step: number): number {
  return Math.round(smallestBrush * (largestBrush / smallestBrush) ** (step / finest))
}

function SizeSlider() {
  const { settings } = useLabel()
  usePaintSettings()
  const { size } = settings
  return (
    <div className="size-slider">
      <span className="slider-label" aria-hidden="true">
        Size
      </span>
      <output className="slider-value">{size} px</output>
      <input
        type="range"
        className="slider-input"
        aria-label="Size"
        aria-valuetext={`${size} pixels`}
        min={0}
        max={finest}
        value={toStep(size)}
        style={{ '--share': `${toStep(size)}%` }}
        onChange={(event) => settings.resize(fromStep(event.target.valueAsNumber))}
      />
    </div>
  )
}

function ShapeChoice({ tool, values }: { tool: ToolName; values: PaintSettings }) {
  const { settings } = useLabel()
  const isEraser = tool === 'eraser'
  return (
    <Segmented
      label="Shape"
      value={isEraser ? values.eraserShape : values.brushShape}
      options={[
        { value: 'round', text: 'Round' },
        { value: 'square', text: 'Square' },
      ]}
      onChange={(shape) =>
        settings.change(isEraser ? { eraserShape: shape } : { brushShape: shape })
      }
    />
  )
}

/** What the tool in hand can be told. */
export function ToolOptions() {
  const { settings } = useLabel()
  const values = usePaintSettings()
  const { tool } = values
  const byColour =
    tool === 'smart' || tool === 'wand' || (tool === 'fill' && values.fillBy === 'colour')
  return (
    <Panel title={titles[tool]}>
      <p className="tool-hint">{hints[tool]}</p>
      {hasRing(tool) && <SizeSlider />}
      {hasRing(tool) && <ShapeChoice tool={tool} values={values} />}
      {tool === 'fill' && (
        <Segmented
          label="Stops at"
          value={values.fillBy}
          options={[
            { value: 'mask', text: 'The mask' },
            { value: 'colour', text: 'Another colour' },
          ]}
          onChange={(fillBy) => settings.change({ fillBy })}
        />
      )}
      {byColour && <Tolerance />}
      {tool === 'wand' && (
        <Checkbox
          label="Only what hangs together"
          checked={values.connected}
          onChange={(connected) => settings.change({ connected })}
        />
      )}
      {tool === 'accept' && (
        <Segmented
          label="A click accepts"
          value={values.acceptBy}
          options={[
            { value: 'part', text: 'One part' },
            { value: 'region', text: 'All in the region' },
          ]}
          onChange={(acceptBy) => settings.change({ acceptBy })}
        />
      )}
      {tool !== 'eraser' && (
        <Segmented
          label="Paints over"
          value={values.mode}
          options={[
            { value: 'over', text: 'Everything' },
            { value: 'background', text: 'Only background' },
          ]}
          onChange={(mode) => settings.change({ mode })}
        />
      )}
    </Panel>
  )
}
