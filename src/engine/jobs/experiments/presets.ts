/** @file Experiments as published projects did them, by name. */
import { AppError } from '../../../shared/errors.ts'
import {
  type ExperimentInput,
  type ExperimentSettings,
  experimentSchema,
} from '../../../shared/experiment.ts'
import { builtInId } from '../../models/built-in.ts'

export interface ExperimentPreset {
  /** What a user calls it. */
  title: string
  /** Whose it is and what for, in a sentence. */
  purpose: string
  settings: Omit<ExperimentInput, 'name' | 'preset'>
}

/** A side drawn anew for each picture, from which a part is cut out: random scale and crop. */
const scaledCrop = (shortest: number, longest: number, side: number) => [
  { kind: 'flip-left-right' },
  { kind: 'resize-side', length: [shortest, longest] },
  { kind: 'crop', width: side, height: side },
]

const square = (side: number) => ({ width: side, height: side })
const poly = { kind: 'poly', power: 0.9 } as const

/**
 * tensorflow-deeplab-resnet's train.py and train_msc.py: batch 10 of 321x321, decoder weights at ten
 * times the rate, its biases at twenty times; https://github.com/DrSleep/tensorflow-deeplab-resnet
 */
const deeplab: ExperimentPreset['settings'] = {
  network: { kind: 'architecture', architecture: 'deeplabv3_resnet101' },
  input: square(321),
  augmentation: scaledCrop(160, 480, 321),
  loss: { kind: 'cross-entropy' },
  optimiser: { kind: 'sgd', momentum: 0.9, weightDecay: 5e-4 },
  layerGroups: [
    { layers: ['classifier'], parameters: 'biases', rate: 20 },
    { layers: ['classifier'], rate: 10 },
  ],
  multiScale: { scales: [0.5, 0.75, 1], each: 'all' },
  batchNorm: 'batch',
  batch: 10,
  stages: [{ name: 'all', epochs: 20, learningRate: 2.5e-4, schedule: poly }],
}

/** references/segmentation/train.py of torchvision: crops of 480, auxiliary head at ten times the rate. */
const torchvision: ExperimentPreset['settings'] = {
  network: { kind: 'architecture', architecture: 'fcn_resnet101' },
  input: square(480),
  augmentation: scaledCrop(260, 1040, 480),
  loss: { kind: 'cross-entropy' },
  auxiliary: 0.5,
  optimiser: { kind: 'sgd', momentum: 0.9, weightDecay: 1e-4 },
  layerGroups: [{ layers: ['aux_classifier'], rate: 10 }],
  batchNorm: 'batch',
  batch: 8,
  stages: [{ name: 'all', epochs: 30, learningRate: 0.01, schedule: poly }],
}

const unet = (kind: 'cross-entropy' | 'dice' | 'cross-entropy+dice') =>
  ({
    network: { kind: 'architecture', architecture: 'unet_vgg16' },
    input: square(128),
    augmentation: [
      { kind: 'flip-left-right' },
      { kind: 'affine', rotate: [-10, 10], scale: [0.9, 1.1] },
    ],
    loss: { kind },
    optimiser: { kind: 'adam' },
    batchNorm: 'batch',
    batch: 4,
    stages: [{ name: 'all', epochs: 30, learningRate: 1e-3, schedule: poly }],
  }) satisfies ExperimentPreset['settings']

/** Movements and colours as photographs of people are changed in such plans. */
const photographs = [
  { kind: 'flip-left-right' },
  { kind: 'affine', probability: 0.5, rotate: [-45, 45], scale: [0.8, 1.2], border: 'mirror' },
  {
    kind: 'one-of',
    steps: [
      { kind: 'clahe' },
      { kind: 'equalise' },
      { kind: 'sharpen' },
      { kind: 'gaussian-blur' },
      { kind: 'contrast' },
    ],
  },
]

const stages = (rates: readonly [number, number, number]): ExperimentInput['stages'] => [
  { name: 'heads', scope: 'head', epochs: 6, learningRate: rates[0] },
  { name: 'all', epochs: 12, learningRate: rates[1] },
  { name: 'all, slower', epochs: 24, learningRate: rates[2] },
]

const table = {
  'unet-cross-entropy': {
    title: 'U-Net, cross-entropy',
    purpose: 'two or more classes from pictures and masks, U-Net with VGG16 from random weights',
    settings: unet('cross-entropy'),
  },
  'unet-dice': {
    title: 'U-Net, Dice',
    purpose: 'the same with the Dice loss, which does not mind how small a class is',
    settings: unet('dice'),
  },
  'unet-sum': {
    title: 'U-Net, cross-entropy and Dice',
    purpose: 'the same with the sum of both losses',
    settings: unet('cross-entropy+dice'),
  },
  'three-stages': {
    title: 'Three stages',
    purpose:
      'a trained network: its last layer, then all, then all at a lower rate, each from the best before',
    settings: {
      network: { kind: 'model', model: builtInId },
      input: square(256),
      augmentation: photographs,
      loss: { kind: 'cross-entropy' },
      optimiser: { kind: 'adam' },
      batchNorm: 'frozen',
      batch: 4,
      stages: stages([2e-4, 1e-4, 2e-5]),
    },
  },
  deeplab: {
    title: 'DeepLab',
    purpose:
      'as its TensorFlow version is trained: SGD 2.5e-4, poly, layer groups, three scales; batch statistics learnt',
    settings: deeplab,
  },
  'deeplab-frozen': {
    title: 'DeepLab, normalisation frozen',
    purpose: 'the same with batch normalisation as it is, for weights that are trained already',
    settings: { ...deeplab, batchNorm: 'frozen' },
  },
  torchvision: {
    title: 'torchvision reference',
    purpose: 'as torchvision trains FCN and DeepLabV3: SGD 0.01, poly, auxiliary loss 0.5',
    settings: torchvision,
  },
} as const satisfies Record<string, ExperimentPreset>

/** The presets by name, the usual one first. */
export const experimentPresets: Readonly<Record<string, ExperimentPreset>> = table

/** A preset's whole settings. Throws `bad-value` for one that there is not. */
export function presetExperiment(name: string): ExperimentSettings {
  const preset = Object.hasOwn(experimentPresets, name) ? experimentPresets[name] : undefined
  if (preset)
    return experimentSchema.parse({ name: preset.title, preset: name, ...preset.settings })
  throw new AppError(
    'bad-value',
    `there is no preset ${JSON.stringify(name)}`,
    `Use one of ${Object.keys(experimentPresets).join(', ')}.`,
  )
}
