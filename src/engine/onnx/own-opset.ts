/**
 * @file Brings a graph into the operator set in which our own nodes are written, so that networks of
 * all ages can be changed and differentiated.
 */
import { type Graph, ownOpset } from './graph.ts'
import { newerRules } from './opset-rules/newer.ts'
import { Rewrite } from './opset-rules/rewrite.ts'
import { upgrade } from './upgrade.ts'

/**
 * Rewrites a graph of ONNX's operator sets 7 to 22 in set 17; shapes may be free. What `upgrade` does
 * for older ones happens here to newer ones: inputs become attributes again, and operators that set
 * 17 lacks are taken apart.
 * Throws `unsupported-model` naming operator and node for what set 17 cannot say.
 */
export function toOwnOpset(graph: Graph): void {
  upgrade(graph)
  graph.nodes = graph.nodes.flatMap((node) => {
    const known = node.domain === '' && Object.hasOwn(newerRules, node.op)
    const newer = known ? newerRules[node.op] : undefined
    return newer && graph.opset >= newer.from ? newer.rule(new Rewrite(graph, node)) : [node]
  })
  graph.opset = ownOpset
}
