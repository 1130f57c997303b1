/** @file How far a stage has come: what its checkpoint keeps, and what it goes on from. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { checkValue } from '../formats/json.ts'
import { readState, type StateArray, writeState } from '../train/checkpoints/checkpoint-state.ts'
import type { Optimiser } from '../train/optimisers.ts'
import type { EpochResult, StageRequest } from './types.ts'

const share = z.number().nullable()

const epochSchema = z.strictObject({
  epoch: z.int(),
  trainLoss: z.number(),
  validationLoss: z.number(),
  ...{ meanIou: share, meanDice: share, pixelAccuracy: share },
  ...{ classIou: z.array(share), classDice: z.array(share) },
  learningRate: z.number(),
  seconds: z.number(),
  validationSeconds: z.number(),
}) satisfies z.ZodType<EpochResult>

const positionSchema = z.strictObject({
  /** Of another stage, nothing is gone on with. */
  fingerprint: z.string(),
  /** Parts in which a batch is computed: with others the numbers are not quite the same. */
  parts: z.int().min(1),
  epochs: z.array(epochSchema),
  /** Of the epoch that is under way: its steps that are done, their losses' sum, their seconds. */
  steps: z.int().min(0),
  lossSum: z.number(),
  seconds: z.number(),
  optimiser: z.record(z.string(), z.number()),
})

/** Without what belongs to the optimiser, which keeps it itself. */
export type StagePosition = Omit<z.infer<typeof positionSchema>, 'optimiser'>

type Weights = ReadonlyMap<string, Float32Array>

export interface StageMemory {
  /** What is changed in place: parameters and running statistics by name. */
  weights: Weights
  /** The same at the end of the best epoch so far; null before the first. */
  best: Weights | null
  optimiser: Optimiser
}

/** A hash of everything that decides about the numbers; devices, threads and names do not. */
export function stageFingerprint(request: StageRequest, baseSha256: string): string {
  const { settings, train, validation, channels, classes, classMap } = request
  const { device: _, threads: __, ...decisive } = settings
  const { fit, augmentation, layerGroups, everyScale, epochs, stepsPerEpoch } = request
  const hash = createHash('sha256')
  hash.update(JSON.stringify([baseSha256, decisive, channels, classes, classMap]))
  hash.update(JSON.stringify([fit, augmentation, layerGroups, everyScale, epochs, stepsPerEpoch]))
  for (const list of [train, validation])
    hash.update(JSON.stringify(list.map(({ path, sha256 }) => [path, sha256])))
  return hash.digest('hex')
}

const named = (folder: string, weights: Weights | null): [string, StateArray][] =>
  [...(weights ?? [])].map(([name, data]) => [`${folder}/${name}`, data])

/** Writes the checkpoint; whatever happens, the file holds the old one or this one. */
export async function saveStage(
  path: string,
  position: StagePosition,
  { weights, best, optimiser }: StageMemory,
): Promise<void> {
  const { numbers, arrays } = optimiser.state()
  await writeState(path, {
    notes: { ...position, optimiser: { ...numbers } },
    arrays: Object.fromEntries<StateArray>([
      ...named('weight', weights),
      ...named('best', best),
      ...[...arrays].map(([name, data]): [string, StateArray] => [`optimiser/${name}`, data]),
    ]),
  })
}

export interface SavedStage {
  position: StagePosition
  best: Map<string, Float32Array> | null
  /** Puts weights and the optimiser's memory back. Throws `bad-checkpoint` where they do not fit. */
  restore(memory: Pick<StageMemory, 'weights' | 'optimiser'>): void
}

/** The checkpoint of this very stage, null where there is none. Throws `bad-checkpoint`. */
export async function loadStage(path: string, fingerprint: string): Promise<SavedStage | null> {
  const state = await readState(path)
  if (!state || state.notes.fingerprint !== fingerprint) return null
  const { optimiser: numbers, ...position } = checkValue(state.notes, path, positionSchema)
  const under = (folder: string) =>
    Object.entries(state.arrays).flatMap(([name, data]): [string, Float32Array][] =>
      name.startsWith(`${folder}/`) && data instanceof Float32Array
        ? [[name.slice(folder.length + 1), data]]
        : [],
    )
  const best = new Map(under('best'))
  return {
    position,
    best: best.size > 0 ? best : null,
    restore({ weights, optimiser }) {
      const saved = new Map(under('weight'))
      for (const [name, data] of weights) {
        const before = saved.get(name)
        if (before?.length !== data.length)
          throw new AppError('bad-checkpoint', `${path} lacks the weight '${name}'`)
        data.set(before)
      }
      optimiser.restore({ numbers, arrays: new Map(under('optimiser')) })
    },
  }
}
