import { afterEach, expect, test, vi } from 'vitest'
import { floatsOf, tensorOf } from '../../../../../src/engine/onnx/tensor.ts'
import { trainableWeights } from '../../../../../src/engine/train/graph/parameters.ts'
import {
  type TrainingGraph,
  trainingGraph,
} from '../../../../../src/engine/train/graph/training-graph.ts'
import { createOptimiser } from '../../../../../src/engine/train/optimisers.ts'
import { randomFrom } from '../../../../../src/engine/train/samples/random.ts'
import { openTfjsTrainingSession } from '../../../../../src/engine/train/session/tfjs/training-session.ts'
import {
  openTrainingSession,
  type TrainingSession,
} from '../../../../../src/engine/train/session/training-session.ts'
import { type ExportedNetwork, exportedNetwork } from '../../../../fixtures/exported-network.ts'
import { describeWithTensorFlow } from '../../../../fixtures/tensorflow.ts'

type Open = (
  training: TrainingGraph,
  weights: ReadonlyMap<string, Float32Array>,
) => Promise<TrainingSession>

const steps = 20
const shape = [2, 3, 32, 48]

/** Bright squares are people. */
function batch() {
  const random = randomFrom(5)
  const labels = new Int32Array(2 * 32 * 48).map((_, i) => Number(i % 48 > 20 && i % 11 < 8))
  labels.fill(255, 0, 40)
  const image = new Float32Array(2 * 3 * 32 * 48).map(
    (_, i) => random.between(-1, 1) + 2 * (labels[i % labels.length] === 1 ? 1 : 0),
  )
  return {
    image: tensorOf('float32', shape, image),
    labels: tensorOf('int32', [2, 32, 48], labels),
  }
}

/** The losses of the first steps of Adam on all weights. */
async function lossCurve(name: ExportedNetwork, open: Open): Promise<number[]> {
  const forward = await exportedNetwork(name)
  const training = trainingGraph(forward, {
    inputs: { image: shape },
    logits: [{ name: 'logits', weight: 1 }],
    labels: [2, 32, 48],
    loss: { kind: 'cross-entropy+dice' },
    parameters: trainableWeights(forward),
    batchNorm: 'frozen',
  })
  const parameters = training.parameters.map((parameter) => {
    const weight = forward.weights.get(parameter)
    if (!weight) throw new Error(`${parameter} is no weight`)
    return { name: parameter, data: Float32Array.from(floatsOf(weight, parameter)), group: 'all' }
  })
  await using session = await open(training, new Map(parameters.map((one) => [one.name, one.data])))
  const optimiser = createOptimiser({ kind: 'adam' }, parameters)
  const feeds = batch()
  const losses: number[] = []
  for (let step = 0; step < steps; step++) {
    losses.push(await session.compute(feeds))
    optimiser.step(session.gradients, { all: 1e-3 })
  }
  return losses
}

describeWithTensorFlow('Training with TensorFlow.js', () => {
  test.each(['unet', 'deeplab'] as const)(
    'gives the losses of ONNX Runtime for twenty steps of a %s',
    async (name) => {
      const onnx = await lossCurve(name, (training, weights) =>
        openTrainingSession(training, weights, { device: 'cpu', threads: 1 }),
      )
      const tfjs = await lossCurve(name, openTfjsTrainingSession)
      const errors = onnx.map((loss, step) => Math.abs((tfjs[step] ?? Number.NaN) / loss - 1))
      expect(Math.max(...errors)).toBeLessThan(1e-3)
      expect(onnx.at(-1)).toBeLessThan(0.9 * (onnx[0] ?? 0))
    },
  )
})

afterEach(() => {
  vi.doUnmock('@tensorflow/tfjs-node')
  vi.resetModules()
})

test('Training with TensorFlow.js says how to get it where its library is missing', async () => {
  // What Node says when the package's addon was never built.
  vi.doMock('@tensorflow/tfjs-node', () => {
    throw new Error('The Node.js native addon module (tfjs_binding.node) can not be found')
  })
  vi.resetModules()
  const { loadTensorFlow } = await import(
    '../../../../../src/engine/train/session/tfjs/load-tensorflow.ts'
  )
  await expect(loadTensorFlow()).rejects.toMatchObject({
    code: 'no-such-backend',
    message: expect.stringContaining('@tensorflow/tfjs-node'),
    hint: expect.stringContaining('npm rebuild'),
  })
})
