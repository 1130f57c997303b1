/**
 * @file The U-Net of Ronneberger, Fischer and Brox (2015, https://arxiv.org/abs/1505.04597) with
 * transposed convolutions, in the variant that is used today: its 3x3 convolutions are padded, so
 * that the logits are as large as the picture, each is followed by batch normalisation, and skipped
 * features are concatenated whole. Names are those of the PyTorch implementation most checkpoints
 * come from (https://github.com/milesial/Pytorch-UNet with bilinear = False).
 */
import type { Graph } from '../../onnx/graph.ts'
import type { BuildOptions } from './build-options.ts'
import { NetworkBuilder, type Value } from './network-builder.ts'

const downChannels = [128, 256, 512, 1024]

function doubleConvolution(
  build: NetworkBuilder,
  input: Value,
  key: string,
  channels: number,
): Value {
  const part = (index: number) => `${key}.double_conv.${index}`
  const convolved = (value: Value, first: number): Value => {
    const conv = build.conv(value, part(first), channels, { kernel: 3 })
    return build.activate(build.batchNorm(conv, part(first + 1)), 'relu', part(first + 2))
  }
  return convolved(convolved(input, 0), 3)
}

/** Logits of stride 1, for pictures whose sides are multiples of 16. */
export function unet2015({ classes }: BuildOptions): Graph {
  const build = new NetworkBuilder('unet_2015')
  let value = doubleConvolution(build, build.image(), 'inc', 64)
  const skipped: Value[] = []
  for (const [i, channels] of downChannels.entries()) {
    skipped.push(value)
    const key = `down${i + 1}.maxpool_conv`
    const smaller = build.maxPool(value, `${key}.0`, 2, 2)
    value = doubleConvolution(build, smaller, `${key}.1`, channels)
  }
  for (const [i, skip] of skipped.toReversed().entries()) {
    const key = `up${i + 1}`
    const larger = build.convTranspose(value, `${key}.up`, skip.channels, 2)
    const both = build.concat([skip, larger], `${key}.concat`)
    value = doubleConvolution(build, both, `${key}.conv`, skip.channels)
  }
  build.output(build.conv(value, 'outc.conv', classes, { bias: true }), 'logits')
  return build.graph
}
