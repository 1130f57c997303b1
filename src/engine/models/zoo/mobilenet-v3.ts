/**
 * @file MobileNetV3-Large with a dilated last stage, a backbone of torchvision's segmentation
 * networks (mobilenetv3.py with dilated = True): stride 16 instead of 32.
 */
import type { Activation, NetworkBuilder, Value } from './network-builder.ts'

interface Block {
  kernel: number
  /** Channels inside and at the end. */
  expanded: number
  channels: number
  /** Whether channels are weighted by what the whole picture holds. */
  squeeze: boolean
  activation: Activation
  stride: number
  dilation: number
}

type Row = [
  kernel: number,
  expanded: number,
  channels: number,
  squeeze: boolean,
  activation: Activation,
  stride: number,
  dilation: number,
]

// biome-ignore format: a table
const rows: readonly Row[] = [
  [3, 16, 16, false, 'relu', 1, 1],
  [3, 64, 24, false, 'relu', 2, 1],
  [3, 72, 24, false, 'relu', 1, 1],
  [5, 72, 40, true, 'relu', 2, 1],
  [5, 120, 40, true, 'relu', 1, 1],
  [5, 120, 40, true, 'relu', 1, 1],
  [3, 240, 80, false, 'hardSwish', 2, 1],
  [3, 200, 80, false, 'hardSwish', 1, 1],
  [3, 184, 80, false, 'hardSwish', 1, 1],
  [3, 184, 80, false, 'hardSwish', 1, 1],
  [3, 480, 112, true, 'hardSwish', 1, 1],
  [3, 672, 112, true, 'hardSwish', 1, 1],
  [5, 672, 160, true, 'hardSwish', 1, 2],
  [5, 960, 160, true, 'hardSwish', 1, 2],
  [5, 960, 160, true, 'hardSwish', 1, 2],
]

/** MobileNetV3's own batch normalisation; heads on top of it have PyTorch's usual one. */
const normalisation = { epsilon: 1e-3, momentum: 0.01 }

/** Channels of the bottleneck that weights channels: a quarter, as a multiple of 8. */
function squeezedChannels(expanded: number): number {
  const quarter = Math.floor(expanded / 4)
  const rounded = Math.max(8, Math.floor((quarter + 4) / 8) * 8)
  return rounded < 0.9 * quarter ? rounded + 8 : rounded
}

function squeezeExcite(build: NetworkBuilder, input: Value, key: string): Value {
  const average = build.globalAverage(input, `${key}.avgpool`)
  const squeezed = squeezedChannels(input.channels)
  const narrow = build.conv(average, `${key}.fc1`, squeezed, { bias: true })
  const wide = build.conv(build.activate(narrow, 'relu'), `${key}.fc2`, input.channels, {
    bias: true,
  })
  return build.multiply(input, build.activate(wide, 'hardSigmoid'), key)
}

/** Expanding 1x1, depthwise and projecting 1x1 convolution; `KEY` is the name of the result. */
function invertedResidual(build: NetworkBuilder, input: Value, key: string, block: Block): Value {
  const { kernel, expanded, channels, squeeze, activation, stride, dilation } = block
  let layer = 0
  let value = input
  const convolve = (count: number, options: Parameters<NetworkBuilder['conv']>[3]): Value => {
    const conv = build.conv(value, `${key}.block.${layer}.0`, count, options)
    return build.batchNorm(conv, `${key}.block.${layer++}.1`, normalisation)
  }
  if (expanded !== input.channels) value = build.activate(convolve(expanded, {}), activation)
  const depthwise = convolve(expanded, { kernel, stride, dilation, groups: expanded })
  value = build.activate(depthwise, activation)
  if (squeeze) value = squeezeExcite(build, value, `${key}.block.${layer++}`)
  value = convolve(channels, {})
  return stride === 1 && input.channels === channels ? build.add(value, input, key) : value
}

/**
 * Results of all layers in torchvision's numbering: [0] after the first convolution (stride 2), [3]
 * stride 4, 24 channels, [6] stride 8, 40 channels, [16] the last, stride 16, 960 channels.
 */
export function mobilenetV3Large(build: NetworkBuilder, image: Value, key: string): Value[] {
  const normalised = (input: Value, name: string, channels: number, options = {}): Value => {
    const conv = build.conv(input, `${name}.0`, channels, options)
    return build.activate(build.batchNorm(conv, `${name}.1`, normalisation), 'hardSwish')
  }
  let value = normalised(image, `${key}.0`, 16, { kernel: 3, stride: 2 })
  const results = [value]
  for (const [i, row] of rows.entries()) {
    const [kernel, expanded, channels, squeeze, activation, stride, dilation] = row
    const block = { kernel, expanded, channels, squeeze, activation, stride, dilation }
    value = invertedResidual(build, value, `${key}.${i + 1}`, block)
    results.push(value)
  }
  results.push(normalised(value, `${key}.16`, 960))
  return results
}
