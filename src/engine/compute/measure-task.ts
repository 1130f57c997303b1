/** @file How long a network takes for a picture, and how much memory its process. */
import { performance } from 'node:perf_hooks'
import { throwIfCancelled } from '../../shared/errors.ts'
import { progressMeter } from '../../shared/progress.ts'
import { openSegmenter, type SegmenterOptions } from '../infer/segmenter.ts'
import { loadImage } from '../media/image-file.ts'
import type { TaskContext } from './types.ts'

export interface MeasureRequest extends Omit<SegmenterOptions, 'size' | 'classes'> {
  /** The picture that is looked at again and again. */
  path: string
  /** Timed looks, after one that is not. */
  runs: number
}

export interface NetworkMeasurement {
  device: string
  /** From a picture's pixels to its mask: of each look. */
  seconds: number[]
  /** Most memory that this process has taken so far. */
  peakBytes: number
}

/** @throws AppError what reading the picture and running the network throw, `cancelled` */
export async function measureNetwork(
  { path, runs, ...options }: MeasureRequest,
  { signal, onProgress }: TaskContext<never>,
): Promise<NetworkMeasurement> {
  const { image } = await loadImage(path)
  await using segmenter = await openSegmenter({ ...options, classes: null, size: image })
  const progress = progressMeter('measure', runs, 'pictures', onProgress)
  await segmenter.segment(image)
  const seconds: number[] = []
  for (let run = 0; run < runs; run++) {
    throwIfCancelled(signal, 'measuring')
    const started = performance.now()
    await segmenter.segment(image)
    seconds.push((performance.now() - started) / 1000)
    progress(run + 1)
  }
  // Kilobytes, https://nodejs.org/api/process.html#processresourceusage
  return { device: segmenter.device, seconds, peakBytes: 1024 * process.resourceUsage().maxRSS }
}
