import { describe, expect, it } from 'vitest'
import { emptyGraph, type Graph } from '../../../src/engine/onnx/graph.ts'
import { knownOf } from '../../../src/engine/onnx/shapes.ts'
import { differentiate } from '../../../src/engine/train/graph/differentiate.ts'
import { addLoss, type LossOptions } from '../../../src/engine/train/losses.ts'
import { caught } from '../../fixtures/caught.ts'
import { largestDifference } from '../../fixtures/difference.ts'
import { goldenFloat64, goldenInts } from '../../fixtures/golden-hash.ts'
import { interpret } from '../../fixtures/interpreter/interpret.ts'
import type { Value } from '../../fixtures/interpreter/value.ts'
import {
  type PlainCase,
  plainCrossEntropy,
  plainFocal,
  plainMeanDice,
  plainSmoothDice,
} from '../../fixtures/plain-losses.ts'
import { runOnRuntime } from '../../fixtures/run-graph.ts'

type Sides = readonly [number, number, number, number]

function lossGraph(logits: Sides, labels: readonly number[], options: LossOptions) {
  const graph = emptyGraph('loss')
  graph.inputs.push({ name: 'logits', type: 'float32', shape: logits })
  graph.inputs.push({ name: 'labels', type: 'int32', shape: labels })
  const loss = addLoss(graph, 'logits', 'labels', options)
  graph.outputs.push({ name: loss, ...knownOf(graph, loss) })
  return { graph, loss }
}

function withGradient(graph: Graph, loss: string): string {
  const gradient = differentiate(graph, loss, ['logits']).get('logits') ?? ''
  graph.outputs.push({ name: gradient, ...knownOf(graph, gradient) })
  return gradient
}

function value(shape: readonly number[], numbers: ArrayLike<number>): Value {
  return { shape, data: Float64Array.from(numbers) }
}

/** Logits between -4 and 4, labels of every class and, at every seventh pixel, ignored ones. */
function exampleOf(channels: number, classWeights?: readonly number[]): PlainCase {
  const shape = [2, channels, 5, 6] as const
  const logits = goldenFloat64('loss.logits', 60 * channels).map((x) => Math.fround(4 * x))
  const labels = goldenInts('loss.labels', Math.max(2, channels), 60)
  return {
    shape,
    logits,
    labels: labels.map((label, i) => (i % 7 === 3 ? 255 : label)),
    ...(classWeights && { classWeights }),
  }
}

/** The loss by ONNX Runtime (float32) and by the interpreter (float64). */
async function computed(of: PlainCase, options: LossOptions): Promise<[number, number]> {
  const [batch, , height, width] = of.shape
  const area = [batch, height, width]
  const { classWeights } = of
  const { graph, loss } = lossGraph(of.shape, area, {
    ...options,
    ...(classWeights && { classWeights }),
  })
  const feeds = { logits: value(of.shape, of.logits), labels: value(area, of.labels) }
  const [float32, float64] = [await runOnRuntime(graph, feeds), interpret(graph, feeds)]
  expect(float32[loss]?.shape).toEqual([])
  return [float32[loss]?.data[0] ?? Number.NaN, float64[loss]?.data[0] ?? Number.NaN]
}

async function expectLoss(of: PlainCase, options: LossOptions, expected: number): Promise<void> {
  const [float32, float64] = await computed(of, options)
  expect(Math.abs(float64 - expected)).toBeLessThan(1e-12)
  expect(Math.abs(float32 - expected)).toBeLessThan(2e-6 * Math.max(1, expected))
}

/** Weights that float32 holds exactly. */
const weightsOf = (channels: number) =>
  Array.from({ length: Math.max(2, channels) }, (_, i) => 0.25 + i)

describe('The cross-entropy', () => {
  it('is log 2 where two classes are equally likely', async () => {
    const of = { shape: [1, 2, 1, 2] as const, logits: [3, -1, 3, -1], labels: [0, 1] }
    await expectLoss(of, { kind: 'cross-entropy' }, Math.log(2))
  })

  it('weighs the mean by the labels, as PyTorch does', async () => {
    // Probabilities of the labels 0 and 1: 3/4 and 1/2. (2 log(4/3) + 6 log 2) / 8
    const of = {
      shape: [1, 2, 1, 2] as const,
      logits: [Math.fround(Math.log(3)), 0, 0, 0],
      labels: [0, 1],
      classWeights: [2, 6],
    }
    const [loss] = await computed(of, { kind: 'cross-entropy' })
    expect(loss).toBeCloseTo((2 * Math.log(4 / 3) + 6 * Math.log(2)) / 8, 6)
  })

  it.each([1, 2, 3, 5])('of %i channels is the definition, with and without weights', async (c) => {
    for (const of of [exampleOf(c), exampleOf(c, weightsOf(c))])
      await expectLoss(of, { kind: 'cross-entropy' }, plainCrossEntropy(of))
  })

  it.each([2, 3])(
    'of %i channels stays finite and exact for scores far apart',
    async (channels) => {
      const example = exampleOf(channels)
      const of = { ...example, logits: Array.from(example.logits, (x) => 50 * x) }
      const expected = -Array.from(of.labels).reduce((total, label, i) => {
        if (label === 255) return total
        const scores = Array.from({ length: channels }, (_, c) => {
          return of.logits[(Math.floor(i / 30) * channels + c) * 30 + (i % 30)] ?? 0
        })
        const largest = Math.max(...scores)
        const rest = Math.log(scores.reduce((sum, score) => sum + Math.exp(score - largest), 0))
        return total + (scores[label] ?? 0) - largest - rest
      }, 0)
      const count = Array.from(of.labels).filter((label) => label !== 255).length
      const [float32, float64] = await computed(of, { kind: 'cross-entropy' })
      expect(Math.abs(float64 - expected / count)).toBeLessThan(1e-9)
      expect(Math.abs(float32 / float64 - 1)).toBeLessThan(1e-6)
    },
  )
})

