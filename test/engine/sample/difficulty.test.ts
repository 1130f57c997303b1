import { beforeAll, describe, expect, it } from 'vitest'
import type { Truth } from '../../../src/engine/sample/truth.ts'
import { differing, medianOf, regionBrightness } from './median-difference.ts'
import { occupancyF1, sampleFrames } from './sample-frames.ts'

describe('the default sample', () => {
  let truth: Truth
  /** Brightness of each region's pixels: `[region][frame][pixel]`. */
  const seen: Uint8Array[][] = []

  beforeAll(() => {
    const { tape, recipe, regions, ...sample } = sampleFrames(160, 2)
    for (const { picture } of sample.frames())
      regionBrightness(picture, tape, recipe, regions).forEach((pixels, region) => {
        const list = seen[region] ?? []
        list.push(pixels)
        seen[region] = list
      })
    truth = sample.truth()
  })

  it('has six places of work with names of their own', () => {
    expect(new Set(truth.rois.map(({ name }) => name)).size).toBe(6)
  })

  it('occupies every region in 10 to 70 % of the frames, with three entries or more', () => {
    expect(truth.frames).toBe(300)
    for (const { name, share, entries } of truth.rois) {
      expect(share, name).toBeGreaterThan(0.1)
      expect(share, name).toBeLessThan(0.7)
      expect(entries, name).toBeGreaterThanOrEqual(3)
    }
  })

  it('has people in every region within the first ten seconds', () => {
    for (const { name, occupied } of truth.rois) expect(occupied[0], name).toBeLessThan(75)
  })

  it('cannot be counted by differences to its median, whatever the threshold', () => {
    const medians = seen.map(medianOf)
    const scores: number[] = []
    for (let threshold = 5; threshold < 120; threshold += 5) {
      const counts = seen.map((frames, region) =>
        differing(frames, medians[region] ?? new Uint8Array(), threshold),
      )
      for (const factor of [0.25, 0.5, 1, 2, 4]) {
        const isCounted = (count: number) => count > factor * truth.truthPixels
        scores.push(
          occupancyF1(
            truth,
            counts.map((list) => list.map(isCounted)),
          ),
        )
      }
    }
    expect(Math.max(...scores)).toBeLessThan(0.8)
  })
})
