/**
 * @file ResNet with dilated last stages, the backbone of torchvision's segmentation networks
 * (resnet.py with replace_stride_with_dilation = [False, True, True]): stride 8 instead of 32.
 */
import type { NetworkBuilder, Value } from './network-builder.ts'

/** A stage of bottleneck blocks. */
interface Stage {
  /** Channels inside of the blocks; four times as many come out. */
  width: number
  stride: number
  /** Of the first block's 3x3 convolution, and of those of all others. */
  dilations: readonly [number, number]
}

const stages: readonly Stage[] = [
  { width: 64, stride: 1, dilations: [1, 1] },
  { width: 128, stride: 2, dilations: [1, 1] },
  { width: 256, stride: 1, dilations: [1, 2] },
  { width: 512, stride: 1, dilations: [2, 4] },
]

/** Number of blocks in each stage, by depth. */
export const resnetBlocks = { 50: [3, 4, 6, 3], 101: [3, 4, 23, 3] } as const

interface Block {
  width: number
  stride: number
  dilation: number
  /** Whether channels or size change, so that the shortcut needs a convolution. */
  projects: boolean
}

/** 1x1, 3x3 and 1x1 convolution with a shortcut around them; the stride is that of the 3x3. */
function bottleneck(
  build: NetworkBuilder,
  input: Value,
  key: string,
  { width, stride, dilation, projects }: Block,
): Value {
  const normalised = (value: Value, channels: number, name: string, options = {}): Value => {
    const conv = build.conv(value, `${key}.conv${name}`, channels, options)
    return build.batchNorm(conv, `${key}.bn${name}`)
  }
  const first = build.activate(normalised(input, width, '1'), 'relu')
  const middle = normalised(first, width, '2', { kernel: 3, stride, dilation })
  const last = normalised(build.activate(middle, 'relu'), 4 * width, '3')
  const shortcut = projects
    ? build.batchNorm(
        build.conv(input, `${key}.downsample.0`, 4 * width, { stride }),
        `${key}.downsample.1`,
      )
    : input
  return build.activate(build.add(last, shortcut, `${key}/sum`), 'relu', key)
}

/** Results of the stages: strides 4, 8, 8, 8 with 256, 512, 1024, 2048 channels. */
export type ResnetStages = readonly [Value, Value, Value, Value]

/** ResNet-50 or -101 without its classifier. Blocks' results are named `KEY.layerS.B`. */
export function resnet(
  build: NetworkBuilder,
  image: Value,
  key: string,
  depth: keyof typeof resnetBlocks,
): ResnetStages {
  const stem = build.conv(image, `${key}.conv1`, 64, { kernel: 7, stride: 2 })
  const active = build.activate(build.batchNorm(stem, `${key}.bn1`), 'relu')
  let value = build.maxPool(active, `${key}.maxpool`, 3, 2, 1)
  const run = (number: 0 | 1 | 2 | 3): Value => {
    const stage = stages[number]
    if (!stage) return value
    for (let i = 0; i < resnetBlocks[depth][number]; i++)
      value = bottleneck(build, value, `${key}.layer${number + 1}.${i}`, {
        width: stage.width,
        stride: i === 0 ? stage.stride : 1,
        dilation: stage.dilations[i === 0 ? 0 : 1],
        projects: i === 0,
      })
    return value
  }
  return [run(0), run(1), run(2), run(3)]
}
