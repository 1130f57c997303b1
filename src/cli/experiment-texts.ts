/** @file Experiments in words and tables for people. */

import {
  bestRows,
  type DifferenceTable,
  type ExperimentTable,
  splitTable,
  type TableCell,
} from '../engine/jobs/experiments/experiment-table.ts'
import { cellText } from '../engine/jobs/experiments/experiment-texts.ts'
import type { ExperimentWithCurves } from '../shared/contract/experiments.ts'
import { score, table } from './table.ts'

/** Columns that a terminal has room for. */
const shown = new Set([
  ...['id', 'name', 'seed', 'state', 'parent', 'validationLoss', 'bestEpoch', 'meanIou'],
  'secondsPerEpoch',
])

/** A pipeline as text is wider than a terminal. */
const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text)

/** The settings in which experiments differ, a line each, with a column for each experiment. */
function differencesText({ experiments, settings }: DifferenceTable): string {
  if (settings.length === 0) return ''
  const header = ['differ in', ...experiments.map(({ id }) => `${id}`)]
  const lines = settings.map(({ title, values }) => [
    title,
    ...values.map((value) => shortened(cellText(value))),
  ])
  return `\n\n${table(header, lines)}`
}

/** The table, whose best values have a star, and below it the settings that differ. */
export function experimentsText(whole: ExperimentTable): string {
  const { results, differences } = splitTable(whole)
  const { columns, rows } = results
  const places = columns.flatMap(({ key }, at) =>
    shown.has(key) || key.startsWith('iou.') ? [at] : [],
  )
  const best = columns.map((_, at) => new Set(bestRows(results, at)))
  const text = (cell: TableCell, at: number, row: number) =>
    `${cellText(cell)}${best[at]?.has(row) ? ' *' : ''}`
  const lines = rows.map((row, i) => places.map((at) => text(row[at] ?? null, at, i)))
  const header = places.map((at) => columns[at]?.title ?? '')
  return `${table(header, lines)}${differencesText(differences)}`
}

/** Every epoch of every seed, and what was kept. */
export function curvesText({
  id,
  name,
  state,
  parent,
  runs,
  classes,
}: ExperimentWithCurves): string {
  const from = parent ? `from ${parent.name}` : 'from random weights'
  const parts = runs.map(({ seed, stages, best, checkpoints }) => {
    const rows = stages.flatMap((stage) =>
      stage.curve.map((epoch) => [
        ...[epoch.at === best?.at ? '•' : '', stage.name, epoch.epoch],
        ...[score(epoch.trainLoss), score(epoch.validationLoss), score(epoch.meanIou)],
        ...epoch.classIou.map(score),
        ...[epoch.learningRate.toPrecision(3), epoch.seconds.toFixed(1)],
      ]),
    )
    const header = ['', 'stage', 'epoch', 'train loss', 'val. loss', 'mIoU']
    const scores = classes.map((one) => `IoU ${one}`)
    const kept = checkpoints.map((one) => `${one.kind} ${one.model}`).join(', ')
    const found = best
      ? `best epoch ${best.epoch} of ${stages[best.stage]?.name}: validation loss ${score(best.validationLoss)}`
      : 'no epoch yet'
    const shownRows = table([...header, ...scores, 'rate', 's'], rows)
    return `seed ${seed}\n${shownRows}\n${found}${kept && `\nkept: ${kept}`}`
  })
  return [`${id} ${name} (${state}), ${from}`, ...parts].join('\n\n')
}
