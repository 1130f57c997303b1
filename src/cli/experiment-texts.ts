/** @file Experiments in words and tables for people. */

import {
  bestRows,
  type ExperimentTable,
  type TableCell,
} from '../engine/jobs/experiments/experiment-table.ts'
import { cellText } from '../engine/jobs/experiments/experiment-texts.ts'
import type { ExperimentWithCurves } from '../shared/contract/experiments.ts'
import { score, table } from './table.ts'

/** Columns that a terminal has room for; the settings that differ stand between them. */
const shown = new Set([
  ...['id', 'name', 'seed', 'state', 'parent', 'validationLoss', 'bestEpoch', 'meanIou'],
  'secondsPerEpoch',
])

/** The table; the best value of a column has a star. */
export function experimentsText(whole: ExperimentTable): string {
  const { columns, rows } = whole
  const places = columns.flatMap(({ key, kind }, at) =>
    kind === 'setting' || shown.has(key) || key.startsWith('iou.') ? [at] : [],
  )
  const best = columns.map((_, at) => new Set(bestRows(whole, at)))
  const text = (cell: TableCell, at: number, row: number) =>
    `${cellText(cell)}${best[at]?.has(row) ? ' *' : ''}`
  return table(
    places.map((at) => columns[at]?.title ?? ''),
    rows.map((row, i) => places.map((at) => text(row[at] ?? null, at, i))),
  )
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
