/**
 * @file A 1x1 convolution of features and, beside them, of a pooled picture spread over all pixels
 * (DeepLab's image pooling) multiplies the same pooled numbers for every pixel. Multiplied once, and
 * added to the rest, they cost nothing.
 */
import { producersOf, prune, usersOf } from './edit.ts'
import { type Attribute, addWeight, type Graph, type GraphNode, intAttribute } from './graph.ts'
import { columnsOf, type Pointwise, pointwiseOf } from './pointwise.ts'
import { floatTensor } from './tensor.ts'

type Producers = ReadonlyMap<string, GraphNode>

const pooling = new Set(['GlobalAveragePool', 'GlobalMaxPool'])
const spreading = new Set(['Expand', 'Resize'])
/** Operators between a convolution and its spreading that work on each number by itself. */
const elementwise = new Set(['BatchNormalization', 'Relu', 'Clip', 'Sigmoid', 'HardSwish'])

/** Channels of a convolution of a pooled picture, or null where `value` is something else. */
function pooledChannels(graph: Graph, producers: Producers, value: string): number | null {
  const node = producers.get(value)
  if (!node) return null
  if (elementwise.has(node.op)) return pooledChannels(graph, producers, node.inputs[0] ?? '')
  const conv = pointwiseOf(graph, node)
  return conv && pooling.has(producers.get(conv.input)?.op ?? '') ? conv.rows : null
}

/** The first of some columns of a matrix, and the one after the last. */
type Columns = [number, number]

interface Split {
  /** The picture of one pixel, and the columns of the convolution that multiply it. */
  pooled: string
  pooledColumns: Columns
  features: string[]
  featureColumns: Columns
}

/** How a convolution's input splits, or null when no end of it is a spread picture of one pixel. */
function splitOf(graph: Graph, conv: Pointwise): Split | null {
  const producers = producersOf(graph)
  const concat = producers.get(conv.input)
  const isShared = (usersOf(graph).get(conv.input) ?? []).length > 1
  if (concat?.op !== 'Concat' || intAttribute(concat, 'axis', 0) !== 1 || isShared) return null
  for (const place of [0, concat.inputs.length - 1]) {
    const spread = producers.get(concat.inputs[place] ?? '')
    const [pooled = ''] = spread && spreading.has(spread.op) ? spread.inputs : []
    const channels = pooledChannels(graph, producers, pooled)
    if (channels === null) continue
    const features = concat.inputs.toSpliced(place, 1)
    const middle = place === 0 ? channels : conv.columns - channels
    const before: Columns = [0, middle]
    const after: Columns = [middle, conv.columns]
    return place === 0
      ? { pooled, pooledColumns: before, features, featureColumns: after }
      : { pooled, pooledColumns: after, features, featureColumns: before }
  }
  return null
}

/** The nodes that take the convolution's place. */
function splitNodes(graph: Graph, conv: Pointwise, split: Split): GraphNode[] {
  const inner = (name: string) => `${conv.output}/${name}`
  const weight = (name: string, [first, end]: Columns): string => {
    const shape = [conv.rows, end - first, 1, 1]
    return addWeight(graph, inner(name), floatTensor(shape, columnsOf(conv, first, end)))
  }
  const node = (
    op: string,
    inputs: string[],
    name: string,
    attributes: Record<string, Attribute> = {},
  ): GraphNode => ({ op, domain: '', name, inputs, outputs: [name], attributes })
  const bias = addWeight(graph, inner('pooled/bias'), floatTensor([conv.rows], conv.bias))
  const pooledWeight = weight('pooled/weight', split.pooledColumns)
  const featureWeight = weight('features/weight', split.featureColumns)
  return [
    node('Conv', [split.pooled, pooledWeight, bias], inner('pooled')),
    node('Concat', split.features, inner('concat'), { axis: { int: 1 } }),
    node('Conv', [inner('concat'), featureWeight], inner('features')),
    node('Add', [inner('features'), inner('pooled')], conv.output),
  ]
}

/** Splits such convolutions, where the spread picture is first or last of what is concatenated. */
export function splitConcat(graph: Graph): void {
  for (const node of [...graph.nodes]) {
    const conv = pointwiseOf(graph, node)
    const split = conv && splitOf(graph, conv)
    if (!conv || !split) continue
    const replacement = splitNodes(graph, conv, split)
    graph.nodes = graph.nodes.flatMap((other) => (other === node ? replacement : [other]))
  }
  prune(graph)
}
