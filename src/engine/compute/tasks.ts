/** @file What a compute process can do, by name. The engine sees the types alone. */
import { keepNetwork, randomNetwork } from '../experiments/networks.ts'
import { trainStage } from '../experiments/train-stage.ts'
import { infer } from '../infer/pipeline.ts'
import { type ProbeAnswer, type ProbeRequest, probeModel } from '../infer/probe-model.ts'
import { listDevices } from '../infer/session.ts'
import { endRecordLive, live, recordLive } from '../live/live-task.ts'
import { mediaCapabilities } from '../media/decoders.ts'
import { indexTape, probeTape, sameTape } from '../media/tape.ts'
import type { TapeIndex, TapeInfo } from '../media/types.ts'
import { renderSample, type Sample, type SampleOptions } from '../sample/render-sample.ts'
import { scoreFrames } from '../train/score-frames.ts'
import { train } from '../train/train.ts'
import type { FramePrediction, ScoreRequest } from '../train/types.ts'
import { tapeBackground } from './background-task.ts'
import { alignScenes } from './camera-task.ts'
import { findLensInTape, framePng, readFrame, readFrames } from './frame-tasks.ts'
import { segmentImages } from './image-tasks.ts'
import { measureNetwork } from './measure-task.ts'
import { predictFrame, tapePicture, tapeThumbnail } from './picture-tasks.ts'
import { learnScene } from './scene-task.ts'
import { segmentFiles } from './segment-files-task.ts'
import { segmentPicture } from './segment-picture-task.ts'
import { segmentTape } from './segment-tape-task.ts'
import type { TaskContext } from './types.ts'

export type Tasks = typeof tasks

/** The names are the wire's; each task's contract is the docstring of the function behind it. */
export const tasks = {
  probeTape: ({ path }: { path: string }): Promise<TapeInfo> => probeTape(path),

  indexTape: ({ path }: { path: string }, context: TaskContext<never>): Promise<TapeIndex> =>
    indexTape(path, context),

  /** Whether the file (or folder of images) holds the bytes that the index was made from. */
  isSameTape: (
    { path, ...known }: Pick<TapeIndex, 'sizeBytes' | 'sha256'> & { path: string },
    context: TaskContext<never>,
  ): Promise<boolean> => sameTape(known, path, context),

  readFrame,
  readFrames,
  framePng,
  tapePicture,
  tapeThumbnail,
  tapeBackground,
  learnScene,
  alignScenes,
  predictFrame,
  segmentImages,
  segmentFiles,
  segmentTape,
  segmentPicture,
  measureNetwork,
  findLens: findLensInTape,
  infer,
  live,
  recordLive,
  endRecordLive,
  train,
  randomNetwork,
  trainStage,
  keepNetwork,
  scoreFrames: (request: ScoreRequest, context: TaskContext<FramePrediction>) =>
    scoreFrames(request, context),

  /** What this machine can decode, and which devices can run a network. */
  capabilities: async (_: unknown) => ({
    media: mediaCapabilities(),
    devices: await listDevices(),
  }),

  /** Draws the sample tape; see `renderSample`. */
  drawSample: (
    { folder, ...options }: SampleOptions & { folder: string },
    context: TaskContext<never>,
  ): Promise<Sample> => renderSample(folder, options, context),

  probeModel: (request: ProbeRequest): Promise<ProbeAnswer> => probeModel(request),
}
