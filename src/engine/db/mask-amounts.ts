/** @file How many pixels of each value masks have, kept beside them. */
import { z } from 'zod'
import type { ClassMask } from '../../shared/mask.ts'
import { type ValuePixels, valuesIn } from '../../shared/value-pixels.ts'
import { type Project, write } from './handle.ts'
import { insertAmounts } from './insert-amounts.ts'
import { loadMask } from './masks.ts'
import { all } from './rows.ts'

/** A label with what is in its mask. */
export interface CountedLabel {
  /** Row of the mask. */
  id: number
  version: number
  sha256: string
  width: number
  height: number
  /** Ascending by value; none only where they were not stored and have not been counted. */
  amounts: ValuePixels[]
}

/** SQL for the amounts of the mask whose row is named `mask`, as JSON pairs. */
export const amountsColumn = `(SELECT json_group_array(json_array(value, pixels)) FROM mask_amount
  WHERE mask_id = mask.id)`

export const amountPairs = z
  .array(z.tuple([z.int(), z.int()]))
  .transform((pairs) => pairs.map(([index, pixels]): ValuePixels => ({ index, pixels })))

/** What is in masks that were stored without it; kept where the project may be written. */
export function countMasks(
  project: Project,
  source: number,
  labels: readonly { frame: number; label: CountedLabel }[],
): void {
  const left = labels.filter(({ label }) => label.amounts.length === 0)
  for (const { frame, label } of left) {
    const mask = loadMask(project, { source, frame }, label.version)?.mask
    if (mask) label.amounts = valuesIn(mask)
  }
  if (left.length === 0 || project.mode === 'read') return
  write(project, (db) => {
    for (const { label } of left) insertAmounts(db, label.id, label.amounts)
  })
}

const uncountedRow = z.object({ id: z.int(), source: z.int(), frame: z.int(), version: z.int() })
const usedRow = z.object({ value: z.int(), labels: z.int() })

const latest = `SELECT id FROM mask AS latest WHERE pixels IS NOT NULL AND version =
  (SELECT max(version) FROM mask WHERE source_id = latest.source_id AND frame = latest.frame)`

/** Of all labels of the project: how many hold each value that any holds. */
export function labelsByValue(project: Project): Map<number, number> {
  const uncounted = all(
    project.db,
    uncountedRow,
    `SELECT id, source_id AS source, frame, version FROM mask
     WHERE id IN (${latest}) AND NOT EXISTS (SELECT 1 FROM mask_amount WHERE mask_id = mask.id)`,
  )
  const counts = new Map<number, number>()
  const add = (value: number, labels: number) =>
    counts.set(value, (counts.get(value) ?? 0) + labels)
  for (const { version, ...at } of uncounted) {
    const mask: ClassMask | undefined = loadMask(project, at, version)?.mask
    for (const { index } of mask ? valuesIn(mask) : []) add(index, 1)
  }
  const sql = `SELECT value, count(*) AS labels FROM mask_amount WHERE mask_id IN (${latest})
    GROUP BY value`
  for (const { value, labels } of all(project.db, usedRow, sql)) add(value, labels)
  return counts
}
