/** @file The graphs of a training, made for as many samples at a time as the memory allows. */
import type { Size } from '../../../shared/recipe.ts'
import type { TrainSettings } from '../../../shared/train-settings.ts'
import { sampleBytes } from '../samples/prepared-sample.ts'
import { freeBytes, memoryNeed, partsWithin } from '../session/memory.ts'
import { type StepGraphs, stepGraphs } from './step-graphs.ts'
import type { TrainableNetwork } from './trainable-network.ts'

/** Prepared samples may take so much memory, or a quarter of what is free, before they go to the disk. */
const mostKept = 512 * 2 ** 20

export interface GraphPlanOptions {
  /** Of the recipe's pictures and masks. */
  size: Size
  settings: TrainSettings
  classWeights: readonly number[] | null
  /** Of ONNX Runtime's kernels on this processor; null = on another device. */
  channelBlock: number | null
  /** Whether a GPU computes them. */
  portable: boolean
  /** Bytes of pictures and masks that are kept. */
  pictureBytes: number
  /** A batch is computed in so many parts or more. */
  leastParts: number
}

export interface GraphPlan {
  /** Sizes of the network's input, in the order of the settings' scales. */
  inputs: Size[]
  /** For each of them. */
  graphs: StepGraphs[]
  /** Samples that the graphs take at a time, and the parts of a batch. */
  samples: number
  parts: number
  /** What the training needs, and what is free. */
  memoryBytes: number
  freeBytes: number
  /** Bytes of prepared samples that are kept in memory. */
  memoryCap: number
}

/** The input at a scale, as near as the network's rule for sizes allows. */
function scaledInput({ description }: TrainableNetwork, input: Size, scale: number): Size {
  const { multiple } = description.input
  const side = (pixels: number) =>
    scale === 1 ? pixels : Math.max(1, Math.round((pixels * scale) / multiple)) * multiple
  return { width: side(input.width), height: side(input.height) }
}

/**
 * The graphs for the number of samples at a time that the memory allows. Throws `not-enough-memory`,
 * and what building graphs throws.
 */
export function planGraphs(network: TrainableNetwork, options: GraphPlanOptions): GraphPlan {
  const { settings, pictureBytes, leastParts } = options
  const free = freeBytes()
  const memoryCap = Math.min(mostKept, free / 4)
  const inputs = settings.scales.map((scale) => scaledInput(network, settings.input, scale))
  const built = new Map<number, StepGraphs[]>()
  const graphsFor = (samples: number): StepGraphs[] => {
    const known = built.get(samples)
    if (known) return known
    const graphs = inputs.map((input) => stepGraphs(network, { ...options, input, samples }))
    built.set(samples, graphs)
    return graphs
  }
  const need = (samples: number): number => {
    const graphs = graphsFor(samples)
    const bank = graphs.reduce((sum, { layout }) => sum + settings.bank * sampleBytes(layout), 0)
    return memoryNeed({
      graphs: graphs.flatMap(({ frozen, training }) => [
        training.graph,
        ...(frozen ? [frozen] : []),
      ]),
      parameters: network.parameters.reduce((sum, { data }) => sum + data.byteLength, 0),
      optimiserArrays: settings.optimiser.kind === 'sgd' ? 1 : 2,
      kept: pictureBytes + Math.min(memoryCap, bank),
    })
  }
  const parts = partsWithin(settings.batch, leastParts, free, need)
  const samples = settings.batch / parts
  const memory = { memoryBytes: need(samples), freeBytes: free, memoryCap }
  return { inputs, graphs: graphsFor(samples), samples, parts, ...memory }
}
