/** @file segmentation_models_pytorch's Unet('vgg16'): names and steps of its release 0.6. */
import type { Graph } from '../../onnx/graph.ts'
import type { BuildOptions } from './build-options.ts'
import { layerResult, NetworkBuilder, type Value } from './network-builder.ts'
import { resizeLike } from './resize.ts'

/** VGG16: channels and number of the 3x3 convolutions at strides 1, 2, 4, 8, 16. */
const stages: readonly (readonly [channels: number, convolutions: number])[] = [
  [64, 2],
  [128, 2],
  [256, 3],
  [512, 3],
  [512, 3],
]

const decoderChannels = [256, 128, 64, 32, 16]

/** Results of strides 1 … 16 before each pooling, and of stride 32 after the last one. */
function encoder(build: NetworkBuilder, image: Value): Value[] {
  let index = 0
  let value = image
  const results: Value[] = []
  const next = () => `encoder.features.${index++}`
  for (const [channels, convolutions] of stages) {
    for (let i = 0; i < convolutions; i++) {
      const conv = build.conv(value, next(), channels, { kernel: 3, bias: true })
      value = build.activate(conv, 'relu', next())
    }
    results.push(value)
    value = build.maxPool(value, next(), 2, 2)
  }
  return [...results, value]
}

function convolved(build: NetworkBuilder, input: Value, key: string, channels: number): Value {
  const conv = build.conv(input, `${key}.0`, channels, { kernel: 3 })
  return build.activate(build.batchNorm(conv, `${key}.1`), 'relu')
}

/** Logits of stride 1. The features of the full size are not used again. */
export function unetVgg16({ classes }: BuildOptions): Graph {
  const build = new NetworkBuilder('unet_vgg16')
  const features = encoder(build, build.image()).toReversed()
  const deepest = layerResult(features, 0)
  let value = convolved(build, deepest, 'decoder.center.0', deepest.channels)
  value = convolved(build, value, 'decoder.center.1', deepest.channels)
  for (const [i, channels] of decoderChannels.entries()) {
    const key = `decoder.blocks.${i}`
    const like = layerResult(features, i + 1)
    const larger = resizeLike(build, value, like, 'nearest', `${key}.interpolate`)
    const isLast = i === decoderChannels.length - 1
    const input = isLast ? larger : build.concat([larger, like], `${key}.concat`)
    value = convolved(build, input, `${key}.conv1`, channels)
    value = convolved(build, value, `${key}.conv2`, channels)
  }
  const logits = build.conv(value, 'segmentation_head.0', classes, { kernel: 3, bias: true })
  build.output(logits, 'logits')
  return build.graph
}
