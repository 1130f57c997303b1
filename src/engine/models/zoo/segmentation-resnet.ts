/** @file A head on a dilated ResNet, and FCN's head on its third stage to help training. */
import type { Graph } from '../../onnx/graph.ts'
import type { BuildOptions } from './build-options.ts'
import { fcnHead } from './heads.ts'
import { NetworkBuilder } from './network-builder.ts'
import { resnet, type resnetBlocks } from './resnet.ts'

/** Logits of stride 8. */
export function segmentationResnet(
  name: string,
  depth: keyof typeof resnetBlocks,
  head: typeof fcnHead,
  { classes, auxiliary = false }: BuildOptions,
): Graph {
  const build = new NetworkBuilder(name)
  const [, , third, last] = resnet(build, build.image(), 'backbone', depth)
  build.output(head(build, last, 'classifier', classes), 'logits')
  if (auxiliary) build.output(fcnHead(build, third, 'aux_classifier', classes), 'auxiliary_logits')
  return build.graph
}
