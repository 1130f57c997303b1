import { describe, expect, test } from 'vitest'
import { gradientRules } from '../../../src/engine/train/gradients.ts'
import { checkGradient } from '../../fixtures/check-gradient.ts'
import { allRows } from '../../fixtures/gradient-rows/all.ts'
import { casesOf } from '../../fixtures/operator-case.ts'

describe('The gradient is that of differences, for', () => {
  test.each(casesOf(allRows))('$title', async (row) => {
    const errors = await checkGradient(row)
    expect(errors.differences).toBeLessThan(1e-6)
    expect(errors.alone).toBeLessThan(1e-9)
    expect(errors.runtime).toBeLessThan(1e-5)
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
