/** @file Settings of an experiment that follows another one. */
import type { ExperimentSummary } from '../../../../shared/contract/experiments.ts'
import type { ExperimentSettings } from '../../../../shared/experiment.ts'

type Former = Pick<ExperimentSummary, 'id' | 'settings'>

const longestName = 200

const named = (name: string, ending: string): string =>
  `${name.slice(0, longestName - ending.length)}${ending}`

/** The same once more, to be changed. */
export function again({ settings }: Former): ExperimentSettings {
  return { ...settings, name: named(settings.name, ', again') }
}

/** The same settings from the weights that the former came to. */
export function continued({ id, settings }: Former): ExperimentSettings {
  return {
    ...settings,
    name: named(settings.name, ', further'),
    network: { kind: 'experiment', experiment: id, weights: 'best' },
  }
}
