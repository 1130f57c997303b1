/** @file What can compute a training: each opens the same graph. */
import type { TrainingBackend } from '../../../shared/train-settings.ts'
import type { TrainingGraph } from '../graph/training-graph.ts'
import { openTfjsTrainingSession } from './tfjs/training-session.ts'
import {
  openTrainingSession,
  type TrainingSession,
  type TrainingSessionOptions,
} from './training-session.ts'

type Open = (
  training: TrainingGraph,
  weights: ReadonlyMap<string, Float32Array>,
  options: TrainingSessionOptions,
) => Promise<TrainingSession>

export const openTraining: Readonly<Record<TrainingBackend, Open>> = {
  onnx: openTrainingSession,
  tfjs: openTfjsTrainingSession,
}
