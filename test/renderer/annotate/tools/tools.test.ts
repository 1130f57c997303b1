import { beforeEach, describe, expect, it } from 'vitest'
import type { OverlayHost } from '../../../../src/renderer/src/annotate/overlay/overlay.ts'
import { MaskDocument } from '../../../../src/renderer/src/annotate/paint/mask-document.ts'
import { Painter } from '../../../../src/renderer/src/annotate/paint/painter.ts'
import { PaintSettingsStore } from '../../../../src/renderer/src/annotate/paint/settings.ts'
import { fillHoles } from '../../../../src/renderer/src/annotate/raster/clean-up.ts'
import type { Sample } from '../../../../src/renderer/src/annotate/tools/tool.ts'
import type { Stroke } from '../../../../src/shared/stroke.ts'
import { emptyMask } from '../../../fixtures/drawn-mask.ts'

/** Overlays need a browser's canvas; what they are told is all that counts here. */
class Told {
  touched = 0
  show(): void {}
  touch(): void {
    this.touched += 1
  }
}

const side = 60
let sent: Stroke[]
let painter: Painter
let settings: PaintSettingsStore
let document: MaskDocument

beforeEach(() => {
  sent = []
  settings = new PaintSettingsStore()
  settings.change({ brushSize: 4, eraserSize: 4 })
  const host: Pick<OverlayHost, never> = new Told()
  painter = new Painter(settings, host as ConstructorParameters<typeof Painter>[1])
  document = new MaskDocument({ tape: 1, frame: 0 }, emptyMask(side, side), (stroke) =>
    sent.push(stroke),
  )
  const rgb = new Uint8Array(3 * side * side).fill(100)
  // A red square on grey.
  for (let y = 20; y < 30; y++)
    for (let x = 20; x < 30; x++) rgb.set([200, 0, 0], 3 * (y * side + x))
  painter.show(document, { width: side, height: side, rgb })
  settings.subscribe(() => painter.takeTool())
})

const at = (x: number, y: number, more: Partial<Sample> = {}): Sample => ({
  ...{ x, y, pressure: null, shift: false, erase: false, scale: 2 },
  ...more,
})

