import { describe, expect, test } from 'vitest'
import {
  drawCircle,
  drawEllipse,
  drawPolyline,
  drawRectangle,
} from '../../../../src/engine/formats/shapes/draw-shape.ts'
import { drawing, rows } from '../../../fixtures/drawn-mask.ts'
import fc from '../../../fixtures/fast-check.ts'
import { wholePicture } from '../../../fixtures/random-masks.ts'

const size = { width: 16, height: 12 }

/** The pixels whose centres are in a shape, straight from the definition. */
function centresWhere(isInside: (x: number, y: number) => boolean): Uint8Array {
  return new Uint8Array(size.width * size.height).map((_, at) =>
    Number(isInside((at % size.width) + 0.5, Math.floor(at / size.width) + 0.5)),
  )
}

const coordinate = fc.double({ min: -4, max: 20, noNaN: true })
const length = fc.double({ min: 0.1, max: 12, noNaN: true })

/** The least distance to a point of the line: it falls up to there and rises after it. */
function distanceToLine([ax = 0, ay = 0, bx = 0, by = 0]: number[], x: number, y: number): number {
  const distance = (share: number) =>
    Math.hypot(ax + share * (bx - ax) - x, ay + share * (by - ay) - y)
  let [low, high] = [0, 1]
  for (let i = 0; i < 60; i++) {
    const third = (high - low) / 3
    if (distance(low + third) < distance(high - third)) high -= third
    else low += third
  }
  return distance(low)
}

describe('The pixels of a shape are those with their centres in it', () => {
  test('for ellipses, turned or not', () => {
    fc.assert(
      fc.property(
        fc.record({ x: coordinate, y: coordinate, radiusX: length, radiusY: length }),
        fc.double({ min: -4, max: 4, noNaN: true }),
        (ellipse, angle) => {
          const expected = centresWhere((x, y) => {
            const [right, down] = [x - ellipse.x, y - ellipse.y]
            const along = right * Math.cos(angle) + down * Math.sin(angle)
            const across = down * Math.cos(angle) - right * Math.sin(angle)
            return (along / ellipse.radiusX) ** 2 + (across / ellipse.radiusY) ** 2 <= 1
          })
          expect(wholePicture(drawEllipse({ ...ellipse, angle }, size), size)).toEqual(expected)
        },
      ),
    )
  })

  test('for rectangles', () => {
    fc.assert(
      fc.property(coordinate, coordinate, length, length, (x, y, width, height) => {
        const expected = centresWhere(
          (at, down) => at >= x && at < x + width && down >= y && down < y + height,
        )
        expect(wholePicture(drawRectangle({ x, y, width, height }, size), size)).toEqual(expected)
      }),
    )
  })

  test('for lines of some width', () => {
    fc.assert(
      fc.property(
        fc.tuple(coordinate, coordinate, coordinate, coordinate),
        length,
        (line, width) => {
          const drawn = wholePicture(drawPolyline(line, width, size), size)
          const sure = (slack: number) =>
            centresWhere((x, y) => distanceToLine(line, x, y) <= width / 2 + slack)
          const [least, most] = [sure(-1e-6), sure(1e-6)]
          expect(
            drawn.every((value, i) => value >= (least[i] ?? 0) && value <= (most[i] ?? 0)),
          ).toBe(true)
        },
      ),
    )
  })

  test('for a disc, edge included', () => {
    const raster = drawCircle({ x: 2.5, y: 2.5, radius: 2 }, size)
    expect(drawing(raster)).toBe(
      rows(`
        ..1..
        .111.
        11111
        .111.
        ..1..`),
    )
  })

  test('for a line with a bend, and for a single point', () => {
    const bent = drawPolyline([0.5, 0.5, 4.5, 0.5, 4.5, 3.5], 1, size)
    expect(drawing(bent)).toBe(
      rows(`
        11111
        ....1
        ....1
        ....1`),
    )
    expect(drawPolyline([3, 4], 2.9, size)).toMatchObject({ x: 2, y: 3, width: 2, height: 2 })
  })

  test('and none for shapes outside of the picture', () => {
    const none = { width: 0, height: 0 }
    expect(drawCircle({ x: -50, y: 5, radius: 3 }, size)).toMatchObject(none)
    expect(drawRectangle({ x: 16, y: 0, width: 5, height: 5 }, size)).toMatchObject(none)
    expect(drawPolyline([1e9, 1e9, 2e9, 1e9], 2, size)).toMatchObject(none)
    expect(drawPolyline([], 2, size)).toMatchObject(none)
  })
})
