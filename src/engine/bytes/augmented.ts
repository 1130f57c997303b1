/** @file A picture of a set as a pipeline changes it for training, with its mask over it. */
import { z } from 'zod'
import { type AugmentationNode, augmentationSchema } from '../../shared/augmentation.ts'
import { AppError, throwIfCancelled } from '../../shared/errors.ts'
import { augment } from '../augment/augment.ts'
import { drawSample } from '../augment/preview.ts'
import type { Sample } from '../augment/sample.ts'
import { paintedMask } from '../db/painted-masks.ts'
import { rawPicture } from '../image-sets/picture-file.ts'
import { bytesAnswer } from './answers.ts'
import { numberIn } from './byte-request.ts'
import { fileOf, type ImageRequest } from './images.ts'

function pipelineIn(query: URLSearchParams): AugmentationNode {
  const text = query.get('pipeline') ?? ''
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    throw new AppError('bad-value', 'pipeline: not JSON', 'Reload the page.')
  }
  const parsed = augmentationSchema.safeParse(data)
  if (parsed.success) return parsed.data
  const why = z.prettifyError(parsed.error).replaceAll('\n', ' ')
  throw new AppError('bad-value', `pipeline: ${why}`, 'Change the pipeline.')
}

/** The picture and its mask, upright, in their own size. */
async function sampleOf(wanted: ImageRequest): Promise<Sample> {
  const { open, set, image } = wanted
  // Without FFmpeg, which stays out of the process that owns the database.
  const raw = Buffer.from(await rawPicture(fileOf(wanted)))
  const [width, height, data] = [raw.readUInt32BE(0), raw.readUInt32BE(4), raw.subarray(8)]
  const mask = paintedMask(open.engine.project, { source: set, frame: image.position })?.mask
  const fits = mask?.width === width && mask.height === height
  return { width, height, picture: data, mask: fits ? mask.data : null }
}

/**
 * `?variant=0`: the picture as it is; N = what epoch N - 1 of a training with the seed would see of
 * it. @throws AppError `bad-value` for a pipeline that cannot be; what `augment` throws
 */
export async function answerAugmented(wanted: ImageRequest): Promise<Response> {
  const { query, image, request } = wanted
  const pipeline = pipelineIn(query)
  const [seed, variant] = [numberIn(query.get('seed') ?? ''), numberIn(query.get('variant') ?? '')]
  if (seed < 0 || variant < 0)
    throw new AppError('bad-value', 'seed and variant are whole numbers', 'Reload the page.')
  const sample = await sampleOf(wanted)
  throwIfCancelled(request.signal, 'the preview')
  if (variant === 0) return bytesAnswer(await drawSample(sample), 'png')
  const at = { seed, epoch: variant - 1, image: image.position }
  const made = await augment(sample, pipeline, at)
  return bytesAnswer(await drawSample(made.sample), 'png')
}
