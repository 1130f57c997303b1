/**
 * @file Brings a graph into the operator set in which our own nodes are written, so that networks of
 * all ages can be changed and differentiated.
 */
import { type Graph, type GraphNode, ownOpset } from './graph.ts'
import { newerRules } from './opset-rules/newer.ts'
import { olderRules } from './opset-rules/older.ts'
import { Rewrite, type RewriteRule } from './opset-rules/rewrite.ts'

function ruleOf({ op, domain }: GraphNode, opset: number): RewriteRule | null {
  if (domain !== '' && domain !== 'ai.onnx') return null
  const older = Object.hasOwn(olderRules, op) ? olderRules[op] : undefined
  if (older && opset < older.before) return older.rule
  const newer = Object.hasOwn(newerRules, op) ? newerRules[op] : undefined
  return newer && opset >= newer.from ? newer.rule : null
}

/**
 * Rewrites a graph of ONNX's operator sets 9 to 22 in set 17; shapes may be free. Lists that were
 * attributes become weights and the other way round, newer operators are taken apart.
 * Throws `unsupported-model` naming operator and node for what set 17 cannot say.
 */
export function toOwnOpset(graph: Graph): void {
  graph.nodes = graph.nodes.flatMap((node) => {
    const rule = ruleOf(node, graph.opset)
    return rule ? rule(new Rewrite(graph, node)) : [node]
  })
  graph.opset = ownOpset
}
