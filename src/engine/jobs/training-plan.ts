/** @file Everything about a training that is settled before it starts. */
import { existsSync } from 'node:fs'
import { AppError } from '../../shared/errors.ts'
import type { Size } from '../../shared/recipe.ts'
import type { TrainSettings } from '../../shared/train-settings.ts'
import type { Label } from '../db/masks.ts'
import { getSource, listSources } from '../db/sources.ts'
import { listTrainings, type NewTraining, type Training } from '../db/trainings.ts'
import type { Engine } from '../engine.ts'
import { inputSizeFor } from '../models/input-size.ts'
import type { StoredModel } from '../models/types.ts'
import { defaultPreset, presetOf, presetSettings } from '../train/presets.ts'
import { holdOut } from './hold-out.ts'
import { modelById } from './networks.ts'
import { requireRecipe } from './project-recipe.ts'
import { requireTape } from './tapes.ts'
import { type SettingsWords, withWords } from './train-options.ts'
import { type BaseChoice, trainingBase } from './training-base.ts'
import { startingClasses } from './training-classes.ts'
import { freeModelId } from './training-folders.ts'
import { backgroundOf, isIn, unlabelledOf } from './training-frames.ts'
import { checkTeaches, type PaintedFrame, trainingLabels } from './training-labels.ts'

export interface TrainWords extends SettingsWords, BaseChoice {
  preset?: string | undefined
  /** `OWN=NETWORK` or `OWN=new`, each. */
  mapClass?: readonly string[] | undefined
  /** `auto`, `none` or a frame list. */
  holdOut?: string | undefined
  /** Seconds that the training on all frames may take; iterations grow and shrink with it. */
  budget?: number | undefined
}

/** The same command gives the same network. */
const defaultSeed = 0

export interface Planned {
  base: StoredModel
  labels: PaintedFrame[]
  warnings: string[]
}

/** The tapes that are there; those with labels have to be. */
function tapesFor({ project }: Engine, labels: readonly PaintedFrame[]) {
  for (const id of new Set(labels.map(({ source }) => source))) requireTape(getSource(project, id))
  return listSources(project).filter(({ path }) => existsSync(path))
}

/**
 * Pixels of the largest input that is chosen by itself: 400x400. Half of the time of a picture of
 * 500x500, and people of 40 pixels are still found as well.
 */
const largestInput = 160_000
/** Sides that fit the strides of most networks. */
const inputStep = 8

/** The recipe's size, or a smaller one of its shape where that would take too long to learn from. */
function trainingSize({ width, height }: Size): Size {
  const scale = Math.sqrt(largestInput / (width * height))
  if (scale >= 1) return { width, height }
  const side = (pixels: number) => Math.max(1, Math.round((pixels * scale) / inputStep)) * inputStep
  return { width: side(width), height: side(height) }
}

/** The preset's settings for this network and these labels, changed as the user said. */
function settingsFor(words: TrainWords, base: StoredModel, size: Size, labels: number) {
  const { description } = base
  const name = words.preset ?? defaultPreset
  const input = inputSizeFor(description, words.input ?? presetOf(name).input, trainingSize(size))
  const context = { description, input, labels, seed: words.seed ?? defaultSeed }
  return withWords(presetSettings(name, context), { ...words, input })
}

/** Whether a training has to know what the scene looks like when nobody is there. */
function needsBackground({ adapter, augmentation: { emptyShare, paste } }: TrainSettings): boolean {
  return adapter || emptyShare > 0 || (paste?.things ?? 0) > 0
}

/**
 * Chooses base, settings, classes and frames.
 * @throws AppError `no-labels`, `one-class`, `class-mismatch`, `bad-value`, `no-such-model`,
 * `other-geometry`, `tape-missing`, `tape-changed` and the like: everything that can be known
 */
export async function planTraining(
  engine: Engine,
  words: TrainWords,
): Promise<Planned & { training: NewTraining }> {
  const { project } = engine
  const { recipe, geometryHash } = requireRecipe(project)
  const { frames: labels, classes } = trainingLabels(project)
  const base = await trainingBase(engine, words)
  const tapes = tapesFor(engine, labels)
  const framesOf = (id: number) => getSource(project, id).frames
  const held = holdOut(words.holdOut ?? 'auto', labels, classes.indexOf('person'), framesOf)
  const isHeldOut = isIn(held.frames)
  checkTeaches(
    labels.filter((label) => !isHeldOut(label)),
    classes,
  )
  const settings = settingsFor(words, base, recipe.size, labels.length)
  const isAnew = settings.head === 'random'
  const warnings = held.warning === null ? [] : [held.warning]
  const classMap = startingClasses(classes, base.description, words.mapClass ?? [], isAnew)
  return {
    base,
    labels,
    warnings,
    training: {
      modelId: await freeModelId(project),
      baseId: base.description.id,
      baseSha256: base.sha256,
      geometryHash,
      settings,
      plan: {
        labels: labels.map(({ source, frame, sha256, geometryHash: madeIn }) => {
          return { source, frame, sha256, geometryHash: madeIn }
        }),
        heldOut: held.frames,
        backgroundFrames: needsBackground(settings) ? backgroundOf(tapes) : [],
        unlabelledFrames: settings.selfTraining ? unlabelledOf(tapes, labels) : [],
        classes,
        classMap,
        warnings,
      },
    },
  }
}

function labelsKey(labels: readonly Pick<Label, 'source' | 'frame' | 'sha256' | 'geometryHash'>[]) {
  return labels.map(({ source, frame, sha256, geometryHash }) =>
    [source, frame, sha256, geometryHash].join(),
  )
}

function changed(what: string): AppError {
  return new AppError(
    'labels-changed',
    `the last training cannot go on: ${what} since it was started`,
    'Start a new one: the same command without --resume.',
  )
}

/**
 * The project's last training, as long as it is unfinished and what it learns from is as it was.
 * @throws AppError `no-training`, `labels-changed`, and what finding its base can throw
 */
export async function unfinishedTraining(
  engine: Engine,
): Promise<Planned & { training: Training }> {
  const { project } = engine
  const [training] = listTrainings(project)
  if (!training || training.state === 'done')
    throw new AppError(
      'no-training',
      training ? 'the last training was finished' : 'nothing was trained in this project yet',
      'Start a training without --resume.',
    )
  if (requireRecipe(project).geometryHash !== training.geometryHash)
    throw changed('the recipe was changed')
  const { frames: labels } = trainingLabels(project)
  const before = new Set(labelsKey(training.plan.labels))
  const now = labelsKey(labels)
  if (now.length !== before.size || now.some((key) => !before.has(key)))
    throw changed('labels were changed')
  const base = await modelById(engine, training.baseId)
  if (base.sha256 !== training.baseSha256)
    throw changed(`the network ${training.baseId} was replaced`)
  tapesFor(engine, labels)
  return { training, base, labels, warnings: [] }
}
