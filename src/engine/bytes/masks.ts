/** @file The mask of a frame, and what the network takes for people in it. */
import { AppError } from '../../shared/errors.ts'
import { packMask } from '../../shared/mask-codec.ts'
import { maskThrough, paintedMask } from '../db/painted-masks.ts'
import { activeRecipe } from '../db/recipes.ts'
import { predictionOf, predictionOfRun } from '../jobs/predictions.ts'
import { bytesAnswer } from './answers.ts'
import { type FrameRequest, numberIn } from './byte-request.ts'

/** The label and the strokes since, in the pixels of the recipe in use. */
export async function answerMask({ open, source, frame }: FrameRequest): Promise<Response> {
  const { project } = open.engine
  const painted = paintedMask(project, { source: source.id, frame })
  if (!painted) throw new AppError('no-such-file', `frame ${frame} has no mask`, 'Paint one.')
  const target = activeRecipe(project)?.geometryHash ?? painted.geometryHash
  return bytesAnswer(packMask(maskThrough(project, painted, target)), 'raw')
}

/** Person probability, 0 … 255, as a mask of the recipe's size. */
export async function answerPrediction(wanted: FrameRequest): Promise<Response> {
  const { open, source, frame, query } = wanted
  const run = query.get('run')
  const prediction = await (run === null
    ? predictionOf(open.engine, source, frame)
    : predictionOfRun(open.engine, source, frame, numberIn(run)))
  return bytesAnswer(packMask(prediction), 'raw')
}
