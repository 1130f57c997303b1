/** @file Experiments as event files of TensorBoard: a folder for each seed of each experiment. */
import { join } from 'node:path'
import type { ExperimentWithCurves } from '../../../shared/contract/experiments.ts'
import { eventFile, eventFileName, type ScalarEvent } from '../../formats/tensorboard/events.ts'

export interface EventFile {
  /** Below the folder that TensorBoard is given. */
  path: string
  bytes: Uint8Array
}

type Run = ExperimentWithCurves['runs'][number]

/** Names of folders hold no separators and nothing that a shell or Windows minds. */
const safeName = (text: string): string => text.replace(/[^\p{L}\p{N} ._+-]/gu, '_').slice(0, 80)

/** Epochs are taken to follow one another without a break. */
function eventsOf({ stages }: Run, classes: readonly string[], begun: number): ScalarEvent[] {
  let wallTime = begun
  return stages.flatMap(({ curve }) =>
    curve.map((epoch): ScalarEvent => {
      wallTime += epoch.seconds + epoch.validationSeconds
      const scores = { mIoU: epoch.meanIou, Dice: epoch.meanDice, pixels: epoch.pixelAccuracy }
      const shares = [
        ...Object.entries(scores).map(([name, value]) => [`validation/${name}`, value] as const),
        ...classes.map((name, at) => [`IoU/${name}`, epoch.classIou[at] ?? null] as const),
      ]
      const known = shares.flatMap(([tag, value]) => (value === null ? [] : [[tag, value]]))
      return {
        ...{ wallTime, step: epoch.at },
        scalars: {
          'loss/train': epoch.trainLoss,
          'loss/validation': epoch.validationLoss,
          ...Object.fromEntries(known),
          'learning rate': epoch.learningRate,
          'seconds/train': epoch.seconds,
        },
      }
    }),
  )
}

export function experimentEvents(experiments: readonly ExperimentWithCurves[]): EventFile[] {
  return experiments.flatMap(({ id, name, runs, classes, createdAt }) =>
    runs.map((run): EventFile => {
      const begun = Date.parse(createdAt) / 1000
      const folder = safeName(`${id} ${name} seed ${run.seed}`)
      const bytes = eventFile(eventsOf(run, classes, begun))
      return { path: join(folder, eventFileName(begun)), bytes }
    }),
  )
}
