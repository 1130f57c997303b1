/** @file Experiments as CSV and as Markdown. */
import type { ExperimentWithCurves } from '../../../shared/contract/experiments.ts'
import { type CsvCell, csv } from '../../formats/csv.ts'
import {
  bestRows,
  type DifferenceTable,
  type ExperimentTable,
  splitTable,
  type TableCell,
} from './experiment-table.ts'

/** The whole table, numbers unrounded. */
export function tableCsv({ columns, rows }: ExperimentTable): string {
  return csv(
    columns.map(({ key }) => key),
    rows,
  )
}

/** Every epoch of every seed. */
export function epochsCsv(experiments: readonly ExperimentWithCurves[]): string {
  const classes = [...new Set(experiments.flatMap((experiment) => experiment.classes))]
  const header = [
    ...['id', 'name', 'seed', 'stage', 'epoch', 'at', 'trainLoss', 'validationLoss', 'meanIou'],
    ...['meanDice', 'pixelAccuracy', 'learningRate', 'seconds', 'validationSeconds', 'best'],
    ...classes.map((name) => `iou.${name}`),
  ]
  const rows = experiments.flatMap((experiment) =>
    experiment.runs.flatMap(({ seed, stages, best }) =>
      stages.flatMap(({ name, curve }) =>
        curve.map((epoch): CsvCell[] => [
          ...[experiment.id, experiment.name, seed, name, epoch.epoch, epoch.at],
          ...[epoch.trainLoss, epoch.validationLoss, epoch.meanIou, epoch.meanDice],
          ...[epoch.pixelAccuracy, epoch.learningRate, epoch.seconds, epoch.validationSeconds],
          epoch.at === best?.at ? 'yes' : 'no',
          ...classes.map((one) => epoch.classIou[experiment.classes.indexOf(one)] ?? null),
        ]),
      ),
    ),
  )
  return csv(header, rows)
}

/** A cell for people: four digits, no value as a dash. */
export function cellText(cell: TableCell): string {
  if (cell === null) return '–'
  if (typeof cell === 'string') return cell
  if (Number.isInteger(cell)) return cell.toLocaleString('en-US')
  return Math.abs(cell) >= 100 ? cell.toFixed(1) : cell.toPrecision(4)
}

const escaped = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`

function resultsMarkdown(table: ExperimentTable): string[] {
  const { columns, rows } = table
  const best = columns.map((_, column) => new Set(bestRows(table, column)))
  const body = rows.map((row, at) =>
    line(
      row.map((cell, column) => {
        const text = escaped(cellText(cell))
        return best[column]?.has(at) ? `**${text}**` : text
      }),
    ),
  )
  const isNumber = columns.map((_, column) => rows.every((row) => typeof row[column] !== 'string'))
  const rule = isNumber.map((right) => (right ? '---:' : '---'))
  return [line(columns.map(({ title }) => escaped(title))), line(rule), ...body]
}

function differencesMarkdown({ experiments, settings }: DifferenceTable): string[] {
  if (settings.length === 0) return []
  const names = experiments.map(({ id, name }) => escaped(`${id} ${name}`))
  const header = ['differ in', ...names]
  const body = settings.map(({ title, values }) =>
    line([title, ...values.map((value) => escaped(cellText(value)))]),
  )
  return ['', line(header), line(header.map(() => '---')), ...body]
}

/** In Markdown: the results, the best values bold, and the settings that differ, marked by ≠. */
export function tableMarkdown(table: ExperimentTable): string {
  const { results, differences } = splitTable(table)
  return `${[...resultsMarkdown(results), ...differencesMarkdown(differences)].join('\n')}\n`
}
