/** @file torchvision's lraspp_mobilenet_v3_large, which has no auxiliary head. */
import type { Graph } from '../../onnx/graph.ts'
import type { BuildOptions } from './build-options.ts'
import { mobilenetV3Large } from './mobilenet-v3.ts'
import { layerResult, NetworkBuilder, type Value } from './network-builder.ts'
import { resizeLike } from './resize.ts'

const width = 128

/** Lite R-ASPP: features weighted by what the whole picture holds, and finer ones added as classes. */
function head(build: NetworkBuilder, low: Value, high: Value, classes: number): Value {
  const key = 'classifier'
  const conv = build.conv(high, `${key}.cbr.0`, width)
  const features = build.activate(build.batchNorm(conv, `${key}.cbr.1`), 'relu')
  const average = build.globalAverage(high, `${key}.scale.0`)
  const scale = build.activate(build.conv(average, `${key}.scale.1`, width), 'sigmoid')
  const scaled = build.multiply(features, scale, `${key}.scaled`)
  const fine = resizeLike(build, scaled, low, 'linear', `${key}.resized`)
  const bias = { bias: true }
  return build.add(
    build.conv(low, `${key}.low_classifier`, classes, bias),
    build.conv(fine, `${key}.high_classifier`, classes, bias),
    `${key}.sum`,
  )
}

/** Logits of stride 8. */
export function lrasppMobilenetV3Large({ classes }: BuildOptions): Graph {
  const build = new NetworkBuilder('lraspp_mobilenet_v3_large')
  const layers = mobilenetV3Large(build, build.image(), 'backbone')
  build.output(head(build, layerResult(layers, 4), layerResult(layers, 16), classes), 'logits')
  return build.graph
}
