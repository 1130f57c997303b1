/** @file What an experiment comes to before it runs: epochs, steps, and how long others took. */
import type { ExperimentSummary } from '../../../../shared/contract/experiments.ts'
import type { ExperimentNetwork, ExperimentSettings } from '../../../../shared/experiment.ts'
import { count, duration } from '../../format.ts'
import { type Part, startKey } from './form-parts.ts'

type Former = Pick<ExperimentSummary, 'id' | 'settings' | 'runs'>

const annotatedIn = (parts: readonly Part[], name: string): number =>
  parts.find((part) => part.name === name)?.annotated ?? 0

/** Steps of an epoch; 0 where there is nothing to learn from. */
function stepsOf({ stepsPerEpoch, batch, data }: ExperimentSettings, parts: readonly Part[]) {
  return stepsPerEpoch ?? Math.ceil(annotatedIn(parts, data.train) / batch)
}

/** What a network is made of: that of the experiment whose weights it goes on from. */
function layersOf(network: ExperimentNetwork, formers: readonly Former[]): string {
  if (network.kind !== 'experiment') return startKey(network)
  const parent = formers.find(({ id }) => id === network.experiment)
  return parent ? layersOf(parent.settings.network, formers) : startKey(network)
}

/** What a step's time depends on. */
const kindOf = (settings: ExperimentSettings, formers: readonly Former[]): string =>
  JSON.stringify([
    layersOf(settings.network, formers),
    ...[settings.input, settings.batch, settings.multiScale, settings.augmentation],
    settings.stages.map(({ scope }) => scope),
  ])

/** Seconds of a step of the latest experiment of the same kind; null where there was none. */
function secondsPerStep(
  settings: ExperimentSettings,
  formers: readonly Former[],
  parts: readonly Part[],
): number | null {
  for (const former of formers) {
    if (kindOf(former.settings, formers) !== kindOf(settings, formers)) continue
    const seconds = former.runs.find((run) => run.secondsPerEpoch !== null)?.secondsPerEpoch
    const steps = stepsOf(former.settings, parts)
    if (seconds != null && steps > 0) return seconds / steps
  }
  return null
}

/** `30 epochs of 12 steps, each judged by 4 pictures; about 5 min, as a like one took.` */
export function planText(
  settings: ExperimentSettings,
  formers: readonly Former[],
  parts: readonly Part[],
): string {
  const steps = stepsOf(settings, parts)
  const judges = annotatedIn(parts, settings.data.validation)
  if (steps === 0 || judges === 0) return 'There are no pictures with masks in one of the parts.'
  const epochs = settings.stages.reduce((sum, stage) => sum + stage.epochs, 0)
  const seeds = settings.seeds.length
  const each = secondsPerStep(settings, formers, parts)
  const time =
    each === null
      ? 'How long that takes is known after the first steps.'
      : `About ${duration(each * steps * epochs * seeds)}, as the last one of its kind learnt.`
  const times = seeds > 1 ? `, once for each of ${count(seeds, 'seed')}` : ''
  return `${count(epochs, 'epoch')} of ${count(steps, 'step')}${times}, each judged by ${count(judges, 'picture')}. ${time}`
}
