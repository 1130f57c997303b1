/** @file Experiments as people write them: a JSON file, a preset, and a few words on the command line. */
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import { type ExperimentSettings, experimentSchema } from '../../../shared/experiment.ts'
import type { Size } from '../../../shared/recipe.ts'
import { checkValue, readJson } from '../../formats/json.ts'
import { architectureNames } from '../../models/zoo/architectures.ts'
import { presetExperiment } from './presets.ts'

/** What is said besides a file or a preset; absent = as it is there. */
export interface ExperimentWords {
  name?: string | undefined
  /** An architecture of the zoo, a network of the project, or `experiment:ID`. */
  network?: string | undefined
  train?: string | undefined
  validation?: string | undefined
  input?: Size | undefined
  /** Of every stage. */
  epochs?: number | undefined
  /** Of the first stage; those of the others keep their ratio to it. */
  learningRate?: number | undefined
  batch?: number | undefined
  stepsPerEpoch?: number | undefined
  loss?: ExperimentSettings['loss']['kind'] | undefined
  batchNorm?: ExperimentSettings['batchNorm'] | undefined
  /** A file with a pipeline, or `none`. */
  augmentation?: string | undefined
  seeds?: readonly number[] | undefined
}

const looseSchema = z.looseObject({ preset: z.string().nullable().optional() })
const fileSchema = z.union([z.array(looseSchema).min(1), looseSchema])

/** A preset's settings where one is named, with what stands in the file in their place. */
function onPreset(given: z.infer<typeof looseSchema>, path: string): ExperimentSettings {
  const preset = typeof given.preset === 'string' ? presetExperiment(given.preset) : {}
  return checkValue({ ...preset, ...given }, path, experimentSchema)
}

/**
 * The experiments of a file: one, or a list. One that names a preset only says what it does otherwise.
 * @throws AppError `no-such-file`, `bad-json`, `bad-value`
 */
export async function readExperiments(path: string): Promise<ExperimentSettings[]> {
  const given = await readJson(path, fileSchema)
  return (Array.isArray(given) ? given : [given]).map((one) => onPreset(one, path))
}

function networkOf(text: string): ExperimentSettings['network'] {
  const experiment = /^experiment:(\d{1,15})$/.exec(text)?.[1]
  if (experiment !== undefined)
    return { kind: 'experiment', experiment: Number(experiment), weights: 'best' }
  if (architectureNames.includes(text)) return { kind: 'architecture', architecture: text }
  return { kind: 'model', model: text, head: 'copy' }
}

async function augmentationOf(path: string): Promise<unknown> {
  return path === 'none' ? null : readJson(path, z.unknown())
}

/** The stages with other lengths and rates. */
function stagesOf(
  { stages }: ExperimentSettings,
  { epochs, learningRate }: Pick<ExperimentWords, 'epochs' | 'learningRate'>,
): ExperimentSettings['stages'] {
  const factor = learningRate === undefined ? 1 : learningRate / (stages[0]?.learningRate ?? 1)
  return stages.map((stage) => ({
    ...stage,
    epochs: epochs ?? stage.epochs,
    learningRate: stage.learningRate * factor,
  }))
}

/** Settings with what was said besides. Throws `bad-value`, and what reading a pipeline throws. */
export async function withWords(
  settings: ExperimentSettings,
  words: ExperimentWords,
): Promise<ExperimentSettings> {
  const { network, augmentation, loss, train, validation, epochs, learningRate, ...plain } = words
  const data = {
    train: train ?? settings.data.train,
    validation: validation ?? settings.data.validation,
  }
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined))
  const result = experimentSchema.safeParse({
    ...settings,
    ...given,
    data: { ...settings.data, ...data },
    ...(network !== undefined && { network: networkOf(network) }),
    ...(augmentation !== undefined && { augmentation: await augmentationOf(augmentation) }),
    ...(loss !== undefined && { loss: { ...settings.loss, kind: loss } }),
    stages: stagesOf(settings, { epochs, learningRate }),
  })
  if (result.success) return result.data
  throw new AppError('bad-value', z.prettifyError(result.error), 'See docs/experiments.md.')
}
