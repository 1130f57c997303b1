/** @file What commands about datasets print for people. */

import type { SetStatistics } from '../engine/jobs/datasets/set-stats.ts'
import type { SetSummary } from '../engine/jobs/datasets/summary.ts'
import { oddText } from '../shared/oddities.ts'
import { percent, table } from './table.ts'

/** How many problems are listed; `--json` has them all. */
const listedProblems = 20

export function problemLines(problems: SetSummary['problems']): string[] {
  const lines = problems
    .slice(0, listedProblems)
    .map(({ file, why }) => (why.startsWith(`${file}: `) ? why : `${file}: ${why}`))
  const more = problems.length - lines.length
  return more > 0 ? [...lines, `and ${more} more; --json lists them all`] : lines
}

/** A summary of a set that is or was read. */
export function summaryText({ images, masks, classes, problems }: SetSummary): string {
  const rows = classes.map(({ name, pixels, images: shown }) => [name, pixels, shown])
  return [
    `${images} images, ${masks} of them annotated`,
    table(['class', 'pixels', 'images'], rows),
    ...(problems.length > 0
      ? [problems.length === 1 ? '1 problem:' : `${problems.length} problems:`]
      : []),
    ...problemLines(problems),
  ].join('\n')
}

const listed = (names: readonly string[]): string =>
  names.slice(0, 10).join(', ') + (names.length > 10 ? `, and ${names.length - 10} more` : '')

export function statisticsText(found: SetStatistics): string {
  const { images, masks, classes, ignore, sizes, splits, missing, odd, duplicates } = found
  const rows = classes.map(({ name, pixels, images: shown, share }) => [
    ...[name, pixels, percent(share), shown],
  ])
  const parts = splits.map(({ name, images: count }) => `${name ?? 'in no part'} ${count}`)
  const shown = sizes
    .slice(0, 5)
    .map(({ width, height, images: count }) => `${width}x${height} (${count})`)
  return [
    `${images} images, ${masks} with a mask`,
    table(['class', 'pixels', 'share', 'images'], rows),
    ...(ignore.images > 0 ? [`ignored: ${ignore.pixels} pixels in ${ignore.images} images`] : []),
    `sizes: ${shown.join(', ')}${sizes.length > 5 ? `, and ${sizes.length - 5} more` : ''}`,
    `parts: ${parts.join(', ')}`,
    ...(missing.length > 0 ? [`without a mask: ${listed(missing)}`] : []),
    ...(odd.length > 0
      ? [`odd: ${listed(odd.map(({ image, why }) => `${image} (${oddText[why]})`))}`]
      : []),
    ...duplicates.slice(0, 10).map((names) => `the same file: ${listed(names)}`),
  ].join('\n')
}
