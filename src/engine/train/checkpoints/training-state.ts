/** @file How far a training has come: what its checkpoints keep, and what it goes on from. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import { checkValue } from '../../formats/json.ts'
import type { Optimiser } from '../optimisers.ts'
import type { TrainRequest } from '../types.ts'
import { readState, type StateArray, writeState } from './checkpoint-state.ts'

const positionSchema = z.strictObject({
  /** Of another training, nothing is gone on with. */
  fingerprint: z.string(),
  /** Iterations of each part, fixed when the training began. */
  iterations: z.array(z.int().min(0)),
  /** Parts in which a batch is computed: with others the numbers are not quite the same. */
  parts: z.int().min(1),
  /** The part of the training that is under way, and its iterations that are done. */
  part: z.int().min(0),
  done: z.int().min(0),
  /** Of all iterations so far. */
  losses: z.array(z.number()),
  stepSeconds: z.array(z.number()),
  /** Of the whole training so far. */
  seconds: z.number(),
  optimiser: z.record(z.string(), z.number()),
  /** What the training is, for people. */
  training: z.record(z.string(), z.unknown()),
})

/** Without what belongs to the optimiser, which keeps it itself. */
export type TrainingPosition = Omit<z.infer<typeof positionSchema>, 'optimiser'>

export interface TrainingMemory {
  /** What is changed in place: parameters and running statistics by name. */
  weights: ReadonlyMap<string, Float32Array>
  optimiser: Optimiser
  /** Labels of the network's own making, one for each unlabelled frame; empty in the first part. */
  ownLabels: readonly Uint8Array[]
}

/**
 * A hash of everything that decides about the numbers: data, settings, base network. Device and
 * threads are left out, so that a training can go on elsewhere.
 */
export function fingerprintOf(request: TrainRequest, baseSha256: string): string {
  const { tapes, labels, settings, backgroundFrames, unlabelledFrames, ...rest } = request
  const { device: _, threads: __, ...decisive } = settings
  const hash = createHash('sha256')
  const { size, classes, classMap, geometryHash } = rest
  hash.update(JSON.stringify([baseSha256, size, classes, classMap, geometryHash, decisive]))
  hash.update(
    JSON.stringify(tapes.map(({ source, index, filters }) => [source, index.sha256, filters])),
  )
  hash.update(JSON.stringify([backgroundFrames, unlabelledFrames]))
  for (const { source, frame, mask } of labels) hash.update(`${source} ${frame} `).update(mask)
  return hash.digest('hex')
}

/** Writes the checkpoint; whatever happens, the file holds the old one or this one. */
export async function saveTraining(
  path: string,
  position: TrainingPosition,
  { weights, optimiser, ownLabels }: TrainingMemory,
): Promise<void> {
  const { numbers, arrays } = optimiser.state()
  await writeState(path, {
    notes: { ...position, optimiser: { ...numbers } },
    arrays: Object.fromEntries<StateArray>([
      ...[...weights].map(([name, data]): [string, StateArray] => [`weight/${name}`, data]),
      ...[...arrays].map(([name, data]): [string, StateArray] => [`optimiser/${name}`, data]),
      ...ownLabels.map((data, i): [string, StateArray] => [`own-labels/${i}`, data]),
    ]),
  })
}

export interface SavedTraining {
  position: TrainingPosition
  ownLabels: Uint8Array[]
  /** Puts weights and the optimiser's memory back. Throws `bad-checkpoint` where they do not fit. */
  restore(memory: Pick<TrainingMemory, 'weights' | 'optimiser'>): void
}

/** The checkpoint of this very training, null where there is none. Throws `bad-checkpoint`. */
export async function loadTraining(
  path: string,
  fingerprint: string,
): Promise<SavedTraining | null> {
  const state = await readState(path)
  if (!state || state.notes.fingerprint !== fingerprint) return null
  const { optimiser: numbers, ...position } = checkValue(state.notes, path, positionSchema)
  const entries = Object.entries(state.arrays)
  const under = (folder: string) =>
    entries.flatMap(([name, data]): [string, StateArray][] =>
      name.startsWith(`${folder}/`) ? [[name.slice(folder.length + 1), data]] : [],
    )
  const floats = under('optimiser').flatMap(
    ([name, data]): [string, Float32Array | Float64Array][] =>
      data instanceof Uint8Array ? [] : [[name, data]],
  )
  return {
    position,
    ownLabels: under('own-labels').map(([, data]) => Uint8Array.from(data)),
    restore({ weights, optimiser }) {
      const saved = new Map(under('weight'))
      for (const [name, data] of weights) {
        const before = saved.get(name)
        if (before?.length !== data.length)
          throw new AppError('bad-checkpoint', `${path} lacks the weight '${name}'`)
        data.set(before)
      }
      optimiser.restore({ numbers, arrays: new Map(floats) })
    },
  }
}
