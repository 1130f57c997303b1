/** @file Scores of masks as tables for people. */
import type { MaskScores } from '../engine/metrics/mask-scores.ts'
import { type Cell, percent, score, table } from './table.ts'

/** A wider matrix does not fit a terminal. */
const widestMatrix = 12

function classTable({ classes, boundary }: MaskScores): string {
  const header = ['class', 'pixels', 'IoU', 'Dice', 'precision', 'recall', 'F1']
  if (boundary) header.push('boundary F1', 'boundary IoU')
  const rows = classes.map(({ name, pixels, iou, dice, precision, recall, f1 }, i): Cell[] => {
    const outline = boundary?.classes[i]
    const more = outline ? [score(outline.f1), score(outline.iou)] : []
    return [name, pixels, ...[iou, dice, precision, recall, f1].map(score), ...more]
  })
  return table(header, rows)
}

function matrixText({ classes, confusion }: MaskScores): string {
  const names = classes.map(({ name }) => name)
  if (names.length > widestMatrix)
    return `the confusion matrix of ${names.length} classes is in --json and --csv`
  const rows = confusion.byTruth.map((row, i): Cell[] => [
    names[i] ?? '',
    ...row.map((share) => percent(share)),
  ])
  return `what the pixels of each class (rows) were taken for\n\n${table(['class', ...names], rows)}`
}

function objectTable({ objects }: MaskScores): string[] {
  if (!objects) return []
  const header = [
    'class',
    'found',
    'missed',
    'false',
    'accuracy',
    'precision',
    'recall',
    'F1',
    'merged',
    'split',
  ]
  const rows = objects.classes.map((each): Cell[] => [
    each.name,
    each.found,
    each.missed,
    each.false,
    ...[each.accuracy, each.precision, each.recall, each.f1].map(score),
    each.merged,
    each.split,
  ])
  return [`objects, found with an IoU of at least ${objects.minimumIou}\n\n${table(header, rows)}`]
}

/** All scores: the means in a line, then a table of classes, the confusion matrix, the objects. */
export function scoresText(scores: MaskScores): string {
  const { meanIou, meanAccuracy, pixelAccuracy, frequencyWeightedIou, boundary } = scores
  const means = [
    `mean IoU ${score(meanIou)}`,
    `mean accuracy ${score(meanAccuracy)}`,
    `pixel accuracy ${score(pixelAccuracy)}`,
    `frequency-weighted IoU ${score(frequencyWeightedIou)}`,
    ...(boundary ? [`mean boundary F1 ${score(boundary.meanF1)}`] : []),
  ]
  const images = `${scores.images} ${scores.images === 1 ? 'picture' : 'pictures'}`
  return [
    `${images}: ${means.join(', ')}`,
    classTable(scores),
    matrixText(scores),
    ...objectTable(scores),
  ].join('\n\n')
}
