/** @file A comparison as Markdown and as CSV. */
import type { Comparison } from '../../shared/contract/compare.ts'
import { csv } from '../formats/csv.ts'
import { classIouText, columns, notes, scoredClasses, subject } from './table.ts'

const escapeCell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |`
  const rule = header.map((_, i) => (i === 0 ? '---' : '---:'))
  return [line(header), `|${rule.join('|')}|`, ...rows.map(line)].join('\n')
}

/** Tables that GitHub and others show. */
export function comparisonMarkdown(comparison: Comparison): string {
  const { networks } = comparison
  const scored = scoredClasses(comparison)
  const overview = markdownTable(
    columns.map(({ title }) => title),
    networks.map((network) => columns.map(({ cell }) => cell(network))),
  )
  const perClass = markdownTable(
    ['IoU', ...networks.map(({ id }) => id)],
    scored.map(({ name, at }) => [name, ...networks.map((each) => classIouText(each, at))]),
  )
  return [
    `# Networks compared\n\n${subject(comparison)}, ${comparison.comparedAt.slice(0, 10)}`,
    overview,
    ...notes(comparison).map((note) => `- ${note}`),
    ...(scored.length > 0 ? [`## Class by class\n\n${perClass}`] : []),
    'One multiply-add counts as one operation; a picture is timed from its pixels to its mask.\n',
  ].join('\n\n')
}

/** A row a network; empty cells where there is no value. */
export function comparisonCsv(comparison: Comparison): string {
  const { classes, networks } = comparison
  const header = [
    ...['network', 'title', 'mean_iou', 'pixel_accuracy', 'images', 'parameters', 'gflops'],
    ...['input_width', 'input_height', 'seconds_per_image', 'peak_bytes', 'seconds_per_epoch'],
    ...['device', 'note', ...classes.map(({ name }) => `iou ${name}`)],
  ]
  return csv(
    header,
    networks.map((each) => [
      ...[each.id, each.title, each.accuracy?.meanIou ?? null],
      ...[each.accuracy?.pixelAccuracy ?? null, each.accuracy?.images ?? null],
      ...[each.parameters, each.gflops, each.input.width, each.input.height],
      ...[each.secondsPerImage, each.peakBytes, each.secondsPerEpoch, each.device, each.note],
      ...classes.map((_, at) => each.accuracy?.classIou[at] ?? null),
    ]),
  )
}
