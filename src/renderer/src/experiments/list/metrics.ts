/** @file The numbers that experiments are compared by: the columns of the table. */
import type { ExperimentRun, ExperimentSummary } from '../../../../shared/contract/experiments.ts'
import { bytes } from '../../format.ts'
import { figure, secondsText } from '../../train/curves.ts'
import { bestName, shareText } from '../words.ts'

export interface Metric {
  title: string
  /** What it says, for its tip. */
  about: string
  /** Which end is better; null = neither. */
  better: 'low' | 'high' | null
  /** Null where there is nothing yet. */
  of: (experiment: ExperimentSummary) => number | null
  format: (value: number, experiment: ExperimentSummary) => string
}

/** The run that the best epoch is of, or the first that has begun. */
function shownRun({ runs, best }: ExperimentSummary): ExperimentRun | undefined {
  return (
    runs.find(({ seed }) => seed === best?.seed) ?? runs.find(({ epochsDone }) => epochsDone > 0)
  )
}

const millions = (value: number): string => `${figure(value / 1e6)} M`

const table = {
  best: {
    ...{ title: 'Best epoch', better: null, of: ({ best }) => best?.at ?? null },
    about: 'The epoch with the smallest validation loss',
    format: (_, experiment) => bestName(experiment) ?? '–',
  },
  validationLoss: {
    ...{ title: 'Validation loss', better: 'low', format: figure },
    about: 'Of the best epoch',
    of: ({ best }) => best?.validationLoss ?? null,
  },
  trainLoss: {
    ...{ title: 'Training loss', better: 'low', format: figure },
    about: 'Of the best epoch',
    of: ({ best }) => best?.trainLoss ?? null,
  },
  meanIou: {
    ...{ title: 'Mean IoU', better: 'high', format: shareText },
    about: 'Overlap of the classes in the best epoch',
    of: ({ best }) => best?.meanIou ?? null,
  },
  meanDice: {
    ...{ title: 'Mean Dice', better: 'high', format: shareText },
    about: 'Dice of the classes in the best epoch',
    of: ({ best }) => best?.meanDice ?? null,
  },
  pixelAccuracy: {
    ...{ title: 'Pixels right', better: 'high', format: shareText },
    about: 'Share of the validation pixels in the best epoch',
    of: ({ best }) => best?.pixelAccuracy ?? null,
  },
  secondsPerEpoch: {
    ...{ title: 'Time an epoch', better: 'low', format: secondsText },
    about: 'Of training alone, validation left out',
    of: (experiment) => shownRun(experiment)?.secondsPerEpoch ?? null,
  },
  parameters: {
    ...{ title: 'Parameters', better: 'low', format: millions },
    about: 'Numbers that the network learns',
    of: (experiment) => shownRun(experiment)?.parameters ?? null,
  },
  memory: {
    ...{ title: 'Memory', better: 'low', format: bytes },
    about: 'Most that training took',
    of: (experiment) => shownRun(experiment)?.memoryBytes ?? null,
  },
} as const satisfies Record<string, Metric>

export type MetricName = keyof typeof table

export const metrics: Readonly<Record<MetricName, Metric>> = table

export const metricNames: readonly MetricName[] = [
  'best',
  'validationLoss',
  'trainLoss',
  'meanIou',
  'meanDice',
  'pixelAccuracy',
  'secondsPerEpoch',
  'parameters',
  'memory',
]

export interface Order {
  by: MetricName | 'made' | 'name'
  isRising: boolean
}

/** The latest first. */
export const firstOrder: Order = { by: 'made', isRising: false }

/** What a click on a column's head makes of the order: the better end first, then the other way round. */
export function orderBy(by: Order['by'], before: Order): Order {
  if (before.by === by) return { by, isRising: !before.isRising }
  if (by === 'made') return { by, isRising: false }
  return { by, isRising: by === 'name' || metrics[by].better !== 'high' }
}

function compare(a: ExperimentSummary, b: ExperimentSummary, by: Order['by']): number {
  if (by === 'made') return a.id - b.id
  if (by === 'name') return a.name.localeCompare(b.name, 'en') || a.id - b.id
  return (metrics[by].of(a) ?? 0) - (metrics[by].of(b) ?? 0)
}

/** The experiments in an order; those without the number come last either way. */
export function ordered(
  experiments: readonly ExperimentSummary[],
  { by, isRising }: Order,
): ExperimentSummary[] {
  const lacks = (experiment: ExperimentSummary): boolean =>
    by !== 'made' && by !== 'name' && metrics[by].of(experiment) === null
  const sign = isRising ? 1 : -1
  return [...experiments].sort(
    (a, b) => Number(lacks(a)) - Number(lacks(b)) || sign * compare(a, b, by) || b.id - a.id,
  )
}

/** The best value of each metric among the experiments; none where only one has it. */
export function bestValues(
  experiments: readonly ExperimentSummary[],
): ReadonlyMap<MetricName, number> {
  const found = new Map<MetricName, number>()
  for (const name of metricNames) {
    const { better, of } = metrics[name]
    const values = experiments.map(of).filter((value) => value !== null)
    if (better === null || new Set(values).size < 2) continue
    found.set(name, better === 'low' ? Math.min(...values) : Math.max(...values))
  }
  return found
}
