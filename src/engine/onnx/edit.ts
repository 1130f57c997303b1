/** @file Walks that changes of a graph need: who computes a value, who uses it, what is dead. */
import { AppError } from '../../shared/errors.ts'
import type { Graph, GraphNode } from './graph.ts'

/** The node that computes each value. */
export function producersOf(graph: Graph): Map<string, GraphNode> {
  return new Map(graph.nodes.flatMap((node) => node.outputs.map((output) => [output, node])))
}

/** The nodes that use each value, once per use. */
export function usersOf(graph: Graph): Map<string, GraphNode[]> {
  const users = new Map<string, GraphNode[]>()
  for (const node of graph.nodes)
    for (const input of node.inputs) {
      const list = users.get(input)
      if (list) list.push(node)
      else users.set(input, [node])
    }
  return users
}

/**
 * Drops the nodes, weights and notes that no output needs. A graph with subgraphs stays whole: they
 * use values of the graph around them without naming them as inputs.
 */
export function prune(graph: Graph): void {
  if (graph.nodes.some(hasSubgraph)) return
  const needed = new Set(graph.outputs.map(({ name }) => name))
  const live = graph.nodes.toReversed().filter((node) => {
    if (!node.outputs.some((output) => needed.has(output))) return false
    for (const input of node.inputs) needed.add(input)
    return true
  })
  graph.nodes = live.toReversed()
  const keep = <Value>(map: Map<string, Value>) =>
    new Map([...map].filter(([name]) => needed.has(name)))
  graph.weights = keep(graph.weights)
  graph.values = keep(graph.values)
}

function hasSubgraph({ attributes }: GraphNode): boolean {
  return Object.values(attributes).some((attribute) => 'other' in attribute)
}

/**
 * Renames every value, weight and node by `rename`.
 * Throws `internal` when two values would end up with one name.
 */
export function renameAll(graph: Graph, rename: (name: string) => string): void {
  const taken = new Map<string, string>()
  const renamed = (name: string): string => {
    if (name === '') return ''
    const next = rename(name)
    const before = taken.get(next) ?? name
    if (before !== name)
      throw new AppError('internal', `'${name}' and '${before}' would both be named '${next}'`)
    taken.set(next, name)
    return next
  }
  for (const value of [...graph.inputs, ...graph.outputs, ...graph.values.values()])
    value.name = renamed(value.name)
  for (const node of graph.nodes) {
    node.name = rename(node.name)
    node.inputs = node.inputs.map(renamed)
    node.outputs = node.outputs.map(renamed)
  }
  graph.weights = new Map([...graph.weights].map(([name, tensor]) => [renamed(name), tensor]))
  graph.values = new Map([...graph.values.values()].map((value) => [value.name, value]))
}
