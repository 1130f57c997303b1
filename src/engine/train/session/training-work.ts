/** @file Everything that stays open while a network is trained: graphs, sessions, memory. */
import { join } from 'node:path'
import { channelBlock } from '../../infer/channel-block.ts'
import { sumCounts } from '../../infer/run-record.ts'
import { deviceFor } from '../../infer/session.ts'
import type { NodeCount } from '../../infer/types.ts'
import { type GraphPlanOptions, planGraphs } from '../graph/graph-plan.ts'
import type { Parameter, TrainableNetwork } from '../graph/trainable-network.ts'
import { FeatureCache } from '../samples/feature-cache.ts'
import { SamplePreparer } from '../samples/sample-preparer.ts'
import { GradientComputer } from './gradient-computer.ts'

export interface TrainingWorkOptions extends Omit<GraphPlanOptions, 'channelBlock' | 'portable'> {
  /** Where samples go that do not fit into memory. */
  folder: string
}

/** The sessions for one input size. */
export interface ScaleWork {
  preparer: SamplePreparer
  computer: GradientComputer
  /** A cache for samples of this size. */
  cache(): FeatureCache
}

/** Whoever opens it disposes of it. */
export interface TrainingWork extends AsyncDisposable {
  /** In the order of the settings' scales. */
  scales: readonly ScaleWork[]
  /** Those on which the loss depends, in the order of the gradients. */
  parameters: readonly Parameter[]
  /** What the graphs read, by name: parameters, and running statistics that the batches change. */
  weights: ReadonlyMap<string, Float32Array>
  /** Names of the running statistics among them. */
  statistics: readonly string[]
  device: string
  reason: string
  /**
   * Ends the record of what ran where: nodes that the device left to the processor in the first
   * computations. Asked again, it answers the same.
   */
  fallback(): Promise<NodeCount[]>
  /** Parts in which a batch is computed. */
  parts: number
  memoryBytes: number
  freeBytes: number
}

/** Copies of the running statistics that the batches change, and the parameters where they lie. */
function fedWeights({ parameters, graph }: TrainableNetwork, statistics: readonly string[]) {
  const weights = new Map(parameters.map(({ name, data }) => [name, data]))
  for (const name of statistics) {
    const data = graph.weights.get(name)?.data
    if (data instanceof Float32Array) weights.set(name, Float32Array.from(data))
  }
  return weights
}

/** Of all sessions together. */
async function countFallback(scales: readonly ScaleWork[]): Promise<NodeCount[]> {
  const counts: NodeCount[] = []
  for (const { preparer, computer } of scales)
    counts.push(...(await preparer.fallback()), ...(await computer.fallback()))
  return sumCounts(counts)
}

/**
 * Plans the memory and opens the sessions. Throws `not-enough-memory`, and what building graphs and
 * opening sessions throws.
 */
export async function openTrainingWork(
  network: TrainableNetwork,
  options: TrainingWorkOptions,
): Promise<TrainingWork> {
  const { size, settings, folder } = options
  const { backend, device, threads } = settings
  const expected = backend === 'onnx' ? (await deviceFor(device)).device : null
  const { inputs, graphs, samples, memoryCap, ...plan } = planGraphs(network, {
    ...options,
    channelBlock: expected === 'cpu' ? await channelBlock() : null,
    portable: expected !== null && expected !== 'cpu',
  })
  const statistics = [...(graphs[0]?.training.updates.keys() ?? [])]
  const weights = fedWeights(network, statistics)
  const scales: ScaleWork[] = []
  const close = async (): Promise<void> => {
    for (const { preparer, computer } of scales) {
      await preparer[Symbol.asyncDispose]()
      await computer[Symbol.asyncDispose]()
    }
  }
  try {
    for (const [i, input] of inputs.entries()) {
      const own = graphs[i]
      if (!own) continue
      const computer = await GradientComputer.open(own, samples, weights, {
        backend,
        device,
        threads,
      })
      const where = { size, input, device: computer.device, threads }
      const preparer = await SamplePreparer.open(own, network, where)
      const path = join(folder, `features-${i}.bin`)
      const cap = memoryCap / inputs.length
      const cache = () => new FeatureCache({ path, memoryCap: cap, layout: own.layout })
      scales.push({ preparer, computer, cache })
    }
  } catch (error) {
    await close()
    throw error
  }
  const { device: chosen = device, reason = '' } = scales[0]?.computer ?? {}
  let counted: Promise<NodeCount[]> | null = null
  const fallback = () => {
    counted ??= countFallback(scales)
    return counted
  }
  const found = { device: chosen, reason, fallback, [Symbol.asyncDispose]: close }
  const learning = new Set(graphs[0]?.training.parameters)
  const parameters = network.parameters.filter(({ name }) => learning.has(name))
  return { scales, parameters, weights, statistics, ...plan, ...found }
}
