/** @file Scores of masks as a table, a class a row: what is known of it and what it was taken for. */
import type { MaskScores } from '../metrics/mask-scores.ts'
import { type CsvCell, csv } from './csv.ts'

/** Columns that not every result has, each class in the order of the scores. */
type Columns = Record<string, (position: number, name: string) => CsvCell>

function scoreColumns({ classes, boundary, objects }: MaskScores): Columns {
  const columns: Columns = {}
  for (const name of ['pixels', 'iou', 'dice', 'precision', 'recall', 'f1'] as const)
    columns[name] = (position) => classes[position]?.[name] ?? null
  if (boundary)
    for (const name of ['f1', 'precision', 'recall', 'iou'] as const)
      columns[`boundary_${name}`] = (position) => boundary.classes[position]?.[name] ?? null
  if (objects)
    for (const name of [
      'found',
      'missed',
      'false',
      'accuracy',
      'precision',
      'recall',
      'f1',
      'merged',
      'split',
    ] as const)
      columns[`objects_${name}`] = (_, wanted) =>
        objects.classes.find((each) => each.name === wanted)?.[name] ?? null
  return columns
}

/** Per class its scores, and its pixels by what they were predicted as; null is an empty cell. */
export function scoresCsv(scores: MaskScores): string {
  const columns = scoreColumns(scores)
  const names = scores.classes.map(({ name }) => name)
  const header = ['class', ...Object.keys(columns), ...names.map((name) => `as ${name}`)]
  return csv(
    header,
    names.map((name, position) => [
      name,
      ...Object.values(columns).map((cell) => cell(position, name)),
      ...(scores.confusion.counts[position] ?? []),
    ]),
  )
}
