/**
 * @file Two 1x1 convolutions with nothing between them are one linear step, and cheaper as their
 * product where the middle has about as many channels as the ends. (In MobileNet-based DeepLab the
 * last projection, 960 to 320, is followed by another, 320 to 256: 7 % of all products.)
 */
import { prune, usersOf } from './edit.ts'
import { type Attribute, addWeight, type Graph, type GraphNode } from './graph.ts'
import { type Pointwise, pointwiseOf, product } from './pointwise.ts'
import { floatTensor, intTensor } from './tensor.ts'

interface Users {
  convolutions: Pointwise[]
  averages: GraphNode[]
}

/** Everything that uses a convolution's result, or null when that is more than it may be. */
function usersToMerge(graph: Graph, { output }: Pointwise): Users | null {
  const users = usersOf(graph).get(output) ?? []
  const averages = users.filter(({ op }) => op === 'GlobalAveragePool')
  const others = users.filter(({ op }) => op !== 'GlobalAveragePool')
  const convolutions = others.flatMap((user) => pointwiseOf(graph, user) ?? [])
  const isOutput = graph.outputs.some(({ name }) => name === output)
  if (isOutput || convolutions.length === 0 || convolutions.length < others.length) return null
  return { convolutions, averages }
}

function mergeInto(graph: Graph, first: Pointwise, second: Pointwise): void {
  const { weight, bias } = product(first, second)
  const shape = [second.rows, first.columns, 1, 1]
  second.node.inputs = [
    first.input,
    addWeight(graph, `${second.output}/merged/weight`, floatTensor(shape, weight)),
    addWeight(graph, `${second.output}/merged/bias`, floatTensor([second.rows], bias)),
  ]
}

/** Side of the squares that are averaged first, and how they are. */
const side = 8
const squares: Record<string, Attribute> = {
  kernel_shape: { ints: [side, side] },
  strides: { ints: [side, side] },
  pads: { ints: [0, 0, side - 1, side - 1] },
  count_include_pad: { int: 1 },
}

/**
 * The average over the picture of a convolution's result, without computing that result: from the
 * convolution of the averages of squares. (One average over everything would gather so much rounding
 * error, which the convolution multiplies, that logits change by .003.) Squares that reach beyond
 * the picture take zeros there; the same average of a picture of ones tells how much they lose.
 */
function averageFirst(graph: Graph, first: Pointwise, average: GraphNode): GraphNode[] {
  const [result = ''] = average.outputs
  const [, weight = ''] = first.node.inputs
  const inner = (name: string) => `${result}/${name}`
  const node = (
    op: string,
    inputs: string[],
    name: string,
    attributes: Record<string, Attribute> = {},
  ): GraphNode => ({ op, domain: '', name, inputs, outputs: [name], attributes })
  const one = addWeight(graph, inner('one'), intTensor([1, 1]))
  const biasTensor = floatTensor([1, first.rows, 1, 1], first.bias)
  const bias = addWeight(graph, inner('bias'), biasTensor)
  const value = { tensor: floatTensor([1], Float32Array.of(1)) }
  return [
    node('AveragePool', [first.input], inner('squares'), squares),
    node('Conv', [inner('squares'), weight], inner('convolved')),
    node('GlobalAveragePool', [inner('convolved')], inner('average')),
    node('Shape', [first.input], inner('sides'), { start: { int: 2 } }),
    node('Concat', [one, inner('sides')], inner('shape'), { axis: { int: 0 } }),
    node('ConstantOfShape', [inner('shape')], inner('ones'), { value }),
    node('AveragePool', [inner('ones')], inner('ones/squares'), squares),
    node('GlobalAveragePool', [inner('ones/squares')], inner('ones/average')),
    node('Div', [inner('average'), inner('ones/average')], inner('scaled')),
    node('Add', [inner('scaled'), bias], result),
  ]
}

/** Merges 1x1 convolutions wherever that needs fewer products per pixel. */
export function mergePointwise(graph: Graph): void {
  for (const node of [...graph.nodes]) {
    const first = pointwiseOf(graph, node)
    const users = first && usersToMerge(graph, first)
    if (!first || !users) continue
    const { convolutions, averages } = users
    const outgoing = convolutions.reduce((sum, { rows }) => sum + rows, 0)
    if (outgoing * first.columns >= (first.columns + outgoing) * first.rows) continue
    for (const convolution of convolutions) mergeInto(graph, first, convolution)
    graph.nodes = graph.nodes.flatMap((other) =>
      averages.includes(other) ? averageFirst(graph, first, other) : [other],
    )
  }
  prune(graph)
}