function drag(from: [number, number], to: [number, number], more: Partial<Sample> = {}): void {
  painter.down(at(...from, more))
  painter.move(at((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, more))
  painter.up(at(...to, more))
}

const painted = (value = 1): number => document.mask.data.filter((pixel) => pixel === value).length
const valueAt = (x: number, y: number) => document.mask.data[y * side + x]

describe('The brush', () => {
  it('paints a dab at a click, as one stroke', () => {
    painter.down(at(10, 10))
    painter.up(at(10, 10))
    expect(painted()).toBe(12)
    expect(sent).toHaveLength(1)
  })

  it('paints a band along a drag, as one stroke that undo takes back', () => {
    drag([10, 10], [40, 10])
    expect([valueAt(10, 10), valueAt(25, 10), valueAt(39, 10)]).toEqual([1, 1, 1])
    expect(painter.get().undoable).toBe(1)
    painter.undo()
    expect(painted()).toBe(0)
    expect(sent).toHaveLength(2)
    painter.redo()
    expect(valueAt(25, 10)).toBe(1)
  })

  it('draws a line from the last click with Shift', () => {
    drag([5, 5], [5, 5])
    painter.down(at(50, 5, { shift: true }))
    painter.up(at(50, 5, { shift: true }))
    expect([valueAt(25, 5), valueAt(45, 5)]).toEqual([1, 1])
  })

  it('erases with Alt, and with the eraser', () => {
    drag([10, 10], [40, 10])
    drag([20, 10], [20, 10], { erase: true })
    settings.swap()
    drag([30, 10], [30, 10])
    expect([valueAt(10, 10), valueAt(20, 10), valueAt(30, 10)]).toEqual([1, 0, 0])
  })

  it('is as wide as the pen presses, where there is pressure', () => {
    settings.change({ brushSize: 20 })
    drag([30, 30], [30, 30], { pressure: 0.5 })
    expect([valueAt(34, 30), valueAt(36, 30)]).toEqual([1, 0])
  })

  it('leaves no trace when it is cancelled', () => {
    painter.down(at(10, 10))
    painter.move(at(30, 30))
    painter.cancel()
    painter.up(at(40, 40))
    expect(painted()).toBe(0)
    expect(sent).toEqual([])
    expect(painter.get()).toMatchObject({ undoable: 0, isOpen: false })
  })

  it('paints ignore with the ignore brush', () => {
    settings.change({ tool: 'ignore' })
    drag([10, 10], [10, 10])
    expect(painted(255)).toBe(12)
  })

  it('changes nothing where nothing may be changed', () => {
    painter.isReadOnly = true
    drag([10, 10], [20, 20])
    painter.clear()
    expect(sent).toEqual([])
  })
})

describe('The smart brush', () => {
  it('paints the square that it began on, not what lies around it', () => {
    settings.change({ tool: 'smart', brushSize: 30 })
    drag([25, 25], [25, 25])
    expect(painted()).toBe(100)
  })
})

describe('Polygon', () => {
  beforeEach(() => settings.change({ tool: 'polygon' }))
  const click = (x: number, y: number): void => {
    painter.down(at(x, y))
    painter.up(at(x, y))
  }

  it('closes at its first corner', () => {
    for (const [x, y] of [
      [10, 10],
      [30, 10],
      [30, 30],
      [11, 10],
    ] as const)
      click(x, y)
    expect([valueAt(25, 15), valueAt(12, 28)]).toEqual([1, 0])
    expect(painter.get()).toMatchObject({ isOpen: false, outline: null, undoable: 1 })
  })

  it('closes with Enter and shows its way until then', () => {
    click(10, 10)
    click(30, 10)
    painter.hover(at(30, 30))
    expect(painter.get().outline?.points).toEqual([
      [10, 10],
      [30, 10],
      [30, 30],
    ])
    click(30, 30)
    painter.close()
    expect(painted()).toBeGreaterThan(150)
  })

  it('takes corners back one by one, by Backspace and by undo, and paints nothing when given up', () => {
    drag([1, 1], [1, 1])
    for (const [x, y] of [
      [10, 10],
      [30, 10],
      [30, 30],
      [10, 30],
    ] as const)
      click(x, y)
    painter.undo()
    painter.back()
    expect(painter.get().outline?.points.length).toBe(4)
    painter.cancel()
    expect(painter.get().isOpen).toBe(false)
    expect(painted()).toBe(0)
  })

  it('is given up when another tool is taken', () => {
    click(10, 10)
    settings.change({ tool: 'brush' })
    expect(painter.get()).toMatchObject({ isOpen: false, outline: null })
  })
})

describe('Shapes by a drag', () => {
  it.each([
    ['rectangle', 20 * 10],
    ['ellipse', Math.PI * 10 * 5],
  ] as const)('fill a %s', (tool, area) => {
    settings.change({ tool })
    drag([10, 10], [30, 20])
    expect(Math.abs(painted() - area)).toBeLessThan(6)
  })

  it('are even with Shift', () => {
    settings.change({ tool: 'rectangle' })
    drag([10, 10], [30, 15], { shift: true })
    expect(painted()).toBe(400)
  })

  it('fill what a lasso goes around', () => {
    settings.change({ tool: 'lasso' })
    painter.down(at(10, 10))
    for (const [x, y] of [
      [30, 10],
      [30, 30],
      [10, 30],
    ] as const)
      painter.move(at(x, y))
    painter.up(at(10, 20))
    expect(painted()).toBe(400)
    expect(painter.get().outline).toBeNull()
  })
})

describe('Fill and wand', () => {
  it('fill an outline of the mask', () => {
    settings.change({ tool: 'rectangle' })
    drag([10, 10], [30, 30])
    drag([15, 15], [25, 25], { erase: true })
    settings.change({ tool: 'fill' })
    painter.down(at(20, 20))
    painter.up(at(20, 20))
    expect(painted()).toBe(400)
  })

  it('fill a colour', () => {
    settings.change({ tool: 'fill', fillBy: 'colour', tolerance: 20 })
    painter.down(at(25, 25))
    painter.up(at(25, 25))
    expect(painted()).toBe(100)
  })

  it('take more as the wand is dragged to the right, and only its last choice', () => {
    settings.change({ tool: 'wand', tolerance: 10 })
    painter.down(at(25, 25))
    expect(painted()).toBe(100)
    painter.move(at(25 + 300, 25))
    expect(painted()).toBe(side * side)
    painter.move(at(25, 25))
    painter.up(at(25, 25))
    expect(painted()).toBe(100)
    expect(sent).toHaveLength(1)
  })

  it('miss the picture without harm', () => {
    for (const tool of ['fill', 'wand', 'accept'] as const) {
      settings.change({ tool })
      drag([-5, 3], [70, 70])
    }
    expect(sent).toEqual([])
  })
})

describe('A proposal', () => {
  beforeEach(() => {
    const map = new Uint8Array(side * side)
    for (const [left, top] of [
      [5, 5],
      [40, 40],
    ] as const)
      for (let y = top; y < top + 4; y++) map.fill(200, y * side + left, y * side + left + 4)
    painter.setProposal({ map, cut: 128 })
    settings.change({ tool: 'accept' })
  })

  it('is accepted part by part, by a click', () => {
    drag([6, 6], [6, 6])
    expect([painted(), valueAt(6, 6), valueAt(41, 41)]).toEqual([16, 1, 0])
    drag([20, 20], [20, 20])
    expect(painted()).toBe(16)
  })

  it('is accepted inside a region', () => {
    settings.change({ acceptBy: 'region' })
    painter.regions = [
      [
        [0, 0],
        [60, 0],
        [60, 42],
        [0, 42],
      ],
    ]
    drag([30, 30], [30, 30])
    expect(painted()).toBe(16 + 8)
  })

  it('is accepted as a whole, once', () => {
    painter.acceptAll()
    expect(painted()).toBe(32)
    expect(painter.proposal).toBeNull()
    painter.undo()
    expect(painted()).toBe(0)
  })
})

describe('Clean-up', () => {
  it('is one stroke, of the chosen class, by the rules of painting', () => {
    settings.change({ tool: 'rectangle' })
    drag([10, 10], [30, 30])
    drag([15, 15], [25, 25], { erase: true })
    settings.change({ classIndex: 2 })
    drag([18, 18], [20, 20])
    settings.change({ classIndex: 1, mode: 'background' })
    painter.cleanUp(fillHoles)
    expect([painted(1), painted(2)]).toEqual([396, 4])
    expect(painter.get().undoable).toBe(4)
  })
})
