import { describe, expect, it } from 'vitest'
import { largestScale, Viewport } from '../../../src/renderer/src/canvas/viewport.ts'

function viewport(): Viewport {
  const made = new Viewport()
  made.setStage({ width: 832, height: 632 })
  made.setPicture({ width: 400, height: 200 })
  return made
}

describe('the view of a picture', () => {
  it('shows the whole picture in the middle at first', () => {
    expect(viewport().get()).toEqual({ scale: 2, offset: { x: 16, y: 116 } })
  })

  it('keeps the place under the pointer when it zooms', () => {
    const view = viewport()
    const before = view.toPicture({ x: 300, y: 250 })
    view.zoomAt({ x: 300, y: 250 }, 3.7)
    const after = view.toPicture({ x: 300, y: 250 })
    expect(after.x).toBeCloseTo(before.x, 9)
    expect(after.y).toBeCloseTo(before.y, 9)
    expect(view.get().scale).toBeCloseTo(7.4)
  })

  it('zooms to 3,200 % and to 10 %, and no further', () => {
    const view = viewport()
    view.zoomAt({ x: 0, y: 0 }, 1e6)
    expect(view.get().scale).toBe(largestScale)
    view.zoomAt({ x: 0, y: 0 }, 1e-6)
    expect(view.get().scale).toBe(0.1)
  })

  it('shows a picture whole that is too large for 10 %', () => {
    const view = viewport()
    view.setPicture({ width: 16_000, height: 8000 })
    expect(view.get().scale).toBeCloseTo(0.05)
    view.zoomAt({ x: 0, y: 0 }, 0.5)
    expect(view.get().scale).toBeCloseTo(0.05)
  })

  it('keeps the view for the next picture of the same size, and fits another', () => {
    const view = viewport()
    view.zoomAt({ x: 100, y: 100 }, 2)
    const zoomed = view.get()
    view.setPicture({ width: 400, height: 200 })
    expect(view.get()).toBe(zoomed)
    view.setPicture({ width: 200, height: 200 })
    expect(view.isFitted).toBe(true)
  })

  it('never pans the picture off the stage', () => {
    const view = viewport()
    view.panBy(-1e6, 1e6)
    const { scale, offset } = view.get()
    expect(offset.x + 400 * scale).toBe(48)
    expect(offset.y).toBe(632 - 48)
  })

  it('stays fitted, or on its place, when the stage changes its size', () => {
    const view = viewport()
    view.setStage({ width: 432, height: 632 })
    expect(view.get().scale).toBe(1)
    view.zoomAt({ x: 216, y: 316 }, 4)
    const middle = view.toPicture({ x: 216, y: 316 })
    view.setStage({ width: 600, height: 400 })
    expect(view.toPicture({ x: 300, y: 200 })).toEqual(middle)
  })

  it('finds the way back from picture to stage', () => {
    const view = viewport()
    view.zoomAt({ x: 10, y: 20 }, 3)
    const { x, y } = view.toStage(view.toPicture({ x: 123, y: 45 }))
    expect(x).toBeCloseTo(123)
    expect(y).toBeCloseTo(45)
  })
})
