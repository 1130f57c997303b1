import { describe, expect, it } from 'vitest'
import { MaskDocument } from '../../../../src/renderer/src/annotate/paint/mask-document.ts'
import { rectangleSelection } from '../../../../src/renderer/src/annotate/raster/shapes.ts'
import type { ClassMask } from '../../../../src/shared/mask.ts'
import type { Stroke } from '../../../../src/shared/stroke.ts'
import { drawing, emptyMask } from '../../../fixtures/drawn-mask.ts'

const ink = (value: number) => ({ value, over: null })

function opened() {
  const sent: Stroke[] = []
  const mask = emptyMask(100, 80)
  const document = new MaskDocument({ tape: 1, frame: 2 }, mask, (stroke) => sent.push(stroke))
  const box = (x: number, y: number, value: number) => {
    document.paint(rectangleSelection([x, y], [x + 5, y + 4], mask), ink(value))
    return document
  }
  return { sent, mask, document, box }
}

/** The mask that the engine has after the strokes. */
function replayed(strokes: readonly Stroke[]): ClassMask {
  const mask = emptyMask(100, 80)
  for (const { x, y, width, height, data } of strokes)
    for (let row = 0; row < height; row++)
      mask.data.set(data.subarray(row * width, (row + 1) * width), (y + row) * 100 + x)
  return mask
}

describe('A mask that is painted', () => {
  it('sends a gesture as one stroke: the rectangle that changed, as it is now', () => {
    const { sent, box } = opened()
    box(10, 10, 1)
    box(12, 10, 1).complete()
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({
      x: 10,
      y: 10,
      width: 7,
      height: 4,
      mask: { width: 100, height: 80 },
    })
    expect(sent[0]?.data).toEqual(new Uint8Array(28).fill(1))
  })

  it('sends nothing for a gesture that was cancelled or changed nothing', () => {
    const { sent, mask, document, box } = opened()
    box(10, 10, 1)
    document.cancel()
    box(30, 30, 0).complete()
    document.complete()
    expect(sent).toEqual([])
    expect(document.isEmpty).toBe(true)
    expect(mask.data.indexOf(1)).toBe(-1)
  })

  it('is the same at the engine after strokes, undo and redo in any order', () => {
    const { sent, mask, document, box } = opened()
    box(10, 10, 1).complete()
    box(12, 11, 2).complete()
    document.undo()
    document.undo()
    document.redo()
    box(60, 60, 3).complete()
    document.replace(new Uint8Array(8000).fill(4, 0, 300))
    document.complete()
    document.undo()
    expect(sent).toHaveLength(8)
    expect(drawing(replayed(sent))).toBe(drawing(mask))
  })

  it('gives up the gesture under way before it undoes anything', () => {
    const { sent, document, box } = opened()
    box(10, 10, 1).complete()
    box(50, 50, 2).undo()
    expect(document.history.undoable).toBe(1)
    expect(sent).toHaveLength(1)
  })
})
