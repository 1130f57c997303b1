import { describe, expect, it } from 'vitest'
import type { OutputShape } from '../../../src/engine/infer/network-output.ts'
import { regionScorer } from '../../../src/engine/infer/region-scores.ts'
import type { GridCover } from '../../../src/engine/infer/score-plan.ts'
import type { PixelSpans } from '../../../src/engine/infer/types.ts'
import { cutCount, cuts } from '../../../src/shared/count/types.ts'
import type { Size } from '../../../src/shared/recipe.ts'
import { naiveScores, spansWhere } from '../../fixtures/naive-scores.ts'

/** Numbers between -1 and 1, the same in every run. */
function noise(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 31 - 1
  }
}

const wholePicture = (shape: OutputShape): GridCover => ({
  x: { points: shape.width, start: 0, cover: shape.width },
  y: { points: shape.height, start: 0, cover: shape.height },
})

const segmenter: OutputShape = {
  channels: 21,
  width: 9,
  height: 7,
  layout: 'NCHW',
  kind: 'logits',
  person: [15],
}

/** Logits as a network makes them: background ahead, people here and there. */
function networkLogits(shape: OutputShape, spread: number): Float32Array {
  const random = noise(7)
  const values = new Float32Array(shape.channels * shape.width * shape.height)
  return values.map(() => random() * spread)
}

/** A disc, a ring around it that overlaps it, a frame along the edges, and a single pixel. */
function someRegions(size: Size): PixelSpans[] {
  const distance = (x: number, y: number) =>
    Math.hypot((x + 0.5) / size.width - 0.5, (y + 0.5) / size.height - 0.5)
  const atEdge = (x: number, y: number) =>
    x < 3 || y < 3 || x >= size.width - 3 || y >= size.height - 3
  return [
    spansWhere(size, (x, y) => distance(x, y) < 0.3),
    spansWhere(size, (x, y) => distance(x, y) > 0.2 && distance(x, y) < 0.45),
    spansWhere(size, atEdge),
    spansWhere(size, (x, y) => x === 17 && y === 11),
  ]
}

interface Case {
  title: string
  shape: OutputShape
  size: Size
  values: Float32Array
  cover?: GridCover
}

const size: Size = { width: 101, height: 64 }
const sigmoid: OutputShape = { ...segmenter, channels: 1, person: [0] }
const probabilities: OutputShape = { ...segmenter, channels: 3, kind: 'probabilities', person: [1] }
const fine: OutputShape = { ...segmenter, channels: 4, width: 150, height: 90, person: [2] }
const point: OutputShape = { ...segmenter, width: 1, height: 1 }
const tall: OutputShape = { ...segmenter, width: 2, height: 2 }

const cases: Case[] = [
  { title: 'logits of 21 classes', shape: segmenter, size, values: networkLogits(segmenter, 5) },
  {
    title: 'channels last',
    shape: { ...segmenter, layout: 'NHWC' },
    size,
    values: networkLogits(segmenter, 5),
  },
  {
    title: 'several classes that are people',
    shape: { ...segmenter, person: [3, 15, 16] },
    size,
    values: networkLogits(segmenter, 5),
  },
  {
    title: 'logits so far apart that most classes do not matter',
    shape: segmenter,
    size,
    values: networkLogits(segmenter, 80),
  },
  {
    title: 'logits beyond what an exponential can hold',
    shape: segmenter,
    size,
    values: networkLogits(segmenter, 3000),
  },
  { title: 'a single channel', shape: sigmoid, size, values: networkLogits(sigmoid, 8) },
  {
    title: 'probabilities',
    shape: probabilities,
    size,
    values: networkLogits(probabilities, 0.5).map((value) => 0.5 + value),
  },
  { title: 'an output finer than the picture', shape: fine, size, values: networkLogits(fine, 5) },
  { title: 'an output of one pixel', shape: point, size, values: networkLogits(point, 2) },
  {
    title: 'an output of four pixels under a large picture',
    shape: tall,
    size: { width: 300, height: 200 },
    values: networkLogits(tall, 20),
  },
  {
    title: 'an input padded below and on the right',
    shape: segmenter,
    size,
    values: networkLogits(segmenter, 5),
    cover: { x: { points: 9, start: 0.7, cover: 7.1 }, y: { points: 7, start: 0, cover: 4.5 } },
  },
]

describe('the scores of a frame', () => {
  it.each(cases)('are those of the definition: $title', ({ shape, size, values, cover }) => {
    const regions = someRegions(size)
    const placed = cover ?? wholePicture(shape)
    const fast = regionScorer(shape, size, placed, regions)(values)
    const naive = naiveScores(values, shape, size, placed, regions)
    expect(fast.length).toBe(regions.length * cutCount)
    fast.forEach((sum, i) => {
      const reference = naive[i] ?? Number.NaN
      expect(Math.abs(sum - reference)).toBeLessThanOrEqual(1e-9 * Math.abs(reference))
    })
    expect(Math.max(...naive)).toBeGreaterThan(1)
  })

  it('are the same for the same picture, whatever was scored before', () => {
    const score = regionScorer(segmenter, size, wholePicture(segmenter), someRegions(size))
    const values = networkLogits(segmenter, 5)
    const first = score(values)
    score(networkLogits(segmenter, 3000))
    expect(score(values)).toEqual(first)
  })

  it('count a pixel at a cut when its probability equals the cut', () => {
    const shape: OutputShape = { ...segmenter, channels: 20, person: [0] }
    const equal = new Float32Array(shape.channels * shape.width * shape.height).fill(3.7)
    const regions = [spansWhere(size, () => true)]
    const sums = regionScorer(shape, size, wholePicture(shape), regions)(equal)
    const area = size.width * size.height
    expect(cuts[1]).toBe(1 / 20)
    expect(sums[0]).toBeCloseTo(area / 20, 9)
    expect(sums[1]).toBeCloseTo(area / 20, 9)
    expect(sums[2]).toBe(0)
  })

  it('give the whole area at every cut where the person is certain', () => {
    const certain = new Float32Array(probabilities.channels * 63).fill(1)
    const regions = [spansWhere(size, () => true)]
    const sums = regionScorer(probabilities, size, wholePicture(probabilities), regions)(certain)
    for (const sum of sums) expect(sum).toBeCloseTo(size.width * size.height, 9)
  })

  it('of no regions are none', () => {
    const values = networkLogits(segmenter, 5)
    expect(regionScorer(segmenter, size, wholePicture(segmenter), [])(values).length).toBe(0)
  })
})
