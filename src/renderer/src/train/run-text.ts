/** @file What it takes to let the network look at a whole tape, in words. */
import type { RunPlan } from '../../../shared/contract/runs.ts'
import { count, number } from '../format.ts'
import { shortened } from '../ui/shortened.ts'
import { aboutSeconds, deviceText } from './plan-text.ts'

const endings: Readonly<Record<NonNullable<RunPlan['stopped']>, string>> = {
  failed: 'The last run failed',
  cancelled: 'The last run was cancelled',
  interrupted: 'The last run was interrupted: the program ended while it was under way',
}

/** Why the network has not looked at the whole tape, and what is there; null where it was not stopped. */
export function stoppedSentence({ stopped, done, frames }: RunPlan): string | null {
  if (stopped === null || done === 0) return null
  const kept = `What it found in ${number(done)} of ${count(done + frames, 'frame')} is kept.`
  return `${endings[stopped]}. ${kept}`
}

/** Characters of a network's name in a sentence. */
const longestName = 60

export function runSentence(plan: RunPlan, tape: string): string {
  const { frames, done, framesPerSecond, seconds, isMeasured, device, model } = plan
  const name = `“${shortened(model.name, longestName)}”`
  if (frames === 0) return `${name} has looked at all ${count(done, 'frame')} of ${tape}.`
  const what =
    done === 0
      ? `${name} looks at the ${count(frames, 'frame')} of ${tape}`
      : `${name} goes on where it stopped: ${count(frames, 'frame')} of ${tape} are left`
  const speed = `${number(framesPerSecond)} frames/s on ${deviceText(device)}`
  return `${what}, ${aboutSeconds(seconds, isMeasured)} at ${speed}.`
}
