/** @file Experiments side by side: the settings in which they differ, and what they came to. */
import type { ExperimentSummary } from '../../../shared/contract/experiments.ts'
import { differingSettings } from '../../../shared/experiment.ts'

export type TableCell = string | number | null

export interface TableColumn {
  /** In exported tables. */
  key: string
  title: string
  /** A setting in which the experiments differ, or what came of them. */
  kind: 'about' | 'setting' | 'result'
  /** Whether its smallest or its greatest value is the best; null = neither is. */
  best: 'smallest' | 'greatest' | null
}

export interface ExperimentTable {
  columns: TableColumn[]
  /** A row for each seed of each experiment. */
  rows: TableCell[][]
}

type Run = ExperimentSummary['runs'][number]

interface Result {
  column: TableColumn
  of(run: Run, experiment: ExperimentSummary): TableCell
}

const result = (
  key: string,
  title: string,
  best: TableColumn['best'],
  of: Result['of'],
): Result => ({ column: { key, title, kind: 'result', best }, of })

const results: readonly Result[] = [
  result('validationLoss', 'val. loss', 'smallest', ({ best }) => best?.validationLoss ?? null),
  result('trainLoss', 'train loss', null, ({ best }) => best?.trainLoss ?? null),
  result('bestEpoch', 'best epoch', null, ({ best }) => best?.at ?? null),
  result('epochs', 'epochs', null, ({ epochsDone }) => epochsDone),
  result('meanIou', 'mIoU', 'greatest', ({ best }) => best?.meanIou ?? null),
  result('meanDice', 'mean Dice', 'greatest', ({ best }) => best?.meanDice ?? null),
  result('pixelAccuracy', 'pixel acc.', 'greatest', ({ best }) => best?.pixelAccuracy ?? null),
  result('secondsPerEpoch', 's / epoch', 'smallest', (run) => run.secondsPerEpoch),
  result('parameters', 'parameters', null, ({ parameters }) => parameters),
  result('device', 'device', null, ({ device }) => device),
]

/** IoU of every class that one of the experiments has. */
function classResults(experiments: readonly ExperimentSummary[]): Result[] {
  const names = [...new Set(experiments.flatMap(({ classes }) => classes))]
  return names.map((name) =>
    result(`iou.${name}`, `IoU ${name}`, 'greatest', ({ best }, { classes }) => {
      const at = classes.indexOf(name)
      return at < 0 ? null : (best?.classIou[at] ?? null)
    }),
  )
}

const about = (key: string, title: string): TableColumn => ({
  ...{ key, title, kind: 'about', best: null },
})

/** The experiments in the order given, and all settings in which any two of them differ. */
export function experimentTable(experiments: readonly ExperimentSummary[]): ExperimentTable {
  const differences = differingSettings(experiments.map(({ settings }) => settings))
  const all = [...results.slice(0, 7), ...classResults(experiments), ...results.slice(7)]
  const settings = differences.map(({ setting }): TableColumn => {
    return { key: setting, title: `≠ ${setting}`, kind: 'setting', best: null }
  })
  return {
    columns: [
      ...[about('id', 'id'), about('name', 'name'), about('seed', 'seed')],
      ...[about('state', 'state'), about('parent', 'from')],
      ...settings,
      ...all.map(({ column }) => column),
    ],
    rows: experiments.flatMap((experiment, i) =>
      experiment.runs.map((run): TableCell[] => [
        ...[experiment.id, experiment.name, run.seed, stateOf(experiment, run)],
        experiment.parent?.name ?? 'random weights',
        ...differences.map(({ values }) => values[i] ?? null),
        ...all.map(({ of }) => of(run, experiment)),
      ]),
    ),
  }
}

function stateOf({ state }: ExperimentSummary, run: Run): string {
  return run.state === 'waiting' ? state : run.state
}

/** The settings that differ for themselves: a line for each, a value for each experiment. */
export interface DifferenceTable {
  experiments: { id: TableCell; name: TableCell }[]
  settings: { title: string; values: TableCell[] }[]
}

/** What is too wide for people in one table: the results, and apart from them the settings that differ. */
export function splitTable({ columns, rows }: ExperimentTable): {
  results: ExperimentTable
  differences: DifferenceTable
} {
  const kept = columns.flatMap(({ kind }, at) => (kind === 'setting' ? [] : [at]))
  const each = rows.filter((row, i) => rows.findIndex((other) => other[0] === row[0]) === i)
  return {
    results: {
      columns: columns.filter(({ kind }) => kind !== 'setting'),
      rows: rows.map((row) => kept.map((at) => row[at] ?? null)),
    },
    differences: {
      experiments: each.map(([id = null, name = null]) => ({ id, name })),
      settings: columns.flatMap(({ title, kind }, at) =>
        kind === 'setting' ? [{ title, values: each.map((row) => row[at] ?? null) }] : [],
      ),
    },
  }
}

/** Rows by a column; those without a value come last. Throws nothing: an unknown key sorts nothing. */
export function sortedTable(table: ExperimentTable, key: string, descending = false) {
  const at = table.columns.findIndex((column) => column.key === key)
  if (at < 0) return table
  const sign = descending ? -1 : 1
  const rows = table.rows.toSorted((one, other) => {
    const [a, b] = [one[at] ?? null, other[at] ?? null]
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    if (typeof a === 'number' && typeof b === 'number') return sign * (a - b)
    return sign * String(a).localeCompare(String(b))
  })
  return { ...table, rows }
}

/** The places of the best values of a column, by its rule. */
export function bestRows({ columns, rows }: ExperimentTable, column: number): number[] {
  const rule = columns[column]?.best ?? null
  const values = rows.map((row) => row[column])
  const numbers = values.filter((value) => typeof value === 'number')
  if (rule === null || numbers.length < 2) return []
  const best = rule === 'smallest' ? Math.min(...numbers) : Math.max(...numbers)
  return values.flatMap((value, row) => (value === best ? [row] : []))
}
