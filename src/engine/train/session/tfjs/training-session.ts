/** @file A training graph in TensorFlow.js: the second opinion on ONNX Runtime's. */
import { AppError } from '../../../../shared/errors.ts'
import { knownOf } from '../../../onnx/shapes.ts'
import { floatTensor, sizeOf, type Tensor } from '../../../onnx/tensor.ts'
import type { TrainingGraph } from '../../graph/training-graph.ts'
import type { TrainingSession } from '../training-session.ts'
import { loadTensorFlow } from './load-tensorflow.ts'
import { TfjsGraph } from './run-graph.ts'

/**
 * Opens a training graph whose parameters (and running statistics) are `weights`, by name, as
 * `openTrainingSession` does. Throws `no-such-backend` where TensorFlow.js is not installed.
 */
export async function openTfjsTrainingSession(
  { graph, parameters, gradients, loss, updates }: TrainingGraph,
  weights: ReadonlyMap<string, Float32Array>,
): Promise<TrainingSession> {
  const tf = await loadTensorFlow()
  const runnable = new TfjsGraph(tf, graph)
  const tensor = (name: string): Tensor => {
    const data = weights.get(name)
    if (data) return floatTensor(knownOf(graph, name).shape, data)
    throw new AppError('internal', `there is no weight '${name}'`)
  }
  const fed = Object.fromEntries(
    [...parameters, ...updates.keys()].map((name) => [name, tensor(name)]),
  )
  const results = parameters.map((name) => new Float32Array(sizeOf(knownOf(graph, name).shape)))
  let latest = new Map<string, Float32Array>()
  return {
    device: 'cpu',
    reason: `TensorFlow.js ${tf.version['tfjs-node']}`,
    gradients: results,
    async compute(batch) {
      latest = runnable.run({ ...fed, ...batch })
      for (const [i, name] of parameters.entries())
        results[i]?.set(latest.get(gradients.get(name) ?? '') ?? [])
      return latest.get(loss)?.[0] ?? Number.NaN
    },
    fallback: async () => [],
    takeStatistics() {
      for (const [name, output] of updates) weights.get(name)?.set(latest.get(output) ?? [])
    },
    async [Symbol.asyncDispose]() {
      runnable.dispose()
    },
  }
}
