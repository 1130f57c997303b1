import { describe, expect, test } from 'vitest'
import { bridgeHoles } from '../../../../src/engine/formats/shapes/bridge-holes.ts'
import { fillPolygon, pointsOf } from '../../../../src/engine/formats/shapes/fill-polygon.ts'
import { rasterArea, rasterOfPicture } from '../../../../src/engine/formats/shapes/raster.ts'
import { outlineParts, traceOutline } from '../../../../src/engine/formats/shapes/trace-outline.ts'
import { drawnMask } from '../../../fixtures/drawn-mask.ts'
import fc from '../../../fixtures/fast-check.ts'
import { randomRaster, wholePicture } from '../../../fixtures/random-masks.ts'

function drawn(text: string) {
  const { data, ...size } = drawnMask(text)
  return { raster: rasterOfPicture(data, size), size }
}

/** Twice the area that a ring encloses, positive where it goes clockwise as seen on the screen. */
function doubleArea(ring: readonly number[]): number {
  const points = pointsOf(ring)
  return points.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = points[(i + 1) % points.length] ?? [x, y]
    return sum + x * nextY - nextX * y
  }, 0)
}

describe('The outline of pixels', () => {
  test('filled again gives the same pixels', () => {
    fc.assert(
      fc.property(randomRaster(), ({ raster, size }) => {
        const filled = fillPolygon(traceOutline(raster), size)
        expect(wholePicture(filled, size)).toEqual(wholePicture(raster, size))
        const parts = outlineParts(raster)
        expect(wholePicture(fillPolygon(parts.flat(), size), size)).toEqual(
          wholePicture(raster, size),
        )
      }),
      { numRuns: 300 },
    )
  })

  test('has corners at turns only, at whole numbers, and encloses each pixel once', () => {
    fc.assert(
      fc.property(randomRaster(), ({ raster }) => {
        const rings = traceOutline(raster)
        expect(rings.reduce((sum, ring) => sum + doubleArea(ring), 0)).toBe(2 * rasterArea(raster))
        for (const points of rings.map(pointsOf))
          points.forEach(([x, y], i) => {
            const [beforeX, beforeY] = points.at(i - 1) ?? [0, 0]
            const [nextX, nextY] = points[(i + 1) % points.length] ?? [0, 0]
            expect([x, y].every(Number.isInteger)).toBe(true)
            expect([beforeX === x, beforeY === y]).toEqual([nextX !== x, nextY !== y])
          })
      }),
    )
  })

  test('has the outer ring first, clockwise, then the holes of that part', () => {
    const { raster } = drawn(`
      111....
      1.1.111
      111.1.1
      ....111`)
    const hole = (x: number, y: number) => [x, y + 1, x + 1, y + 1, x + 1, y, x, y]
    const parts = outlineParts(raster)
    expect(parts.map((rings) => rings.map(doubleArea))).toEqual([
      [18, -2],
      [18, -2],
    ])
    expect(new Set(pointsOf(parts[0]?.[1] ?? []).map(String))).toEqual(
      new Set(pointsOf(hole(1, 1)).map(String)),
    )
  })

  test('takes pixels that touch at a corner for one part, and their holes apart', () => {
    const { raster } = drawn(`
      1...
      .111
      .1.1
      .111`)
    const corners = drawn(`
      11111
      1.111
      11.11
      11111`)
    expect(outlineParts(raster)).toHaveLength(1)
    expect(outlineParts(corners.raster).map((rings) => rings.length)).toEqual([3])
  })

  test('of no pixels is no ring', () => {
    expect(outlineParts(rasterOfPicture(new Uint8Array(6), { width: 3, height: 2 }))).toEqual([])
  })
})

describe('A part as one ring without holes', () => {
  test('has the same pixels, and a seam along which nothing is left out', () => {
    fc.assert(
      fc.property(randomRaster({ maximumSide: 30 }), ({ raster, size }) => {
        for (const rings of outlineParts(raster)) {
          const bridged = bridgeHoles(rings)
          expect(fillPolygon([bridged], size)).toEqual(fillPolygon(rings, size))
          expect(doubleArea(bridged)).toBe(rings.reduce((sum, ring) => sum + doubleArea(ring), 0))
        }
      }),
      { numRuns: 500 },
    )
  })

  test('leads every seam through the part itself, to the left', () => {
    const { raster } = drawn(`
      1111111
      1.11.11
      1111111`)
    const [rings = []] = outlineParts(raster)
    const xs = pointsOf(bridgeHoles(rings))
      .filter(([, y]) => y === 1)
      .map(([x]) => x)
    expect(xs).toEqual([0, 1, 2, 4, 5, 4, 2, 1, 0])
  })

  test('stays quick with forty thousand holes', () => {
    const size = { width: 601, height: 267 }
    const data = new Uint8Array(size.width * size.height).map((_, at) => {
      const [x, y] = [at % size.width, Math.floor(at / size.width)]
      return x % 2 === 1 && y % 2 === 1 ? 0 : 1
    })
    const raster = rasterOfPicture(data, size)
    const [rings = []] = outlineParts(raster)
    expect(rings.length).toBe(1 + 300 * 133)
    const filled = fillPolygon([bridgeHoles(rings)], size)
    expect(Buffer.compare(filled.data, data)).toBe(0)
  }, 20_000)

  test('of no rings has no corners', () => {
    expect(bridgeHoles([])).toEqual([])
  })
})
