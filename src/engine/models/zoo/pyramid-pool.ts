/**
 * @file ESPNetv2's efficient pyramid pooling (EfficientPyrPool of EdgeNets): depthwise convolutions
 * of the picture at five scales, brought back to its own size and merged.
 */
import { addWeight } from '../../onnx/graph.ts'
import { intTensor } from '../../onnx/tensor.ts'
import { adaptiveAverage, scaledSides } from './adaptive-average.ts'
import type { NetworkBuilder, Value } from './network-builder.ts'
import { resizeTo } from './resize.ts'

/** Numerator and denominator. */
const scales: readonly (readonly [number, number])[] = [
  [2, 1],
  [3, 2],
  [1, 1],
  [1, 2],
  [1, 10],
]

/** Batch normalisation and PReLU, parts `first` and the next of `key`. */
function normalised(build: NetworkBuilder, input: Value, key: string, first = 0): Value {
  const norm = build.batchNorm(input, `${key}.${first}`)
  return build.parametricRelu(norm, `${key}.${first + 1}`)
}

/** One scale: larger pictures are shrunk after the convolution, smaller ones are before. */
function stage(
  build: NetworkBuilder,
  input: Value,
  key: string,
  scale: readonly [number, number],
): Value {
  const convolve = (value: Value): Value =>
    build.conv(value, key, value.channels, { kernel: 3, groups: value.channels })
  const [numerator, denominator] = scale
  if (numerator === denominator) return convolve(input)
  const own = build.node('Shape', [input.name], `${key}/own`, { start: { int: 2 } })
  const scaled = scaledSides(build, own, scale, `${key}/scaled`)
  if (numerator < denominator) {
    const smaller = adaptiveAverage(build, input, scaled, `${key}/smaller`)
    return resizeTo(build, convolve(smaller), own, 'linearCorners', `${key}/resized`)
  }
  const larger = resizeTo(build, input, scaled, 'linearCorners', `${key}/larger`)
  return adaptiveAverage(build, convolve(larger), own, `${key}/average`)
}

/** Channels of the groups in turn: the first of each, then the second of each … */
function shuffle(build: NetworkBuilder, input: Value, groups: number, name: string): Value {
  const each = input.channels / groups
  const order = Array.from(
    { length: input.channels },
    (_, i) => (i % groups) * each + Math.floor(i / groups),
  )
  const indices = addWeight(build.graph, `${name}/order`, intTensor(order))
  return {
    name: build.node('Gather', [input.name, indices], name, { axis: { int: 1 } }),
    channels: input.channels,
  }
}

interface PoolOptions {
  /** Channels inside. */
  width: number
  channels: number
  /** The last one gives classes, with a bias and without normalisation. */
  isLast: boolean
}

export function pyramidPool(
  build: NetworkBuilder,
  input: Value,
  key: string,
  { width, channels, isLast }: PoolOptions,
): Value {
  const projection = `${key}.projection_layer.cbr`
  const projected = normalised(build, build.conv(input, `${projection}.0`, width), projection, 1)
  const stages = scales.map((scale, i) => stage(build, projected, `${key}.stages.${i}`, scale))
  const joined = build.concat(stages, `${key}.concat`)
  const active = normalised(build, joined, `${key}.merge_layer.0.br`)
  const shuffled = shuffle(build, active, scales.length, `${key}.merge_layer.1`)
  const merging = `${key}.merge_layer.2.cbr`
  const conv = build.conv(shuffled, `${merging}.0`, width, { kernel: 3, groups: width })
  const merged = normalised(build, conv, merging, 1)
  const result = build.conv(merged, `${key}.merge_layer.3`, channels, { bias: isLast })
  return isLast ? result : normalised(build, result, `${key}.br.br`)
}
