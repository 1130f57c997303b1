/** @file What the answers say, as sentences. */
import type { Agreement, BestThreshold } from '../../../../shared/count/answers.ts'
import type { Count } from '../../../../shared/count/count.ts'
import type { CountInterval } from '../../../../shared/count/interval.ts'
import { count as amount } from '../../format.ts'
import { percent, score } from '../words.ts'

const whole = (value: number): string => value.toLocaleString('en')

/** `Occupied in 312 of 13,500 frames, 2.3 %, in 14 events.` */
export function countedText({ occupied, frames, share, stretches }: Count): string {
  const events = amount(stretches.length / 2, 'event')
  return `Occupied in ${whole(occupied)} of ${amount(frames, 'frame')}, ${percent(share)}, in ${events}.`
}

/** With the answers: what the true count is likely to be. */
export function intervalText({ low, high, reviewed }: CountInterval): string {
  if (reviewed === 0)
    return 'Answer some frames with Y or N: then this says how far off the count may be.'
  return `With your ${amount(reviewed, 'answer')} the true count is ${whole(low)} to ${whole(high)} frames (right 9 times out of 10).`
}

/** Answers about a place where the region is no more. */
export function outdatedText(outdated: number): string {
  const [are, their] = outdated === 1 ? ['is', 'its frame'] : ['are', 'their frames']
  return `${amount(outdated, 'answer')} from before the region was moved ${are} left out; ${their} can be answered anew.`
}

/** Precision and recall at the threshold, glossed. */
export function agreementText({ tp, fp, fn, tn, precision, recall }: Agreement): string {
  if (tp + fp + fn + tn === 0) return 'No frame of this region is answered yet.'
  const right =
    precision === null
      ? 'none of the answered frames is counted as occupied'
      : `of ${amount(tp + fp, 'answered frame')} counted as occupied ${whole(tp)} ${tp === 1 ? 'is' : 'are'} (precision ${percent(precision)})`
  const found =
    recall === null
      ? 'you said occupied of none'
      : `of ${whole(tp + fn)} that you said are occupied ${whole(tp)} ${tp === 1 ? 'is' : 'are'} found (recall ${percent(recall)})`
  return `At this threshold ${right}; ${found}.`
}

/** How much the best threshold can be relied on. */
export function bestText(best: BestThreshold | null, answers: number): string {
  if (!best)
    return answers === 0
      ? 'It needs answers of both kinds: occupied and nobody.'
      : 'It needs an answer of the other kind, too.'
  const { threshold, low, high, occupied, empty } = best
  const few = Math.min(occupied, empty)
  const trust =
    few < 10
      ? 'That is few: take it as a hint, and answer more doubtful frames.'
      : high > 2 * Math.max(low, 1)
        ? 'That is wide: more answers near it would help.'
        : 'That is a good base.'
  return `Your ${amount(occupied + empty, 'answer')} (${whole(occupied)} occupied, ${whole(empty)} nobody) fit ${score(threshold)} best; with other answers of the same kind it would be ${score(low)} to ${score(high)}. ${trust}`
}
