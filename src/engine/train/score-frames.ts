/** @file The selection score: how well a network finds the people of painted frames. */
import { availableParallelism } from 'node:os'
import { throwIfCancelled } from '../../shared/errors.ts'
import type { LongWork } from '../../shared/progress.ts'
import { openNetwork } from '../infer/network.ts'
import { personIou } from './person-iou.ts'
import { pixelProbability, probabilityBytes } from './pixel-probability.ts'
import { readPictures } from './samples/read-pictures.ts'
import {
  type FramePrediction,
  type FrameScore,
  ignoredLabel,
  type LabelledFrame,
  type ScoreRequest,
  type ScoreResult,
} from './types.ts'

/** Keeps the logarithm of a probability finite. */
const least = 1e-7

/** Counts one frame; `loss` is the sum over its pixels, of which there are `pixels`. */
function countFrame(found: Float64Array, mask: Uint8Array, person: number) {
  const score = { intersection: 0, union: 0, loss: 0, pixels: 0 }
  for (const [at, label] of mask.entries()) {
    if (label === ignoredLabel) continue
    const probability = Math.min(1 - least, Math.max(least, found[at] ?? 0))
    const isThere = label === person
    const isFound = probability > 0.5
    if (isThere && isFound) score.intersection++
    if (isThere || isFound) score.union++
    score.loss -= Math.log(isThere ? probability : 1 - probability)
    score.pixels++
  }
  return score
}

/** The score of one frame, given the person probability at each of its pixels. */
export function scoreFrame(
  found: Float64Array,
  { source, frame, mask }: LabelledFrame,
  classes: readonly string[],
): FrameScore {
  const { loss, pixels, ...score } = countFrame(found, mask, classes.indexOf('person'))
  return { source, frame, ...score, loss: loss / Math.max(1, pixels) }
}

interface ScoreWork extends LongWork {
  /** Takes what the network makes of each frame. */
  emit?: ((prediction: FramePrediction) => Promise<void>) | undefined
}

/**
 * Runs a network over painted frames, at the resolution of the masks. Throws `cancelled`, what opening
 * a network throws, and what reading a tape throws.
 */
export async function scoreFrames(
  request: ScoreRequest,
  work: ScoreWork = {},
): Promise<ScoreResult> {
  const { tapes, labels, size, classes, ...options } = request
  const pictures = await readPictures(tapes, labels, size, work)
  await using network = await openNetwork({
    ...options,
    size,
    threads: request.threads ?? availableParallelism(),
  })
  const probabilityOf = pixelProbability(network.shape, network.cover, size)
  const frames: FrameScore[] = []
  const all = { intersection: 0, union: 0, loss: 0, pixels: 0 }
  for (const [i, { source, frame, mask }] of labels.entries()) {
    throwIfCancelled(work.signal, 'scoring')
    const picture = pictures[i]
    if (!picture) continue
    const found = probabilityOf(await network.run(picture))
    await work.emit?.({ source, frame, probability: probabilityBytes(found) })
    const { loss, pixels, ...score } = countFrame(found, mask, classes.indexOf('person'))
    frames.push({ source, frame, ...score, loss: loss / Math.max(1, pixels) })
    all.intersection += score.intersection
    all.union += score.union
    all.loss += loss
    all.pixels += pixels
  }
  return { personIou: personIou(all), loss: all.loss / Math.max(1, all.pixels), frames }
}
