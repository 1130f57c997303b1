import { describe, expect, test } from 'vitest'
import { gradientRules } from '../../../src/engine/train/gradients.ts'
import { checkGradient, differentiated } from '../../fixtures/check-gradient.ts'
import { largestDifference } from '../../fixtures/difference.ts'
import { allRows } from '../../fixtures/gradient-rows/all.ts'
import { casesOf } from '../../fixtures/operator-case.ts'
import { runOnRuntime } from '../../fixtures/run-graph.ts'

describe('The gradient is that of differences, for', () => {
  test.each(casesOf(allRows))('$title', async (row) => {
    const errors = await checkGradient(row)
    expect(errors.differences).toBeLessThan(1e-6)
    expect(errors.alone).toBeLessThan(1e-9)
    expect(errors.runtime).toBeLessThan(1e-5)
  })
})

/** The rows of what has a second form for devices that lack an operator of the first. */
const portableRows = Object.fromEntries(
  ['MaxPool', 'Abs'].map((op) => [
    op,
    (allRows[op] ?? []).map((row) => ({ ...row, portable: true })),
  ]),
)

describe('So is the form for GPUs, for', () => {
  test.each(casesOf(portableRows))('$title', async (row) => {
    const errors = await checkGradient(row)
    expect(errors.differences).toBeLessThan(1e-6)
    expect(errors.alone).toBeLessThan(1e-9)
    expect(errors.runtime).toBeLessThan(1e-5)
    const { graph } = differentiated(row, ['x0'])
    const ops = graph.nodes.map(({ op }) => op)
    for (const lacking of ['ScatterElements', 'Sign']) expect(ops).not.toContain(lacking)
  })

  test.each(casesOf(portableRows))('$title, of which elements are equal', async (row) => {
    const gradientOf = async (portable: boolean) => {
      const { graph, feeds, gradients } = differentiated({ ...row, portable }, ['x0'])
      const { shape = [], data = new Float64Array() } = feeds.x0 ?? {}
      const results = await runOnRuntime(graph, { x0: { shape, data: data.map(Math.round) } })
      return results[gradients.get('x0') ?? '']?.data ?? new Float64Array()
    }
    const found = await gradientOf(true)
    expect(found.some((value) => value !== 0)).toBe(true)
    expect(largestDifference(found, await gradientOf(false))).toBeLessThan(1e-6)
  })
})

test('Every rule has a row that checks it', () => {
  expect(Object.keys(allRows).sort()).toEqual(Object.keys(gradientRules).sort())
})

/** What a segmentation network is made of. */
const needed = `Conv ConvTranspose Gemm MatMul Add Sub Mul Div Relu LeakyRelu PRelu Clip Sigmoid
  HardSigmoid HardSwish Tanh Gelu Erf Exp Log Sqrt Pow Softmax LogSoftmax MaxPool AveragePool
  GlobalAveragePool BatchNormalization LayerNormalization InstanceNormalization Concat Slice Split
  Pad Reshape Flatten Transpose Squeeze Unsqueeze Expand Resize ReduceSum ReduceMean Gather Cast
  Identity Dropout`.split(/\s+/)

test.each(needed)('%s can be differentiated', (op) => {
  expect(gradientRules[op]).toBeInstanceOf(Function)
  expect(allRows[op]?.length).toBeGreaterThan(0)
})
