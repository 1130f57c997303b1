/** @file How fast a network will go over a tape: as earlier runs did, or a rough figure. */
import type { Project } from '../db/project.ts'
import { listRuns, type Run } from '../db/runs.ts'
import { networkScale } from '../models/network-scale.ts'
import type { PlannedRun } from './infer-tape.ts'

export interface RunRate {
  framesPerSecond: number
  /** Whether this network was timed here, at this size and on this device. */
  isMeasured: boolean
  /** Where frames were timed; null where none were. */
  device: string | null
}

/** Fewer frames say little: opening the network counts among their time. */
const fewestFrames = 50

/** Pixels a second of the built-in network on two cores, decoding included. */
const roughPixelsPerSecond = 30 * 320 * 240

const rateOf = ({ done, seconds }: Run): number => done / Math.max(seconds, 1e-3)

/**
 * Earlier runs of this network at its input size; else of another one of the project at that size.
 * @param device as the user chose it
 */
export function runRate(
  project: Project,
  { identity, model }: PlannedRun,
  device: string,
): RunRate {
  const { inputWidth, inputHeight, modelSha256 } = identity
  const isTimed = (run: Run): boolean =>
    run.inputWidth === inputWidth &&
    run.inputHeight === inputHeight &&
    (device === 'auto' || run.device === device) &&
    run.seconds > 0 &&
    run.done >= Math.min(fewestFrames, run.frames)
  const timed = listRuns(project).filter(isTimed)
  const own = timed.find((run) => run.modelSha256 === modelSha256)
  const alike = own ?? timed[0]
  if (alike) return { framesPerSecond: rateOf(alike), isMeasured: !!own, device: alike.device }
  const framesPerSecond = roughPixelsPerSecond / (inputWidth * inputHeight * networkScale(model))
  return { framesPerSecond, isMeasured: false, device: null }
}
