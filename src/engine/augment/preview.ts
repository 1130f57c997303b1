/** @file A grid of what a pipeline makes of one picture. */
import sharp from 'sharp'
import type { AugmentationNode } from '../../shared/augmentation.ts'
import { throwIfCancelled } from '../../shared/errors.ts'
import { type LongWork, progressMeter } from '../../shared/progress.ts'
import { augment } from './augment.ts'
import type { Drawn } from './draw.ts'
import { drawMaskOver } from './preview-overlay.ts'
import type { Sample } from './sample.ts'

export interface PreviewOptions {
  pipeline: AugmentationNode
  /** Number of variants: what the first epochs of a training with this seed would see. */
  count: number
  seed: number
}

/** One variant of the picture, as large as the pipeline made it. */
export interface PreviewVariant {
  width: number
  height: number
  drawn: readonly Drawn[]
}

export interface Preview {
  /** A PNG file: the picture itself, then its variants, in rows. */
  png: Buffer
  columns: number
  variants: PreviewVariant[]
}

/** Longest side of a cell, and what is between two, in pixels. */
const cellSide = 256
const gap = 4
const paper = '#202020'

/** A sample as a small PNG file, with its mask over it. */
export async function drawSample(sample: Sample): Promise<Buffer> {
  const raw = { width: sample.width, height: sample.height, channels: 3 } as const
  return await sharp(drawMaskOver(sample), { raw })
    .resize({ width: cellSide, height: cellSide, fit: 'inside', withoutEnlargement: true })
    .png({ compressionLevel: 1 })
    .toBuffer()
}

async function layOut(cells: readonly Buffer[], columns: number): Promise<Buffer> {
  const rows = Math.ceil(cells.length / columns)
  const place = (i: number) => ({
    left: gap + (i % columns) * (cellSide + gap),
    top: gap + Math.floor(i / columns) * (cellSide + gap),
  })
  const width = gap + columns * (cellSide + gap)
  const height = gap + rows * (cellSide + gap)
  return await sharp({ create: { width, height, channels: 3, background: paper } })
    .composite(cells.map((input, i) => ({ input, ...place(i) })))
    .removeAlpha()
    .png()
    .toBuffer()
}

/**
 * Draws a picture and variants of it, with the mask over each.
 * @throws AppError what `augment` throws; `cancelled`
 */
export async function previewGrid(
  sample: Sample,
  { pipeline, count, seed }: PreviewOptions,
  { signal, onProgress }: LongWork,
): Promise<Preview> {
  const progress = progressMeter('augment', count, 'images', onProgress)
  const cells = [await drawSample(sample)]
  const variants: PreviewVariant[] = []
  for (let epoch = 0; epoch < count; epoch++) {
    throwIfCancelled(signal, 'the preview')
    const made = await augment(sample, pipeline, { seed, epoch, image: 0 })
    cells.push(await drawSample(made.sample))
    variants.push({ width: made.sample.width, height: made.sample.height, drawn: made.drawn })
    progress(epoch + 1)
  }
  const columns = Math.ceil(Math.sqrt(cells.length))
  return { png: await layOut(cells, columns), columns, variants }
}
