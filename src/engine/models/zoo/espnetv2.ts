/**
 * @file ESPNetv2 for segmentation, trained on PASCAL VOC, at the scale 0.5 (16 to 128 channels):
 * names and steps of https://github.com/sacmehta/EdgeNets (MIT).
 */
import type { Graph } from '../../onnx/graph.ts'
import type { BuildOptions } from './build-options.ts'
import { espnetEncoder } from './espnetv2-encoder.ts'
import { type ConvolutionOptions, NetworkBuilder, type Value } from './network-builder.ts'
import { pyramidPool } from './pyramid-pool.ts'
import { enlarge } from './resize.ts'

const encoderChannels = [16, 32, 64, 128] as const
/** Of the decoder, from stride 16 to 4; at stride 2 come the classes. */
const decoderChannels = [64, 48, 32] as const

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b))

/** Features of the encoder for the decoder, weighted by what the whole picture holds. */
function merge(build: NetworkBuilder, input: Value, key: string, channels: number): Value {
  const average = build.globalAverage(input, `${key}.wt_layer.0`)
  const weights = build.activate(build.conv(average, `${key}.wt_layer.1`, channels), 'sigmoid')
  const groups = greatestDivisor(input.channels, channels)
  const expansion = `${key}.expansion_layer.cbr`
  const options: ConvolutionOptions = { kernel: 3, groups }
  const conv = build.conv(input, `${expansion}.0`, channels, options)
  const active = build.parametricRelu(build.batchNorm(conv, `${expansion}.1`), `${expansion}.2`)
  return build.multiply(active, weights, key)
}

/** Logits of stride 2, for pictures whose sides are multiples of 16 and at least 48. */
export function espnetv2({ classes }: BuildOptions): Graph {
  const build = new NetworkBuilder('espnetv2')
  const levels = espnetEncoder(build, build.image(), 'base_net', encoderChannels)
  const width = Math.min(Math.floor(classes / 2), 16)
  const [first, second, third, fourth] = levels
  const [c1, c2, c3] = decoderChannels
  const step = (value: Value, level: Value, number: number): Value => {
    const larger = enlarge(build, value, 2, 'linearCorners', `bu_dec_l${number - 1}.upsample`)
    const merged = merge(build, level, `merge_enc_dec_l${number}`, value.channels)
    const sum = build.add(merged, larger, `merge_enc_dec_l${number}.sum`)
    const key = `bu_br_l${number}`
    return build.parametricRelu(build.batchNorm(sum, `${key}.0`), `${key}.1`)
  }
  const pool = (value: Value, number: number, channels: number, isLast = false): Value =>
    pyramidPool(build, value, `bu_dec_l${number}`, {
      width,
      channels,
      isLast,
      isEven: number > 2,
    })
  let value = pool(fourth, 1, c1)
  value = pool(step(value, third, 2), 2, c2)
  value = pool(step(value, second, 3), 3, c3)
  build.output(pool(step(value, first, 4), 4, classes, true), 'logits')
  return build.graph
}
