/** @file What a click on "Fine-tune" will do, in sentences. */
import type { TrainingPlan } from '../../../shared/contract/training.ts'
import { count, duration } from '../format.ts'

/** Devices by the names that the engine gives them. */
const deviceTexts: Readonly<Record<string, string>> = {
  auto: 'this computer',
  cpu: "this computer's processor",
  cuda: "this computer's NVIDIA graphics card",
  dml: "this computer's graphics card",
  coreml: "this computer's Apple chip",
  webgpu: "this computer's graphics card",
}

export function deviceText(device: string): string {
  return deviceTexts[device] ?? device
}

/** `about 40 s`, `very roughly 40 s` where nothing was measured here yet. */
export function aboutSeconds(seconds: number, isMeasured: boolean): string {
  return `${isMeasured ? 'about' : 'very roughly'} ${duration(seconds)}`
}

function begin(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

type Planned = Pick<
  TrainingPlan,
  'labels' | 'heldOut' | 'base' | 'seconds' | 'isMeasured' | 'device'
>

/** What it learns from, how it is checked, and how long it takes. */
export function planSentences(plan: Planned): string[] {
  const { labels, heldOut, base, seconds, isMeasured, device } = plan
  const frames = labels.length === 1 ? 'the one frame' : `the ${count(labels.length, 'frame')}`
  const checks =
    heldOut.length === 0
      ? 'No frame is held out, so that nothing can tell whether it gets better.'
      : `First it trains without ${heldOut.length} of them, to see there whether it really gets better, then on all of them.`
  const together = heldOut.length === 0 ? 'it takes' : 'both together take'
  const time = `${together} ${aboutSeconds(seconds, isMeasured)} on ${deviceText(device)}.`
  return [
    `The network learns from ${frames} that you painted. It starts from “${base.name}”, which stays as it is.`,
    checks,
    begin(time),
  ]
}
