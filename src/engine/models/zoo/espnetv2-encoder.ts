/**
 * @file Encoder of ESPNetv2 (Mehta, Rastegari, Shapiro, Hajishirzi, 2018,
 * https://arxiv.org/abs/1811.11431), with names and steps of https://github.com/sacmehta/EdgeNets.
 */
import type { ConvolutionOptions, NetworkBuilder, Value } from './network-builder.ts'

/** Convolution and batch normalisation. */
function normalised(
  build: NetworkBuilder,
  input: Value,
  key: string,
  channels: number,
  options: ConvolutionOptions = {},
): Value {
  return build.batchNorm(build.conv(input, `${key}.conv`, channels, options), `${key}.bn`)
}

/** Convolution, batch normalisation and PReLU. */
function convolved(...args: Parameters<typeof normalised>): Value {
  const [build, , key] = args
  return build.parametricRelu(normalised(...args), `${key}.act`)
}

/** Parallel branches of a unit. */
const branches = 4

/**
 * Dilations of the branches: 1, 2, 3, 4, of which those whose windows would be larger than the
 * limit fall back to 1, in rising order.
 */
function dilationsWithin(windowLimit: number): number[] {
  return Array.from({ length: branches }, (_, i) => (3 + 2 * i <= windowLimit ? i + 1 : 1)).sort(
    (a, b) => a - b,
  )
}

interface Unit {
  channels: number
  stride: number
  dilations: readonly number[]
}

/**
 * The convolutions of a unit (EESP): channels are reduced, go through depthwise convolutions of
 * different dilation, which are summed up from one to the next against gridding, and are expanded
 * again.
 */
function unit(
  build: NetworkBuilder,
  input: Value,
  key: string,
  { channels, stride, dilations }: Unit,
): Value {
  const width = channels / branches
  const reduced = convolved(build, input, `${key}.proj_1x1`, width, { groups: branches })
  const results: Value[] = []
  for (const [i, dilation] of dilations.entries()) {
    const name = `${key}.spp_dw.${i}.conv`
    const branch = build.conv(reduced, name, width, { kernel: 3, stride, dilation, groups: width })
    const before = results.at(-1)
    results.push(before ? build.add(branch, before, `${name}/fused`) : branch)
  }
  const joined = build.concat(results, `${key}.concat`)
  const after = `${key}.br_after_cat`
  const active = build.parametricRelu(build.batchNorm(joined, `${after}.bn`), `${after}.act`)
  return normalised(build, active, `${key}.conv_1x1_exp`, channels, { groups: branches })
}

/** A unit with a shortcut around it. */
function residualUnit(build: NetworkBuilder, input: Value, key: string, limit: number): Value {
  const dilations = dilationsWithin(limit)
  const expanded = unit(build, input, key, { channels: input.channels, stride: 1, dilations })
  return build.parametricRelu(build.add(expanded, input, `${key}.sum`), `${key}.module_act`)
}

/** Halves the size: average beside a strided unit, and the picture itself, as small, added. */
function downSampler(
  build: NetworkBuilder,
  input: Value,
  picture: Value,
  key: string,
  { channels, limit }: { channels: number; limit: number },
): Value {
  const average = build.averagePool(input, `${key}.avg`, 3, 2, 1)
  const strided = { channels: channels - input.channels, stride: 2 }
  const dilations = dilationsWithin(limit)
  const expanded = unit(build, input, `${key}.eesp`, { ...strided, dilations })
  const both = build.concat([average, expanded], `${key}.concat`)
  const seen = convolved(build, picture, `${key}.inp_reinf.0`, 3, { kernel: 3 })
  const reinforcement = normalised(build, seen, `${key}.inp_reinf.1`, channels)
  const sum = build.add(both, reinforcement, `${key}.sum`)
  return build.parametricRelu(sum, `${key}.act`)
}

/** Results of strides 2, 4, 8 and 16. */
export type EncoderLevels = readonly [Value, Value, Value, Value]

/** The encoder without the levels that only classification uses; `channels` as the levels have. */
export function espnetEncoder(
  build: NetworkBuilder,
  image: Value,
  key: string,
  channels: readonly [number, number, number, number],
): EncoderLevels {
  let picture = image
  const smaller = (name: string): Value => {
    picture = build.averagePool(picture, `${key}.${name}/picture`, 3, 2, 1)
    return picture
  }
  const repeat = (input: Value, name: string, times: number, limit: number): Value =>
    Array.from({ length: times }).reduce<Value>(
      (value, _, i) => residualUnit(build, value, `${key}.${name}.${i}`, limit),
      input,
    )
  const down = (input: Value, name: string, count: number, limit: number): Value => {
    const options = { channels: count, limit }
    return downSampler(build, input, smaller(name), `${key}.${name}`, options)
  }
  smaller('level1')
  const first = convolved(build, image, `${key}.level1`, channels[0], { kernel: 3, stride: 2 })
  const second = down(first, 'level2_0', channels[1], 13)
  const third = repeat(down(second, 'level3_0', channels[2], 11), 'level3', 3, 9)
  const fourth = repeat(down(third, 'level4_0', channels[3], 9), 'level4', 7, 7)
  return [first, second, third, fourth]
}
