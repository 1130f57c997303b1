/** @file The zoo: every architecture that a network can be built as, by name. */
import { AppError } from '../../../shared/errors.ts'
import type { Graph } from '../../onnx/graph.ts'
import { builtInDescription, builtInOriginal, convertBuiltIn } from '../built-in.ts'
import { replaceLastLayer } from '../last-layer.ts'
import { vocClasses } from '../voc.ts'
import type { Architecture } from './architecture.ts'
import type { BuildOptions } from './build-options.ts'
import { deeplabv3MobilenetV3Large } from './deeplabv3-mobilenet-v3-large.ts'
import { deeplabv3Resnet50, deeplabv3Resnet101 } from './deeplabv3-resnet.ts'
import { espnetv2 } from './espnetv2.ts'
import { fcnResnet50, fcnResnet101 } from './fcn-resnet.ts'
import { imageNet } from './image-net.ts'
import { lrasppMobilenetV3Large } from './lraspp-mobilenet-v3-large.ts'
import { unet2015 } from './unet-2015.ts'
import { unetVgg16 } from './unet-vgg16.ts'

/** What most have in common. */
const usual = {
  normalisation: imageNet,
  multiple: 1,
  auxiliaryHead: null,
  classes: vocClasses,
  unused: [],
} as const

const torchvision = {
  ...usual,
  source: 'https://github.com/pytorch/vision, torchvision.models.segmentation',
  licence: 'BSD-3-Clause',
} as const

const onResnet = {
  ...torchvision,
  stride: 8,
  features: { low: 'backbone.layer1.2', middle: 'backbone.layer2.3' },
  lastLayers: ['classifier.4'],
  auxiliaryHead: 'aux_classifier',
} as const

const onMobilenetV3 = {
  ...torchvision,
  features: { low: 'backbone.3', middle: 'backbone.6' },
} as const

const people = ['background', 'person']

/** Those that are built layer by layer. */
const built = {
  deeplabv3_resnet50: { ...onResnet, title: 'DeepLabV3 ResNet-50', build: deeplabv3Resnet50 },
  deeplabv3_resnet101: { ...onResnet, title: 'DeepLabV3 ResNet-101', build: deeplabv3Resnet101 },
  fcn_resnet50: { ...onResnet, title: 'FCN ResNet-50', build: fcnResnet50 },
  fcn_resnet101: { ...onResnet, title: 'FCN ResNet-101', build: fcnResnet101 },
  deeplabv3_mobilenet_v3_large: {
    ...onMobilenetV3,
    title: 'DeepLabV3 MobileNetV3-Large',
    build: deeplabv3MobilenetV3Large,
    stride: 16,
    lastLayers: ['classifier.4'],
    auxiliaryHead: 'aux_classifier',
  },
  lraspp_mobilenet_v3_large: {
    ...onMobilenetV3,
    title: 'LR-ASPP MobileNetV3-Large',
    build: lrasppMobilenetV3Large,
    stride: 8,
    lastLayers: ['classifier.low_classifier', 'classifier.high_classifier'],
  },
  unet_vgg16: {
    ...usual,
    title: 'U-Net with VGG16 encoder',
    source: "https://github.com/qubvel-org/segmentation_models.pytorch, Unet('vgg16')",
    licence: 'MIT',
    build: unetVgg16,
    stride: 1,
    features: { low: 'encoder.features.15', middle: 'encoder.features.22' },
    lastLayers: ['segmentation_head.0'],
    classes: people,
  },
  unet_2015: {
    ...usual,
    title: 'U-Net (2015), padded, transposed convolutions',
    source: 'https://arxiv.org/abs/1505.04597, names of https://github.com/milesial/Pytorch-UNet',
    licence: 'unknown',
    build: unet2015,
    // Its checkpoints are trained on pictures scaled to 0 … 1.
    normalisation: { scale: 1 / 255, mean: [0, 0, 0], deviation: [1, 1, 1] },
    stride: 1,
    multiple: 16,
    features: {
      low: 'down2.maxpool_conv.1.double_conv.5',
      middle: 'down3.maxpool_conv.1.double_conv.5',
    },
    lastLayers: ['outc.conv'],
    classes: people,
    // Notes on the classes that its training adds.
    unused: [/^mask_values$/],
  },
  espnetv2: {
    ...usual,
    title: 'ESPNetv2, scale 0.5',
    source: 'https://github.com/sacmehta/EdgeNets',
    licence: 'MIT',
    build: espnetv2,
    stride: 2,
    multiple: 16,
    features: { low: 'base_net.level2_0.act', middle: 'base_net.level3.2.module_act' },
    lastLayers: ['bu_dec_l4.merge_layer.3'],
    // Strided units have an activation that their forward pass leaves out.
    unused: [/^base_net\.level\d_0\.eesp\.module_act\./],
  },
} as const satisfies Record<string, Architecture>

export type BuiltArchitecture = keyof typeof built

/** The built-in network with its own weights; a new last layer where other classes are asked for. */
async function convert({ classes }: BuildOptions): Promise<Graph> {
  const graph = await convertBuiltIn(builtInOriginal())
  if (classes === builtInDescription.classes.length) return graph
  replaceLastLayer(graph, { classes, rows: Array.from({ length: classes }, () => null), seed: 0 })
  return graph
}

const { input, output, features, source, licence, classes } = builtInDescription

export const architectures = {
  ...built,
  'deeplabv3-mobilenetv2-voc': {
    title: builtInDescription.name,
    source,
    licence,
    build: convert,
    normalisation: { scale: input.scale, mean: input.mean, deviation: input.deviation },
    stride: output.stride ?? 8,
    multiple: input.multiple,
    features: { low: features?.low ?? '', middle: features?.middle ?? '' },
    lastLayers: ['logits'],
    auxiliaryHead: null,
    classes,
    unused: [],
  },
} as const satisfies Record<string, Architecture>

export type ArchitectureName = keyof typeof architectures

export const architectureNames: readonly string[] = Object.keys(architectures)

function isArchitecture(name: string): name is ArchitectureName {
  return Object.hasOwn(architectures, name)
}

/** An architecture by its name. Throws `bad-value` for one that there is not. */
export function architectureOf(name: string): Architecture {
  if (isArchitecture(name)) return architectures[name]
  throw new AppError(
    'bad-value',
    `there is no architecture '${name}'`,
    `Use one of ${architectureNames.join(', ')}.`,
  )
}

/**
 * A new network of an architecture that is built layer by layer, without weights: see `Architecture`.
 * Throws `bad-value` for an auxiliary head where the architecture has none.
 */
export function buildNetwork(name: BuiltArchitecture, options: BuildOptions): Graph {
  const architecture: Architecture = built[name]
  if (options.auxiliary && architecture.auxiliaryHead === null)
    throw new AppError('bad-value', `${name} has no auxiliary head`, 'Build it without one.')
  return built[name].build(options)
}
