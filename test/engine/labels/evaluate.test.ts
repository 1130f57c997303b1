import { describe, expect, test } from 'vitest'
import { parseMaskMap } from '../../../src/engine/formats/mask-map.ts'
import type { PixelSpans } from '../../../src/engine/infer/types.ts'
import { evaluation } from '../../../src/engine/labels/evaluate.ts'
import {
  differences,
  occupancy,
  pixelsInRegion,
  type RegionTruth,
  truthPixelsFor,
} from '../../../src/engine/labels/occupancy.ts'
import { findMasks, readMasks } from '../../../src/engine/labels/read-masks.ts'
import { pixelCounts } from '../../../src/engine/metrics/confusion.ts'
import { type ClassMask, defaultClasses } from '../../../src/shared/mask.ts'
import { describeWithShared, sharedPath } from '../../fixtures/shared.ts'

const bench: RegionTruth = {
  name: 'bench',
  pixels: [0, 49, 50, 51, 200, 0],
  truthPixels: 50,
  counted: [0, 1, 1, 0, 1, 1],
}
const empty: RegionTruth = { name: 'empty', pixels: [0, 0], truthPixels: 50, counted: [0, 0] }

describe('Occupied frames against truth', () => {
  test('are truly occupied from the given number of person pixels on', () => {
    expect(occupancy([bench]).rois).toEqual([
      {
        name: 'bench',
        tp: 2,
        fp: 2,
        fn: 1,
        tn: 1,
        counted: 4,
        true: 3,
        precision: 2 / 4,
        recall: 2 / 3,
        f1: 4 / 7,
      },
    ])
  })

  test('are added up over the regions before they are divided', () => {
    const other = { ...bench, name: 'door', pixels: [60, 60, 60], counted: [1, 1, 1] }
    const { precision, recall, f1 } = occupancy([bench, other])
    expect([precision, recall, f1]).toEqual([5 / 7, 5 / 6, 10 / 13])
  })

  test('have no score where nobody is seen or counted', () => {
    const { rois, f1 } = occupancy([empty])
    expect(rois[0]).toMatchObject({ tn: 2, precision: null, recall: null, f1: null })
    expect(f1).toBeNull()
    expect(occupancy([]).f1).toBeNull()
  })

  test('name the positions that differ', () => {
    expect(differences(bench)).toEqual({ missed: [3], spurious: [1, 5] })
  })

  test('need the threshold in person pixels unless another number is said, and at least one', () => {
    expect(truthPixelsFor(50, null)).toBe(50)
    expect(truthPixelsFor(50, 80)).toBe(80)
    expect(truthPixelsFor(0, null)).toBe(1)
  })
})

describe('The pixels of a region', () => {
  test('are counted inside its spans only, and only those of the class', () => {
    const mask: ClassMask = {
      width: 4,
      height: 3,
      data: Uint8Array.of(1, 1, 0, 1, 0, 1, 255, 1, 2, 1, 1, 1),
    }
    const spans = Int32Array.of(0, 1, 4, 2, 0, 1, 2, 2, 4)
    const region = { width: 4, height: 3, spans, area: 6 }
    expect(pixelsInRegion(mask, region, 1)).toBe(4)
    expect(pixelsInRegion(mask, region, 2)).toBe(1)
  })
})

describe('An evaluation', () => {
  test('holds pixels, classes by name and occupancy in one result', () => {
    const pixels = pixelCounts()
    pixels.add(Uint8Array.of(0, 0, 1, 1, 255), Uint8Array.of(0, 1, 1, 1, 1))
    const result = evaluation({
      frames: 6,
      classes: defaultClasses,
      pixels,
      regions: [bench],
      threshold: 50,
      cut: 0.5,
      truthPixels: null,
    })
    expect(result).toMatchObject({
      frames: 6,
      classes: [
        { name: 'background', iou: 1 / 2, recall: 1 / 2 },
        { name: 'person', iou: 2 / 3, dice: 4 / 5, precision: 2 / 3, recall: 1 },
      ],
      pixelAccuracy: 3 / 4,
      confusion: [
        [1, 1],
        [0, 2],
      ],
      occupancy: { threshold: 50, cut: 0.5, truthPixels: 50, f1: 4 / 7 },
    })
    expect(result.meanIou).toBeCloseTo(7 / 12, 15)
  })
})

describeWithShared('Truth masks of real footage', () => {
  const size = { width: 320, height: 240 }
  const cell = (column: number, row: number): PixelSpans => {
    const rows = Array.from({ length: 60 }, (_, y) => [row * 60 + y, column * 80, column * 80 + 80])
    return { ...size, spans: Int32Array.from(rows.flat()), area: 4800 }
  }

  test('give the known numbers of occupied frames in a grid of 4x4 regions', async () => {
    const grid = Array.from({ length: 16 }, (_, index) => cell(index % 4, Math.floor(index / 4)))
    const found = await findMasks(
      sharedPath('data', 'humanbody2', 'masks'),
      { frames: 740, files: [] },
      null,
    )
    const reading = { classes: defaultClasses, map: parseMaskMap(['170=ignore'], defaultClasses) }
    const geometry = {
      tape: size,
      recipe: size,
      geometryHash: '',
      throughRecipe: (m: ClassMask) => m,
    }
    const occupied = grid.map(() => 0)
    for await (const { mask } of readMasks(found, reading, geometry))
      for (const [index, region] of grid.entries())
        if (pixelsInRegion(mask, region, 1) >= 50) occupied[index] = (occupied[index] ?? 0) + 1
    expect(occupied).toEqual([
      153, 110, 155, 81, 363, 435, 637, 235, 370, 402, 603, 205, 358, 204, 295, 182,
    ])
  })
})
