/** @file The backward pass of a graph, written as nodes of the same graph. */
import { AppError } from '../../../shared/errors.ts'
import type { Graph, GraphNode } from '../../onnx/graph.ts'
import { knownOf } from '../../onnx/shapes.ts'
import { gradientRules } from '../gradients.ts'
import { GradientBuilder, type GradientRule } from './gradient-builder.ts'
import { sameShape } from './static-shape.ts'

/** The values that depend on one of `sources`, these included. */
function reachedFrom(graph: Graph, sources: readonly string[]): Set<string> {
  const reached = new Set(sources)
  for (const { inputs, outputs } of graph.nodes)
    if (inputs.some((input) => reached.has(input)))
      for (const output of outputs) if (output !== '') reached.add(output)
  return reached
}

/** The values that `target` depends on, itself included. */
function reaching(graph: Graph, target: string): Set<string> {
  const needed = new Set([target])
  for (const { inputs, outputs } of graph.nodes.toReversed())
    if (outputs.some((output) => needed.has(output)))
      for (const input of inputs) if (input !== '') needed.add(input)
  return needed
}

function isReal(graph: Graph, name: string): boolean {
  return ['float32', 'float64'].includes(knownOf(graph, name).type)
}

function ruleOf(node: GraphNode): GradientRule {
  const key = node.domain === '' ? node.op : `${node.domain}.${node.op}`
  const rule = Object.hasOwn(gradientRules, key) ? gradientRules[key] : undefined
  if (rule) return rule
  throw new AppError(
    'unsupported-model',
    `there is no gradient for the operator ${key} (node '${node.name || node.outputs[0]}')`,
    'Train only layers that come after it, or another network.',
  )
}

/**
 * Adds the backward pass of a scalar to a graph whose shapes are fixed. Returns the gradient's name
 * for each wanted value (weights, inputs or values in between) that the scalar depends on; others
 * have no entry. Several uses of a value add up. Rules may ask a node for further outputs.
 * `portable` keeps to operators that GPU providers have too, for some of which the processor has faster ones.
 *
 * Throws `unsupported-model` when an operator on the way has no rule.
 */
export function differentiate(
  graph: Graph,
  loss: string,
  wanted: readonly string[],
  { portable = false } = {},
): Map<string, string> {
  const reached = reachedFrom(graph, wanted)
  const onTheWay = new Set(
    [...reaching(graph, loss)].filter((name) => reached.has(name) && isReal(graph, name)),
  )
  const trained = new Set(wanted.filter((name) => graph.weights.has(name)))
  const build = new GradientBuilder(graph, onTheWay, trained, { portable })
  const parts = new Map<string, string[]>([[loss, [build.scalar(1)]]])
  const total = (name: string): string | null => {
    const uses = parts.get(name) ?? []
    if (uses.length === 0 || !onTheWay.has(name)) return null
    const sum = build.sum(uses)
    parts.set(name, [sum])
    return sum
  }
  for (const node of graph.nodes.toReversed()) {
    if (!node.inputs.some((input) => onTheWay.has(input))) continue
    build.startScope(`gradient/${node.outputs[0] ?? node.name}`)
    const upstream = node.outputs.map(total)
    if (upstream.every((gradient) => gradient === null)) continue
    const gradients = ruleOf(node)(build, node, upstream)
    for (const [i, input] of node.inputs.entries()) {
      const gradient = gradients[i]
      if (!gradient || !onTheWay.has(input)) continue
      expectShape(build, node, input, gradient)
      parts.set(input, [...(parts.get(input) ?? []), gradient])
    }
  }
  return new Map(
    wanted.flatMap((name): [string, string][] => {
      build.startScope(`gradient/${name}`)
      const gradient = total(name)
      return gradient === null ? [] : [[name, gradient]]
    }),
  )
}

function expectShape(build: GradientBuilder, node: GraphNode, input: string, gradient: string) {
  const [wanted, given] = [build.shape(input), build.shape(gradient)]
  if (sameShape(wanted, given)) return
  throw new AppError(
    'internal',
    `the gradient of '${input}' by ${node.op} has the shape [${given}], not [${wanted}]`,
  )
}