describe('A loss of a million pixels', () => {
  const area = 1024 * 1024
  const e = Math.exp(Math.fround(0.37))
  const dice2 = (p: number) => 1 - (2 * p * area + 1) / (p * area + area + 1)
  const dice3 = (p: number) => (1 - (2 * p) / (p + 1)) / 3
  const cases = [
    { kind: 'cross-entropy', channels: 2, expected: Math.log(1 + e) - Math.log(e) },
    { kind: 'cross-entropy', channels: 3, expected: Math.log(2 + e) - Math.log(e) },
    { kind: 'dice', channels: 2, expected: dice2(e / (1 + e)) },
    { kind: 'dice', channels: 3, expected: dice3(e / (2 + e)) },
  ] as const

  it.each(cases)('keeps five digits: $kind of $channels', async ({ kind, channels, expected }) => {
    const shape: Sides = [1, channels, 1024, 1024]
    const { graph, loss } = lossGraph(shape, [1, 1024, 1024], { kind })
    const logits = value(shape, new Float64Array(channels * area).fill(0.37, area, 2 * area))
    const labels = value([1, 1024, 1024], new Float64Array(area).fill(1))
    const result = (await runOnRuntime(graph, { logits, labels }))[loss]?.data[0] ?? Number.NaN
    expect(Math.abs(result / expected - 1)).toBeLessThan(1e-5)
  })
})

describe('The Dice loss', () => {
  it('of two classes looks at class 1, with a smoothing of 1', async () => {
    for (const channels of [1, 2]) {
      const of = exampleOf(channels)
      await expectLoss(of, { kind: 'dice' }, plainSmoothDice(of))
    }
  })

  it('of two classes is 0 where neither labels nor network have class 1', async () => {
    const of = { shape: [1, 2, 1, 2] as const, logits: [99, 99, -99, -99], labels: [0, 0] }
    await expectLoss(of, { kind: 'dice' }, 0)
  })

  it('of more classes is the mean over them, 0 for those that do not occur', async () => {
    const of = exampleOf(5)
    await expectLoss(of, { kind: 'dice' }, plainMeanDice(of))
    const without = { ...of, labels: Array.from(of.labels, (label) => (label === 2 ? 4 : label)) }
    await expectLoss(without, { kind: 'dice' }, plainMeanDice(without))
  })

  it.each([2, 3])('of %i channels adds to the cross-entropy', async (channels) => {
    const of = exampleOf(channels, weightsOf(channels))
    const dice = channels === 2 ? plainSmoothDice(of) : plainMeanDice(of)
    await expectLoss(of, { kind: 'cross-entropy+dice' }, plainCrossEntropy(of) + dice)
  })
})

describe('The focal loss', () => {
  it.each([1, 2, 3])('of %i channels is the definition for any gamma', async (channels) => {
    for (const gamma of [0, 1, 2, 3.5])
      for (const of of [exampleOf(channels), exampleOf(channels, weightsOf(channels))])
        await expectLoss(of, { kind: 'focal', gamma }, plainFocal(of, gamma))
  })

  it('has a gamma of 2 unless told otherwise', async () => {
    const of = exampleOf(2)
    await expectLoss(of, { kind: 'focal' }, plainFocal(of, 2))
  })
})

describe('Logits smaller than the labels', () => {
  it.each([2, 3])('are interpolated first, %i channels of them', async (channels) => {
    const small: Sides = [1, channels, 3, 4]
    const logits = value(
      small,
      goldenFloat64('small', 12 * channels).map((x) => Math.fround(x)),
    )
    const labels = value([1, 6, 8], goldenInts('large', channels, 48))
    const { graph, loss } = lossGraph(small, [1, 6, 8], { kind: 'cross-entropy' })
    const plain = plainCrossEntropy({
      shape: [1, channels, 6, 8],
      logits: doubled(logits),
      labels: labels.data,
    })
    const result = (await runOnRuntime(graph, { logits, labels }))[loss]?.data[0] ?? Number.NaN
    expect(Math.abs(result - plain)).toBeLessThan(1e-6)
  })
})

