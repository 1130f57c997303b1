/** @file Heads of torchvision's segmentation networks (deeplabv3.py, fcn.py), without dropout. */
import type { ConvolutionOptions, NetworkBuilder, Value } from './network-builder.ts'
import { spreadLike } from './resize.ts'

/** Convolution, batch normalisation and ReLU, which are parts `first` and the next of `key`. */
function convolved(
  build: NetworkBuilder,
  input: Value,
  key: string,
  channels: number,
  { first = 0, ...options }: ConvolutionOptions & { first?: number } = {},
): Value {
  const conv = build.conv(input, `${key}.${first}`, channels, options)
  return build.activate(build.batchNorm(conv, `${key}.${first + 1}`), 'relu')
}

/** FCN's head: 3x3 convolution to a quarter of the channels, then the classes. */
export function fcnHead(build: NetworkBuilder, input: Value, key: string, classes: number): Value {
  const features = convolved(build, input, key, input.channels / 4, { kernel: 3 })
  return build.conv(features, `${key}.4`, classes, { bias: true })
}

const rates = [12, 24, 36]
const width = 256

/** Atrous spatial pyramid pooling: 1x1, three dilated 3x3 and the pooled picture, side by side. */
function pyramid(build: NetworkBuilder, input: Value, key: string): Value {
  const plain = convolved(build, input, `${key}.convs.0`, width)
  const dilated = rates.map((dilation, i) =>
    convolved(build, input, `${key}.convs.${i + 1}`, width, { kernel: 3, dilation }),
  )
  const average = build.globalAverage(input, `${key}.convs.4.0`)
  const pooled = convolved(build, average, `${key}.convs.4`, width, { first: 1 })
  const spread = spreadLike(build, pooled, plain, `${key}.convs.4`)
  const together = build.concat([plain, ...dilated, spread], `${key}.concat`)
  return convolved(build, together, `${key}.project`, width)
}

/** DeepLabV3's head. */
export function deeplabHead(
  build: NetworkBuilder,
  input: Value,
  key: string,
  classes: number,
): Value {
  const context = pyramid(build, input, `${key}.0`)
  const features = convolved(build, context, key, width, { kernel: 3, first: 1 })
  return build.conv(features, `${key}.4`, classes, { bias: true })
}
