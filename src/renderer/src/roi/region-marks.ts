import type { Point } from '../../../shared/region.ts'
import type { Mark } from '../canvas/sketch.ts'
import type { Position } from '../canvas/viewport.ts'
import { colourOf, type DrawnRegion } from './drawn-region.ts'
import type { RegionsView } from './regions-editor.ts'
import type { ToolView } from './tools.ts'

const drawingColour = '#ffd166'
const snapColour = '#ff5fa2'

const position = ([x, y]: Point): Position => ({ x, y })

/** The middle of the rectangle around points. */
function middleOf(points: readonly Point[]): Position {
  const xs = points.map(([x]) => x)
  const ys = points.map(([, y]) => y)
  return {
    x: (Math.min(...xs) + Math.max(...xs)) / 2,
    y: (Math.min(...ys) + Math.max(...ys)) / 2,
  }
}

function marksOf(region: DrawnRegion, index: number, view: RegionsView): Mark[] {
  const colour = colourOf(region, index)
  const isSelected = view.selected.includes(region.key)
  const isIgnored = region.kind === 'ignore'
  const marks: Mark[] = [
    {
      kind: 'outline',
      points: region.points.map(position),
      isClosed: true,
      colour,
      width: isSelected ? 3 : 2,
      fill: `${colour}${isSelected ? '40' : isIgnored ? '55' : '20'}`,
      ...(isIgnored ? { dash: [6, 5] } : {}),
    },
    { kind: 'text', at: middleOf(region.points), text: region.name, colour },
  ]
  if (!isSelected || region.locked) return marks
  const knobs = region.points.map(
    (point, i): Mark => ({
      kind: 'knob',
      at: position(point),
      colour,
      ...(view.point === i ? { size: 16 } : { size: 11 }),
      isHollow: view.point === i,
    }),
  )
  return [...marks, ...knobs]
}

/** The regions with the selected one's points, the outline being drawn, what the pointer holds on to. */
export function regionMarks(view: RegionsView, tool: ToolView): Mark[] {
  const drawing = tool.drawing.map(position)
  const isRectangle = tool.tool === 'rectangle'
  return [
    ...view.regions.flatMap((region, index) => marksOf(region, index, view)),
    ...(drawing.length > 1
      ? [
          {
            kind: 'outline',
            points: drawing,
            isClosed: isRectangle || drawing.length > 3,
            colour: drawingColour,
            fill: 'rgb(255 209 102 / 15%)',
          } satisfies Mark,
        ]
      : []),
    ...(isRectangle ? [] : drawing.slice(0, -1)).map(
      (at, i): Mark => ({ kind: 'knob', at, colour: drawingColour, size: i === 0 ? 14 : 9 }),
    ),
    ...(tool.hover?.kind === 'edge'
      ? [
          {
            kind: 'knob',
            at: position(tool.hover.at),
            colour: '#ffffff',
            size: 11,
            isHollow: true,
          } satisfies Mark,
        ]
      : []),
    ...(tool.snapped
      ? [
          {
            kind: 'knob',
            at: position(tool.snapped),
            colour: snapColour,
            size: 18,
            isHollow: true,
          } satisfies Mark,
        ]
      : []),
  ]
}