/** Twice as many rows and columns: a pixel lies a quarter of the way to the next one. */
function doubled({ shape, data }: Value): Float64Array {
  const [, channels = 0, height = 0, width = 0] = shape
  const at = (c: number, y: number, x: number) => {
    const row = Math.min(height - 1, Math.max(0, y))
    const column = Math.min(width - 1, Math.max(0, x))
    return data[(c * height + row) * width + column] ?? 0
  }
  const result: number[] = []
  for (let c = 0; c < channels; c++)
    for (let y = 0; y < 2 * height; y++)
      for (let x = 0; x < 2 * width; x++) {
        const [row, column] = [Math.floor(y / 2), Math.floor(x / 2)]
        const [nextRow, nextColumn] = [row + (y % 2) * 2 - 1, column + (x % 2) * 2 - 1]
        result.push(
          (9 * at(c, row, column) +
            3 * at(c, nextRow, column) +
            3 * at(c, row, nextColumn) +
            at(c, nextRow, nextColumn)) /
            16,
        )
      }
  return Float64Array.from(result)
}

describe('Gradients of the losses', () => {
  const kinds = ['cross-entropy', 'dice', 'cross-entropy+dice', 'focal'] as const
  const cases = kinds.flatMap((kind) => [1, 2, 3].map((channels) => ({ kind, channels })))

  it.each(cases)('$kind of $channels channels follows differences', ({ kind, channels }) => {
    const of = exampleOf(channels, weightsOf(channels))
    const labels = value([2, 5, 6], of.labels)
    const { graph, loss } = lossGraph(of.shape, labels.shape, {
      kind,
      classWeights: weightsOf(channels),
    })
    const at = (logits: ArrayLike<number>) =>
      interpret(graph, { logits: value(of.shape, logits), labels })[loss]?.data[0] ?? Number.NaN
    const differences = Array.from(of.logits, (_, i) => {
      const moved = (by: number) => Array.from(of.logits, (x, j) => (j === i ? x + by : x))
      return (at(moved(1e-5)) - at(moved(-1e-5))) / 2e-5
    })
    const gradient = withGradient(graph, loss)
    const answer = interpret(graph, { logits: value(of.shape, of.logits), labels })[gradient]
    expect(largestDifference(answer?.data ?? [], differences)).toBeLessThan(1e-9)
  })

  it.each(cases)('$kind of $channels channels is 0 with all labels ignored', async (row) => {
    const shape: Sides = [1, row.channels, 2, 3]
    const { graph, loss } = lossGraph(shape, [1, 4, 6], { kind: row.kind })
    const gradient = withGradient(graph, loss)
    const logits = value(shape, goldenFloat64('ignored', 6 * row.channels))
    const labels = value([1, 4, 6], new Float64Array(24).fill(255))
    const results = await runOnRuntime(graph, { logits, labels })
    expect(Array.from(results[loss]?.data ?? [])).toEqual([0])
    expect(Array.from(results[gradient]?.data ?? [1], Math.abs)).toEqual(
      Array(6 * row.channels).fill(0),
    )
  })

  it.each([1, 2, 3])('pull scores of %i channels that are all 0 apart', async (channels) => {
    const shape: Sides = [1, channels, 1, 2]
    const { graph, loss } = lossGraph(shape, [1, 1, 2], { kind: 'cross-entropy' })
    const gradient = withGradient(graph, loss)
    const logits = value(shape, new Float64Array(2 * channels))
    const results = await runOnRuntime(graph, { logits, labels: value([1, 1, 2], [1, 1]) })
    const share = 1 / Math.max(2, channels)
    const expected = Array.from({ length: Math.max(2, channels) }, (_, c) => {
      return (share - Number(c === 1)) / 2
    })
    const channelsShown = channels === 1 ? expected.slice(1) : expected
    const found = results[gradient]?.data ?? []
    expect(
      largestDifference(
        found,
        channelsShown.flatMap((x) => [x, x]),
      ),
    ).toBeLessThan(1e-7)
  })
})

describe('Options that make no loss', () => {
  it('are refused: a class weight too few, a negative one, a gamma with an infinite slope', () => {
    const failing = (options: LossOptions) => {
      const { code, message } = caught(() => lossGraph([1, 3, 2, 2], [1, 2, 2], options))
      return `${code}: ${message}`
    }
    expect(failing({ kind: 'dice', classWeights: [1, 1] })).toMatch(/bad-value: 2 .* 3 classes/)
    expect(failing({ kind: 'dice', classWeights: [1, 1, -1] })).toMatch(/bad-value: .*-1/)
    expect(failing({ kind: 'focal', gamma: 0.5 })).toMatch(/bad-value: gamma is 0.5/)
  })
})
