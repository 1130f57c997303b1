import { describe, expect, it } from 'vitest'
import {
  type BrushShape,
  type Dab,
  sweep,
} from '../../../../src/renderer/src/annotate/raster/brush.ts'
import { paint } from '../../../../src/renderer/src/annotate/raster/ink.ts'
import { Selection } from '../../../../src/renderer/src/annotate/raster/selection.ts'
import { drawing, emptyMask, rows } from '../../../fixtures/drawn-mask.ts'
import fc from '../../../fixtures/fast-check.ts'

const size = { width: 40, height: 30 }
const everywhere = { value: 1, over: null }

function painted(shape: BrushShape, from: Dab, to: Dab) {
  const mask = emptyMask(size.width, size.height)
  const selection = new Selection(size)
  sweep(selection, shape, from, to)
  const dirty = paint(mask, selection, everywhere)
  return { mask, dirty }
}

function distanceToSegment(x: number, y: number, from: Dab, to: Dab): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = dx * dx + dy * dy
  const t =
    length === 0 ? 0 : Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / length))
  return Math.hypot(x - from.x - t * dx, y - from.y - t * dy)
}

const place = {
  x: fc.double({ min: -5, max: 45, noNaN: true }),
  y: fc.double({ min: -5, max: 35, noNaN: true }),
}

describe('A round brush', () => {
  it('covers exactly the pixels whose centres are within its radius of its way', () => {
    fc.assert(
      fc.property(
        fc.record(place),
        fc.record(place),
        fc.double({ min: 0.75, max: 9, noNaN: true }),
        (a, b, radius) => {
          const { mask } = painted('round', { ...a, radius }, { ...b, radius })
          for (let i = 0; i < mask.data.length; i++) {
            const distance = distanceToSegment(
              (i % 40) + 0.5,
              Math.floor(i / 40) + 0.5,
              { ...a, radius },
              { ...b, radius },
            )
            if (Math.abs(distance - radius) > 1e-6 && mask.data[i] !== (distance < radius ? 1 : 0))
              throw new Error(`pixel ${i} is ${distance} away`)
          }
        },
      ),
      { seed: 7, numRuns: 60 },
    )
  })

  it('covers both ends and all between them when its size changes on the way', () => {
    const { mask } = painted('round', { x: 6, y: 15, radius: 5 }, { x: 33, y: 15, radius: 1 })
    const heightAt = (x: number) =>
      Array.from({ length: 30 }, (_, y) => mask.data[y * 40 + x]).filter(Boolean).length
    expect([5, 15, 25, 33].map(heightAt)).toEqual([10, 8, 4, 2])
  })

  it('paints the rest of a dab that lies partly outside the picture', () => {
    const { mask, dirty } = painted('round', { x: 0, y: 0, radius: 2 }, { x: 0, y: 0, radius: 2 })
    expect(dirty).toEqual({ x: 0, y: 0, width: 2, height: 2 })
    expect(mask.data.filter(Boolean)).toHaveLength(3)
  })

  it('touches nothing when it is outside the picture', () => {
    expect(
      painted('round', { x: -9, y: 5, radius: 3 }, { x: -8, y: 9, radius: 3 }).dirty,
    ).toBeNull()
  })
})

describe('A brush of one pixel', () => {
  it('paints the pixel under the pointer, wherever in it the pointer is', () => {
    for (const at of [3.01, 3.5, 3.99]) {
      const dab = { x: at, y: at, radius: 0.5 }
      const { mask } = painted('round', dab, dab)
      expect(mask.data.reduce((sum, value) => sum + value, 0)).toBe(1)
      expect(mask.data[3 * 40 + 3]).toBe(1)
    }
  })

  it('leaves a line one pixel wide without gaps', () => {
    fc.assert(
      fc.property(fc.record(place), fc.record(place), (a, b) => {
        const [from, to] = [
          { ...a, radius: 0.5 },
          { ...b, radius: 0.5 },
        ]
        const selection = new Selection({ width: 100, height: 100 })
        const shift = (dab: Dab) => ({ ...dab, x: dab.x + 20, y: dab.y + 20 })
        sweep(selection, 'round', shift(from), shift(to))
        const pixels: [number, number][] = []
        selection.forEachRun((at) => pixels.push([at % 100, Math.floor(at / 100)]))
        pixels.forEach(([x, y], i) => {
          const [px, py] = pixels[i - 1] ?? [x, y]
          expect(Math.max(Math.abs(x - px), Math.abs(y - py))).toBeLessThanOrEqual(1)
        })
      }),
      { seed: 3, numRuns: 60 },
    )
  })
})

describe('A square brush', () => {
  it('covers a square', () => {
    const mask = emptyMask(6, 5)
    const selection = new Selection(mask)
    const dab = { x: 3, y: 2, radius: 2 }
    sweep(selection, 'square', dab, dab)
    paint(mask, selection, everywhere)
    expect(drawing(mask)).toBe(
      rows(`
      .1111.
      .1111.
      .1111.
      .1111.
      ......`),
    )
  })

  it('covers the band between two squares', () => {
    const mask = emptyMask(9, 7)
    const selection = new Selection(mask)
    sweep(selection, 'square', { x: 2, y: 2, radius: 1 }, { x: 7, y: 5, radius: 1 })
    paint(mask, selection, everywhere)
    expect(drawing(mask)).toBe(
      rows(`
      .........
      .111.....
      .11111...
      ..11111..
      ...11111.
      .....111.
      .........`),
    )
  })
})
