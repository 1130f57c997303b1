/** @file Experiments in words. */
import type { ExperimentSummary } from '../../../shared/contract/experiments.ts'
import type { ExperimentState } from '../../../shared/experiment.ts'
import { figure } from '../train/curves.ts'

export const stateWords: Readonly<Record<ExperimentState, string>> = {
  draft: 'Draft',
  queued: 'Waits',
  running: 'Running',
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
  interrupted: 'Interrupted',
}

const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 })

/** `83.4%`; a dash where there is nothing. */
export function shareText(share: number | null): string {
  return share === null ? '–' : percent.format(share)
}

/** `#3 U-Net, Dice`: several may have one name. */
export function titleOf({ id, name }: Pick<ExperimentSummary, 'id' | 'name'>): string {
  return `#${id} ${name}`
}

/** Of all epochs of a seed: `4 of 42`. */
export function epochsText({ runs }: Pick<ExperimentSummary, 'runs'>): string {
  const done = runs.reduce((sum, run) => sum + run.epochsDone, 0)
  const all = runs.reduce((sum, run) => sum + run.epochs, 0)
  return `${done} of ${all}`
}

/** Which epoch is the best, in a few words; null before the first. */
export function bestName({
  best,
  settings,
}: Pick<ExperimentSummary, 'best' | 'settings'>): string | null {
  if (!best) return null
  const stage = settings.stages.length > 1 ? settings.stages[best.stage]?.name : undefined
  return [
    `epoch ${best.epoch}`,
    ...(stage === undefined ? [] : [`of “${stage}”`]),
    ...(settings.seeds.length > 1 ? [`with seed ${best.seed}`] : []),
  ].join(' ')
}

/** The same with how good it is. */
export function bestSentence(experiment: Pick<ExperimentSummary, 'best' | 'settings'>): string {
  const { best } = experiment
  if (!best) return 'No epoch is done yet.'
  const iou = best.meanIou === null ? '' : `, mean IoU ${shareText(best.meanIou)}`
  return `The best is ${bestName(experiment)}: validation loss ${figure(best.validationLoss)}${iou}.`
}

/** It can go on from where it stopped. */
export function canResume({ state }: Pick<ExperimentSummary, 'state'>): boolean {
  return state === 'failed' || state === 'cancelled' || state === 'interrupted'
}

/** What it begins with: `unet_vgg16, random weights`. */
export function startText({
  settings,
  parent,
}: Pick<ExperimentSummary, 'settings' | 'parent'>): string {
  const { network } = settings
  if (network.kind === 'architecture') return `${network.architecture}, random weights`
  if (network.kind === 'model') return parent?.name ?? network.model
  const which = network.weights === 'best' ? 'best' : 'last'
  return `${which} weights of #${network.experiment} ${parent?.name ?? ''}`.trim()
}
