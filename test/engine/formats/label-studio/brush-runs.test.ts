import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  brushOfRaster,
  decodeRle,
  encodeRuns,
  rasterOfBrush,
} from '../../../../src/engine/formats/label-studio/brush-runs.ts'
import { cropped, emptyRaster } from '../../../../src/engine/formats/shapes/raster.ts'
import { caught } from '../../../fixtures/caught.ts'
import fc from '../../../fixtures/fast-check.ts'
import goldens from '../../../fixtures/formats/label-studio/brush.json' with { type: 'json' }
import { randomRaster } from '../../../fixtures/random-masks.ts'

const { runs, rle, masks } = z
  .object({
    runs: z.array(z.tuple([z.number(), z.number()])),
    rle: z.array(z.number()),
    masks: z.array(z.object({ rows: z.array(z.string()), rle: z.array(z.number()) })),
  })
  .parse(goldens)

function rasterOfRows(rows: readonly string[]) {
  const data = Uint8Array.from(rows.join(''), Number)
  return { x: 0, y: 0, width: rows[0]?.length ?? 0, height: rows.length, data }
}

describe('run lengths of a brush', () => {
  it('are those of the example in the tests of label-studio-converter', () => {
    const values: [number, number][] = [
      [1, 4],
      [2, 1],
      [3, 1],
      [5, 1],
      [6, 1],
      [7, 1],
      [8, 1],
      [4, 8],
    ]
    expect(encodeRuns(values)).toEqual([
      0, 0, 0, 18, 57, 27, 252, 96, 32, 1, 0, 6, 0, 40, 0, 192, 3, 128, 17, 56, 32,
    ])
  })

  it('are written bit for bit as label-studio-converter writes them', () => {
    expect(encodeRuns(runs)).toEqual(rle)
  })

  it('are read as what was written by label-studio-converter', () => {
    const expected = runs.flatMap(([value, length]) => new Array<number>(length).fill(value))
    expect(Buffer.from(decodeRle(rle)).equals(Buffer.from(expected))).toBe(true)
  })

  it.each(masks)('are those of mask2rle for $rows', ({ rows, rle: expected }) => {
    const raster = rasterOfRows(rows)
    expect(brushOfRaster(raster, raster)).toEqual(expected)
    expect(rasterOfBrush(expected, raster)).toEqual(cropped(raster))
  })

  it('give every raster again, wherever it is in the picture', () => {
    fc.assert(
      fc.property(randomRaster(), ({ size, raster }) => {
        expect(rasterOfBrush(brushOfRaster(raster, size), size)).toEqual(cropped(raster))
      }),
    )
  })

  it('are of what is not quite transparent, whatever its colour', () => {
    const pixels: [number, number][] = [
      [7, 3],
      [0, 1],
      [0, 3],
      [1, 1],
      [200, 4],
    ]
    expect(rasterOfBrush(encodeRuns(pixels), { width: 3, height: 1 })).toEqual({
      x: 1,
      y: 0,
      width: 2,
      height: 1,
      data: Uint8Array.from([1, 1]),
    })
  })

  it('may part values that are not repeated from those that are, as thi.ng/rle-pack does', () => {
    // Length 4, 8-bit values; one chunk: not repeated, count of 3 bits = 3 (4 values): 9, 8, 7, 6.
    const bits = [
      (4).toString(2).padStart(32, '0'),
      '00111',
      '0010001101111111',
      '0',
      '00',
      '011',
      ...[9, 8, 7, 6].map((value) => value.toString(2).padStart(8, '0')),
    ].join('')
    const bytes = bits.match(/.{1,8}/g)?.map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2))
    expect([...decodeRle(bytes ?? [])]).toEqual([9, 8, 7, 6])
  })

  it('are of nothing for an empty raster', () => {
    const size = { width: 2, height: 2 }
    expect(rasterOfBrush(brushOfRaster(emptyRaster(), size), size)).toEqual(emptyRaster())
  })
})

describe('broken run lengths', () => {
  const size = { width: 3, height: 3 }
  const good = brushOfRaster(rasterOfRows(['000', '010', '000']), size)

  it('are refused where they are cut', () => {
    for (let length = 0; length < good.length - 1; length++)
      expect(caught(() => rasterOfBrush(good.slice(0, length), size)).code).toBe('bad-dataset')
  })

  it('are refused where they are of a picture of another size', () => {
    const error = caught(() => rasterOfBrush(good, { width: 4, height: 3 }))
    expect(error.message).toContain('36 values')
    expect(error.message).toContain('4x3')
  })

  it('are refused where they go on beyond their own length', () => {
    const longer = [...good]
    longer[3] = 19
    expect(caught(() => decodeRle(longer)).message).toContain('19 values')
  })

  it('are refused where they claim more than they can hold', () => {
    expect(caught(() => decodeRle([255, 255, 255, 255, 0])).message).toContain('4294967295')
  })
})
