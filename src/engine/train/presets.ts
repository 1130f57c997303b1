/** @file Ways of training that are known to work, by name. */
import type { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import type { Size } from '../../shared/recipe.ts'
import { type TrainSettings, trainSettingsSchema } from '../../shared/train-settings.ts'
import type { ModelDescription } from '../models/types.ts'
import { isAdaptable } from './scene/is-adaptable.ts'

/** What a preset's settings depend on. */
export interface PresetContext {
  /** The base network. */
  description: Pick<ModelDescription, 'input' | 'output' | 'features'>
  /** Size of the network's input. */
  input: Size
  /** Number of painted frames. */
  labels: number
  seed: number
}

type Choices = Omit<z.input<typeof trainSettingsSchema>, 'preset' | 'input' | 'seed'>

export interface Preset {
  /** What a user calls it. */
  title: string
  /** For whom it is, in a sentence. */
  purpose: string
  /** Architecture, where it is meant for one. */
  architecture?: string
  /** Number of painted frames, where it is meant for one. */
  labels?: number
  /** Size of the network's input, where it is meant for one. */
  input?: Size
  choose(context: PresetContext): Choices
}

const adam = { kind: 'adam' } as const
const overlap = { kind: 'cross-entropy+dice' } as const

/** Light changes, and people walk elsewhere; the camera stays where it is. */
const fixedCamera = {
  contrast: 0.1,
  colour: 0.05,
  emptyShare: 0.15,
  paste: { share: 0.7, scale: [0.85, 1.18], shift: { x: 0.2, y: 0.1 }, soft: 0.5, things: 0.5 },
} satisfies Choices['augmentation']

/** For networks without features of their own to tell the camera's background by. */
const allLayers: Choices = {
  scope: 'all',
  adapter: false,
  iterations: 120,
  batch: 4,
  optimiser: adam,
  learningRate: { old: 5e-4, new: 2e-3 },
  schedule: { kind: 'cosine' },
  warmUp: 3,
  // Few pixels are people, and at an eighth of the picture's resolution their edges are lost first.
  loss: { ...overlap, foreground: 5 },
  augmentation: fixedCamera,
  bank: 0,
}

/** The scene adapter: everything up to the middle features is computed once for each sample. */
const sceneAdapter: Choices = {
  ...allLayers,
  scope: 'middle',
  adapter: true,
  freezeDepthwise: true,
  iterations: 240,
  learningRate: { old: 4e-4, new: 2e-3 },
  loss: overlap,
  bank: 200,
}

const adapted = ({ description }: PresetContext): Choices =>
  isAdaptable(description) ? sceneAdapter : allLayers

/** The recipes that this project was asked for know no augmentation and no schedule. */
const plain: Choices = {
  scope: 'head',
  adapter: false,
  iterations: 500,
  batch: 5,
  optimiser: adam,
  learningRate: { old: 1e-4, new: 1e-4 },
  schedule: { kind: 'constant' },
  loss: { kind: 'cross-entropy' },
  auxiliary: 0,
  augmentation: {},
  bank: 0,
}

const table = {
  'quick-head': {
    title: 'Quick look',
    purpose: 'a first impression, the fastest way: the last layer alone, on features computed once',
    choose: ({ labels }) => ({
      ...plain,
      iterations: 300,
      batch: Math.min(8, labels),
      learningRate: { old: 1e-2, new: 1e-2 },
      schedule: { kind: 'cosine' },
      loss: overlap,
      bank: labels,
    }),
  },
  recommended: {
    title: 'Recommended',
    purpose: '5 to 20 painted frames of a fixed camera',
    choose: adapted,
  },
  thorough: {
    title: 'Thorough',
    purpose: 'the same with more iterations, and on frames that nobody painted',
    choose: (context) => {
      const { learningRate, bank, ...settings } = adapted(context)
      const selfTraining = {
        iterations: 120,
        rate: { old: 0.5, new: 0.25 },
        below: 0.15,
        above: 0.85,
        bank,
      }
      return { ...settings, learningRate, bank: 2 * bank, iterations: 400, selfTraining }
    },
  },
  'all-layers': {
    title: 'All layers',
    purpose: 'every layer, for networks or cameras that the scene adapter does not fit',
    choose: () => allLayers,
  },
  'hackathon-head': {
    title: 'Hackathon: last layer',
    purpose: 'as first asked for: 5 frames, a new last layer, Adam 1e-4, 500 iterations',
    architecture: 'deeplabv3_resnet50',
    labels: 5,
    choose: ({ labels }) => ({
      ...plain,
      head: 'random',
      batch: Math.min(5, labels),
      bank: labels,
    }),
  },
  'hackathon-all': {
    title: 'Hackathon: all layers',
    purpose: 'as first asked for: 8 frames, all layers, Adam 1e-5, batch 8, 150 iterations',
    architecture: 'deeplabv3_resnet50',
    labels: 8,
    input: { width: 500, height: 500 },
    choose: () => ({
      ...plain,
      scope: 'all',
      iterations: 150,
      batch: 8,
      learningRate: { old: 1e-5, new: 1e-5 },
    }),
  },
} as const satisfies Record<string, Preset>

export type PresetName = keyof typeof table

export const presets: Readonly<Record<PresetName, Preset>> = table

export const defaultPreset: PresetName = 'recommended'

export const presetNames: readonly string[] = Object.keys(table)

function isPreset(name: string): name is PresetName {
  return Object.hasOwn(table, name)
}

/** A preset by its name. Throws `bad-value` for one that there is not. */
export function presetOf(name: string): Preset {
  if (isPreset(name)) return table[name]
  throw new AppError(
    'bad-value',
    `there is no preset '${name}'`,
    `Use one of ${presetNames.join(', ')}.`,
  )
}

/** All that a preset decides for a network and its labels. Throws `bad-value` as `presetOf`. */
export function presetSettings(name: string, context: PresetContext): TrainSettings {
  const { input, seed } = context
  return trainSettingsSchema.parse({ ...presetOf(name).choose(context), preset: name, input, seed })
}
