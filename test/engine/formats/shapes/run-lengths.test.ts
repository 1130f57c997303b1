import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { rasterOfPicture } from '../../../../src/engine/formats/shapes/raster.ts'
import {
  mergeRuns,
  rasterOf,
  runArea,
  runBox,
  runIou,
  runLengthsOf,
} from '../../../../src/engine/formats/shapes/run-lengths.ts'
import { compressRuns, expandRuns } from '../../../../src/engine/formats/shapes/run-text.ts'
import { caught } from '../../../fixtures/caught.ts'
import fc from '../../../fixtures/fast-check.ts'
import { goldenNumbers } from '../../../fixtures/golden-hash.ts'
import { randomMask, randomRaster, wholePicture } from '../../../fixtures/random-masks.ts'
import { describeWithShared, sharedPath } from '../../../fixtures/shared.ts'

const sizeSchema = z.tuple([z.number(), z.number()])
const thing = z.object({ size: sizeSchema, counts: z.string(), area: z.number() })
const goldenSchema = z.object({
  rle: z.array(
    z.object({
      name: z.string(),
      size: sizeSchema,
      rule: z.string().optional(),
      mask: z.array(z.number()).optional(),
      counts: z.array(z.number()),
      compressed: z.string(),
      area: z.number(),
      bbox: z.array(z.number()),
    }),
  ),
  ops: z.object({
    masks: z.array(thing),
    rules: z.array(z.string()),
    union: thing,
    intersection_first_two: thing,
    intersection_all: thing,
    iou: z.array(z.array(z.number())),
    iou_second_is_crowd: z.array(z.array(z.number())),
  }),
})

/** The masks that make_metrics.py names by a rule. */
function maskByRule(rule: string, [height, width]: readonly [number, number]): Uint8Array {
  const [kind, values = ''] = rule.split(':')
  const parts = values.split(',')
  const numbers = parts.map(Number)
  const noise = goldenNumbers(parts[0] ?? '')
  return new Uint8Array(width * height).map((_, at) => {
    if (kind === 'noise') return Number(noise(at) > Number(parts[1]))
    const [centreY = 0, centreX = 0, radius = 0] = numbers
    const [y, x] = [Math.floor(at / width) - centreY, (at % width) - centreX]
    return Number(y * y + x * x <= radius * radius)
  })
}

describeWithShared('Run lengths are those of pycocotools', () => {
  const goldens = goldenSchema.parse(
    JSON.parse(readFileSync(sharedPath('goldens', 'metrics.json'), 'utf8')),
  )

  test.each(goldens.rle.map((row) => [row.name, row] as const))('for %s', (_, row) => {
    const size = { width: row.size[1], height: row.size[0] }
    const mask = row.mask ? Uint8Array.from(row.mask) : maskByRule(row.rule ?? '', row.size)
    const counts = runLengthsOf(rasterOfPicture(mask, size), size)
    expect(counts).toEqual(row.counts)
    expect(compressRuns(counts)).toBe(row.compressed)
    expect(expandRuns(row.compressed)).toEqual(row.counts)
    expect(Buffer.compare(wholePicture(rasterOf(row.counts, size), size), mask)).toBe(0)
    expect(runArea(counts)).toBe(row.area)
    const { x, y, width, height } = runBox(counts, size.height)
    expect([x, y, width, height]).toEqual(row.bbox)
  })

  const { ops } = goldens
  const things = ops.masks.map(({ counts }) => expandRuns(counts))

  test.each([
    ['the union of three', ops.union, things, 1],
    ['what two have in common', ops.intersection_first_two, things.slice(0, 2), 2],
    ['what three have in common', ops.intersection_all, things, 3],
  ])('for %s', (_, expected, merged, minimum) => {
    const counts = mergeRuns(merged, minimum)
    expect(compressRuns(counts)).toBe(expected.counts)
    expect(runArea(counts)).toBe(expected.area)
  })

  test('for the overlap of things, and of a thing with a crowd', () => {
    const table = (crowds: readonly boolean[]) =>
      things.map((found) =>
        things.slice(0, 2).map((truth, i) => runIou(found, truth, crowds[i] ?? false)),
      )
    expect(table([false, false])).toEqual(ops.iou)
    expect(table([false, true])).toEqual(ops.iou_second_is_crowd)
  })
})

describe('Run lengths', () => {
  test('give back every raster, however large its rectangle is, and through text', () => {
    fc.assert(
      fc.property(randomRaster(), ({ raster, size }) => {
        const counts = runLengthsOf(raster, size)
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(size.width * size.height)
        expect(counts.slice(1).every((count) => count > 0)).toBe(true)
        const again = rasterOf(expandRuns(compressRuns(counts)), size)
        expect(wholePicture(again, size)).toEqual(wholePicture(raster, size))
      }),
    )
  })

  test('merge as pixels do', () => {
    const masks = randomMask({ maximumSide: 8, classes: 4 })
    fc.assert(
      fc.property(masks, fc.integer({ min: 1, max: 3 }), ({ data, ...size }, minimum) => {
        const bits = [1, 2, 3].map((value) => data.map((pixel) => Number((pixel & value) !== 0)))
        const runs = bits.map((pixels) => runLengthsOf(rasterOfPicture(pixels, size), size))
        const expected = data.map((_, i) =>
          Number(bits.filter((pixels) => pixels[i] === 1).length >= minimum),
        )
        expect(mergeRuns(runs, minimum)).toEqual(
          runLengthsOf(rasterOfPicture(expected, size), size),
        )
      }),
    )
  })

  test('may hold empty runs in between', () => {
    const size = { width: 3, height: 2 }
    expect(rasterOf([1, 1, 0, 2, 2, 0], size)).toEqual({
      ...{ x: 0, y: 0, width: 2, height: 2 },
      data: Uint8Array.of(0, 1, 1, 1),
    })
    expect(runBox([1, 0, 1, 1, 3], 2)).toEqual({ x: 1, y: 0, width: 1, height: 1 })
  })

  test.each([
    ['too few', [5]],
    ['too many', [3, 4]],
    ['a negative one', [7, -1]],
    ['half a pixel', [2.5, 3.5]],
  ])('that are %s are refused', (_, counts) => {
    const error = caught(() => rasterOf(counts, { width: 3, height: 2 }))
    expect(error.code).toBe('bad-dataset')
    expect(error.message).toContain('3x2')
  })
})

describe('Compressed run lengths are refused', () => {
  test.each([
    ['that end in the middle of a number', '`'],
    ['with characters that do not belong', '01é'],
    ['with a space', '0 1'],
    ['of more digits than any picture has pixels', 'oooooooo1'],
    ['that become negative', '11N00N'],
  ])('%s', (_, text) => {
    expect(caught(() => expandRuns(text)).code).toBe('bad-dataset')
  })
})
