/**
 * @file ESPNetv2's efficient pyramid pooling (EfficientPyrPool of EdgeNets): depthwise convolutions
 * of the picture at five scales, brought back to its own size and merged.
 */
import { addWeight } from '../../onnx/graph.ts'
import { intTensor, tensorOf } from '../../onnx/tensor.ts'
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

/**
 * Averages rows and columns, 3/2 as many as those of `like` (an even number), to the latter's: pairs
 * that start at 0, 1, 3, 4, 6, 7 … The means of all pairs are cheap, and then every third is left out.
 */
function threeToTwo(build: NetworkBuilder, input: Value, like: string, name: string): Value {
  const whole = (value: number, text: string): string =>
    addWeight(build.graph, `${name}/${text}`, tensorOf('int64', [], [value]))
  const [zero, one, two, three] = [0, 1, 2, 3].map((value) => whole(value, String(value)))
  let value = build.averagePool(input, `${name}/pairs`, 2, 1)
  for (const [i, axis] of ['rows', 'columns'].entries()) {
    const part = (text: string) => `${name}/${axis}/${text}`
    const count = build.node('Gather', [like, (i === 0 ? zero : one) ?? ''], part('count'))
    const range = build.node('Range', [zero ?? '', count, one ?? ''], part('range'))
    const tripled = build.node('Mul', [range, three ?? ''], part('tripled'))
    const places = build.node('Div', [tripled, two ?? ''], part('places'))
    const result = i === 0 ? part('taken') : name
    const taken = build.node('Gather', [value.name, places], result, { axis: { int: 2 + i } })
    value = { name: taken, channels: input.channels }
  }
  return value
}

/** One scale: larger pictures are shrunk after the convolution, smaller ones are before. */
function stage(
  build: NetworkBuilder,
  input: Value,
  key: string,
  scale: readonly [number, number],
  isEven: boolean,
): Value {
  const convolve = (value: Value): Value =>
    build.conv(value, key, value.channels, { kernel: 3, groups: value.channels })
  const [numerator, denominator] = scale
  if (numerator === denominator) return convolve(input)
  const own = build.node('Shape', [input.name], `${key}/own`, { start: { int: 2 } })
  const scaled = scaledSides(build, own, scale, `${key}/scaled`)
  if (numerator < denominator) {
    // Where windows are all alike, products with matrices would cost more than the other layers.
    const smaller =
      isEven && numerator === 1 && denominator === 2
        ? build.averagePool(input, `${key}/smaller`, 2, 2)
        : adaptiveAverage(build, input, scaled, `${key}/smaller`)
    return resizeTo(build, convolve(smaller), own, 'linearCorners', `${key}/resized`)
  }
  const larger = convolve(resizeTo(build, input, scaled, 'linearCorners', `${key}/larger`))
  if (denominator === 1) return build.averagePool(larger, `${key}/average`, numerator, numerator)
  if (isEven) return threeToTwo(build, larger, own, `${key}/average`)
  return adaptiveAverage(build, larger, own, `${key}/average`)
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
  /** Whether rows and columns are even in number, and at least 10, whatever the picture's size. */
  isEven: boolean
}

export function pyramidPool(
  build: NetworkBuilder,
  input: Value,
  key: string,
  { width, channels, isLast, isEven }: PoolOptions,
): Value {
  const projection = `${key}.projection_layer.cbr`
  const projected = normalised(build, build.conv(input, `${projection}.0`, width), projection, 1)
  const stages = scales.map((scale, i) =>
    stage(build, projected, `${key}.stages.${i}`, scale, isEven),
  )
  const joined = build.concat(stages, `${key}.concat`)
  const active = normalised(build, joined, `${key}.merge_layer.0.br`)
  const shuffled = shuffle(build, active, scales.length, `${key}.merge_layer.1`)
  const merging = `${key}.merge_layer.2.cbr`
  const conv = build.conv(shuffled, `${merging}.0`, width, { kernel: 3, groups: width })
  const merged = normalised(build, conv, merging, 1)
  const result = build.conv(merged, `${key}.merge_layer.3`, channels, { bias: isLast })
  return isLast ? result : normalised(build, result, `${key}.br.br`)
}
