/** @file Learning rates and weight decay by groups of layers. */
import { AppError } from '../../shared/errors.ts'
import type { LayerGroup } from '../../shared/experiment.ts'
import type { Graph } from '../onnx/graph.ts'
import { belongsTo } from '../train/graph/choose-parameters.ts'
import type { TrainableNetwork } from '../train/graph/trainable-network.ts'
import type { ParameterData } from '../train/optimisers.ts'

export interface GroupedParameters {
  /** In the order in which they were given. */
  parameters: (ParameterData & { data: Float32Array })[]
  /** Times the learning rate, by group. */
  factors: Readonly<Record<string, number>>
  /** By group, where it is not the optimiser's. */
  weightDecays: Readonly<Record<string, number>>
}

/** Layers' shifts: what is added, of one number a channel. */
function isBias(name: string, graph: Graph): boolean {
  return graph.nodes.some(
    ({ op, inputs }) =>
      (inputs[2] === name && op !== 'Resize') || (op === 'Add' && inputs.includes(name)),
  )
}

function fits(
  { layers, parameters }: LayerGroup,
  name: string,
  { graph, head }: Pick<TrainableNetwork, 'graph' | 'head'>,
): boolean {
  const isLayer =
    layers === 'head' ? head.includes(name) : layers.some((layer) => belongsTo(layer, name))
  return isLayer && (parameters === 'all' || (parameters === 'biases') === isBias(name, graph))
}

/**
 * Puts each parameter into the first group that it fits, or into that of the rest.
 * @throws AppError `bad-value` for a group of layers that the network does not have
 */
export function groupParameters(
  network: Pick<TrainableNetwork, 'graph' | 'head'>,
  parameters: readonly { name: string; data: Float32Array }[],
  groups: readonly LayerGroup[],
): GroupedParameters {
  const all = [...network.graph.weights.keys()]
  const unknown = groups
    .flatMap(({ layers }) => (layers === 'head' ? [] : layers))
    .find((layer) => !all.some((name) => belongsTo(layer, name)))
  if (unknown !== undefined)
    throw new AppError(
      'bad-value',
      `the network has no layer '${unknown}', which a layer group names`,
      `Its weights are ${all.slice(0, 5).join(', ')} … ${all.slice(-3).join(', ')}.`,
    )
  const grouped = parameters.map(({ name, data }) => {
    const at = groups.findIndex((group) => fits(group, name, network))
    return { name, data, group: at < 0 ? 'rest' : String(at) }
  })
  const decays = groups.flatMap(({ weightDecay }, at): [string, number][] =>
    weightDecay === null ? [] : [[String(at), weightDecay]],
  )
  return {
    parameters: grouped,
    factors: { rest: 1, ...Object.fromEntries(groups.map(({ rate }, at) => [String(at), rate])) },
    weightDecays: Object.fromEntries(decays),
  }
}
