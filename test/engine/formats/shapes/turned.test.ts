import { describe, expect, it } from 'vitest'
import { boxRing } from '../../../../src/engine/formats/shapes/draw-shape.ts'
import { turned, turnedBoxOf } from '../../../../src/engine/formats/shapes/turned.ts'
import fc from '../../../fixtures/fast-check.ts'

describe('a turned rectangle', () => {
  it('goes clockwise on the screen, where y points down', () => {
    const ring = turned([0, 0, 2, 0, 2, 1, 0, 1], { x: 0, y: 0 }, 90)
    expect(ring.map((value) => Math.round(value) + 0)).toEqual([0, 0, 0, 2, -1, 2, -1, 0])
  })

  it('is found again from its corners', () => {
    const side = fc.double({ min: 0.5, max: 100, noNaN: true })
    const place = fc.double({ min: -50, max: 50, noNaN: true })
    const angle = fc.double({ min: 0, max: 359, noNaN: true })
    const boxes = fc.record({ x: place, y: place, width: side, height: side })
    fc.assert(
      fc.property(boxes, angle, (box, degrees) => {
        const found = turnedBoxOf(turned(boxRing(box), box, degrees))
        for (const key of ['x', 'y', 'width', 'height'] as const)
          expect(found?.[key]).toBeCloseTo(box[key], 6)
        // 359.99… and 0 are the same direction.
        const off = Math.abs((found?.degrees ?? 0) - degrees)
        expect(Math.min(off, 360 - off)).toBeLessThan(1e-6)
      }),
    )
  })

  it('has four corners', () => {
    expect(turnedBoxOf([0, 0, 1, 0, 1, 1])).toBeNull()
  })
})
