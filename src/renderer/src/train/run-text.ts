/** @file What it takes to let the network look at a whole tape, in words. */
import type { RunPlan } from '../../../shared/contract/runs.ts'
import { count, number } from '../format.ts'
import { aboutSeconds, deviceText } from './plan-text.ts'

export function runSentence(plan: RunPlan, tape: string): string {
  const { frames, done, framesPerSecond, seconds, isMeasured, device, model } = plan
  if (frames === 0) return `“${model.name}” has looked at all ${count(done, 'frame')} of ${tape}.`
  const what =
    done === 0
      ? `“${model.name}” looks at the ${count(frames, 'frame')} of ${tape}`
      : `“${model.name}” goes on where it stopped: ${count(frames, 'frame')} of ${tape} are left`
  const speed = `${number(framesPerSecond)} frames/s on ${deviceText(device)}`
  return `${what}, ${aboutSeconds(seconds, isMeasured)} at ${speed}.`
}
