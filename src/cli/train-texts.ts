/** @file What `train` tells: before the first step, and at the end. */
import type { NodeCount } from '../engine/infer/types.ts'
import type { TrainingForecast, TrainResult } from '../engine/jobs/train-project.ts'

function duration(seconds: number): string {
  if (seconds < 90) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`
  return `${(seconds / 60).toFixed(0)} minutes`
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`

function frames(count: number): string {
  return count === 1 ? '1 frame' : `${count} frames`
}

/** `; 3 nodes fall back to the processor: Sum (2), Erf` */
function fallbackText(fallback: readonly NodeCount[]): string {
  const total = fallback.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) return ''
  const names = fallback.map(({ op, count }) => (count === 1 ? op : `${op} (${count})`))
  const who = total === 1 ? '1 node falls' : `${total} nodes fall`
  return `; ${who} back to the processor: ${names.join(', ')}`
}

/** `trains on cpu (…): 0.31 s a step, about 70 s in all; needs 1.2 GB of memory, 24.0 GB are free` */
export function forecastText(forecast: TrainingForecast): string {
  const { device, reason, secondsPerStep, allSeconds, memoryBytes, freeBytes } = forecast
  const { batch, accumulate } = forecast
  const parts =
    accumulate > 1 ? `; each batch of ${batch} is computed in ${accumulate} parts to fit` : ''
  return (
    `trains on ${device} (${reason}): ${secondsPerStep.toFixed(2)} s a step, ` +
    `about ${duration(allSeconds)} in all; needs ${gigabytes(memoryBytes)} of memory, ` +
    `${gigabytes(freeBytes)} are free${parts}${fallbackText(forecast.fallback)}`
  )
}

/** The JSON of `train`. */
export function trainFields(result: TrainResult) {
  const { training, model, base, summary, selection, adopted, warnings, seconds } = result
  const { settings, plan } = training
  const tapeFrame = ({ source, frame }: { source: number; frame: number }) => {
    return { tape: source, frame }
  }
  return {
    model: model.description.id,
    base: base.description.id,
    preset: settings.preset,
    labels: plan.labels.length,
    iterations: summary.iterations,
    seconds: summary.seconds,
    secondsPerStep: summary.secondsPerStep,
    loss: summary.loss,
    heldOut: selection && {
      frames: plan.heldOut.map(tapeFrame),
      base: { personIou: selection.base.personIou, loss: selection.base.loss },
      new: { personIou: selection.trained.personIou, loss: selection.trained.loss },
      withoutSelfTraining: selection.withoutSelfTraining,
    },
    adopted,
    warnings,
    device: summary.device,
    fallback: summary.fallback,
    memoryBytes: summary.memoryBytes,
    input: settings.input,
    seed: settings.seed,
    /** The check on held-out frames included. */
    totalSeconds: seconds,
  }
}

function verdict({ training, model, selection }: TrainResult, active: string): string {
  const { id } = model.description
  if (!selection)
    return `the new network ${id} is now the active one; nothing was held out to check it`
  const [before, after] = [selection.base.personIou, selection.trained.personIou]
  const heldOut = `on ${frames(training.plan.heldOut.length)} held out of the training the person IoU`
  const numbers = `from ${before.toFixed(2)} to ${after.toFixed(2)}`
  if (selection.isBetter) {
    const change =
      after > before ? `rose ${numbers}` : `stayed at ${before.toFixed(2)}, found more surely`
    return `${heldOut} ${change}: the new network ${id} is now the active one`
  }
  const change = after < before ? `fell ${numbers}` : `stayed at ${before.toFixed(2)}`
  return (
    `${heldOut} ${change}: ${active} stays the active network; the new one is kept as ${id}, ` +
    'try it with --model'
  )
}

/** What came of a training, for somebody who has never trained a network. */
export function trainText(result: TrainResult, active: string): string {
  const { training, base, summary, selection } = result
  const { first, last } = summary.loss
  const lines = [
    `trained ${base.description.id} on ${frames(training.plan.labels.length)} in ${duration(summary.seconds)}` +
      ` (${summary.iterations} steps of ${summary.secondsPerStep.toFixed(2)} s on ${summary.device};` +
      ` loss from ${first.toFixed(3)} to ${last.toFixed(3)})`,
    verdict(result, active),
  ]
  if (selection?.withoutSelfTraining)
    lines.push('without learning from unlabelled frames, which made it worse there')
  return lines.join('\n')
}
