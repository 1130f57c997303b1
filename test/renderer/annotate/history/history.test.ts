import { describe, expect, it } from 'vitest'
import { randomFrom } from '../../../../src/engine/sample/random.ts'
import { Gesture } from '../../../../src/renderer/src/annotate/history/gesture.ts'
import { History } from '../../../../src/renderer/src/annotate/history/history.ts'
import { packPixels } from '../../../../src/renderer/src/annotate/history/runs.ts'
import { rectangleSelection } from '../../../../src/renderer/src/annotate/raster/shapes.ts'
import type { ClassMask } from '../../../../src/shared/mask.ts'
import { emptyMask } from '../../../fixtures/drawn-mask.ts'

function stroke(
  mask: ClassMask,
  history: History,
  x: number,
  y: number,
  value: number,
  side = 30,
): void {
  const gesture = new Gesture(mask)
  gesture.paint(rectangleSelection([x, y], [x + side, y + side], mask), { value, over: null })
  const change = gesture.finish()
  if (change) history.push(change)
}

describe('Undo', () => {
  it('goes back stroke by stroke and forth again to the very same pixels', () => {
    const mask = emptyMask(200, 150)
    const history = new History()
    const random = randomFrom(1)
    const states = [mask.data.slice()]
    for (let i = 0; i < 60; i++) {
      stroke(mask, history, random.below(200), random.below(150), random.below(4))
      if (history.undoable === states.length) states.push(mask.data.slice())
    }
    for (const state of states.slice(0, -1).reverse()) {
      expect(history.undo(mask)).not.toBeNull()
      expect(mask.data).toEqual(state)
    }
    expect(history.undo(mask)).toBeNull()
    for (const state of states.slice(1)) {
      history.redo(mask)
      expect(mask.data).toEqual(state)
    }
    expect(history.redo(mask)).toBeNull()
  })

  it('says which rectangle changed: that of the pixels that differ', () => {
    const mask = emptyMask(200, 150)
    const history = new History()
    stroke(mask, history, 60, 60, 1, 10)
    stroke(mask, history, 55, 50, 1, 12)
    expect(history.undo(mask)).toEqual({ x: 55, y: 50, width: 12, height: 12 })
    expect(history.redo(mask)).toEqual({ x: 55, y: 50, width: 12, height: 12 })
  })

  it('has nothing to take back after a stroke that changed nothing', () => {
    const mask = emptyMask(50, 50)
    const history = new History()
    stroke(mask, history, 3, 3, 0)
    expect(history.undoable).toBe(0)
  })

  it('keeps the last 200 strokes', () => {
    const mask = emptyMask(50, 50)
    const history = new History()
    for (let i = 0; i < 205; i++) stroke(mask, history, i % 20, i % 20, 1 + (i % 2))
    expect(history.undoable).toBe(200)
  })

  it('keeps as many strokes as fit its bytes', () => {
    const mask = emptyMask(256, 256)
    const random = randomFrom(2)
    const history = new History({ strokes: 200, bytes: 100_000 })
    for (let i = 0; i < 6; i++) {
      const gesture = new Gesture(mask)
      gesture.paint(rectangleSelection([0, 0], [256, 256], mask), { value: 0, over: null })
      for (let at = 0; at < mask.data.length; at++) mask.data[at] = random.below(250)
      const change = gesture.finish()
      if (change) history.push(change)
      expect(history.bytes).toBeLessThanOrEqual(100_000)
      expect(history.undoable).toBeLessThanOrEqual(2)
    }
  })

  it('forgets what was undone when something new is painted', () => {
    const mask = emptyMask(50, 50)
    const history = new History()
    stroke(mask, history, 0, 0, 1)
    history.undo(mask)
    stroke(mask, history, 9, 9, 2)
    expect(history.redoable).toBe(0)
  })
})

describe('A gesture', () => {
  it('leaves no trace when it is rewound', () => {
    const mask = emptyMask(130, 90)
    mask.data.fill(3, 5, 900)
    const before = mask.data.slice()
    const gesture = new Gesture(mask)
    gesture.paint(rectangleSelection([10, 0], [100, 80], mask), { value: 1, over: null })
    gesture.paint(rectangleSelection([60, 60], [130, 90], mask), { value: 2, over: null })
    expect(gesture.rewind()).toEqual({ x: 10, y: 0, width: 120, height: 90 })
    expect(mask.data).toEqual(before)
    expect(gesture.finish()).toBeNull()
  })
})

describe('Packed pixels', () => {
  it('come out as they went in, flat or noisy, however long their runs', () => {
    const random = randomFrom(9)
    const noisy = Uint8Array.from({ length: 4096 }, () => random.below(256))
    for (const pixels of [
      noisy,
      new Uint8Array(200_000).fill(7),
      Uint8Array.of(1),
      new Uint8Array(0),
    ])
      expect(packPixels(pixels).unpack()).toEqual(pixels)
    expect(packPixels(noisy).bytes).toBe(4096)
    expect(packPixels(new Uint8Array(4096)).bytes).toBe(3)
  })
})
