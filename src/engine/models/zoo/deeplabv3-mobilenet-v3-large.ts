/** @file torchvision's deeplabv3_mobilenet_v3_large. */
import type { Graph } from '../../onnx/graph.ts'
import type { BuildOptions } from './build-options.ts'
import { deeplabHead, fcnHead } from './heads.ts'
import { mobilenetV3Large } from './mobilenet-v3.ts'
import { layerResult, NetworkBuilder } from './network-builder.ts'

/** Logits of stride 16; the auxiliary ones, of stride 8, come from the first layer of that stride. */
export function deeplabv3MobilenetV3Large({ classes, auxiliary = false }: BuildOptions): Graph {
  const build = new NetworkBuilder('deeplabv3_mobilenet_v3_large')
  const layers = mobilenetV3Large(build, build.image(), 'backbone')
  build.output(deeplabHead(build, layerResult(layers, 16), 'classifier', classes), 'logits')
  if (auxiliary) {
    const head = fcnHead(build, layerResult(layers, 4), 'aux_classifier', classes)
    build.output(head, 'auxiliary_logits')
  }
  return build.graph
}
