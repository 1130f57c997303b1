/** @file Images of a set with what is in their masks, some at a time: there may be many thousands. */
import { z } from 'zod'
import type { Project } from './handle.ts'
import { imageRow, type StoredImage } from './image-set-rows.ts'
import { amountPairs, amountsColumn, type CountedLabel, countMasks } from './mask-amounts.ts'
import { all, json } from './rows.ts'

export interface CountedImage extends StoredImage {
  /** Null where it has no mask. */
  label: CountedLabel | null
}

const countedRow = imageRow.extend({
  maskId: z.int().nullable(),
  version: z.int().nullable(),
  maskHash: z.string().nullable(),
  maskWidth: z.int().nullable(),
  maskHeight: z.int().nullable(),
  amounts: json(amountPairs),
})

const select = `SELECT position, name, path, image.width AS width, image.height AS height,
  size_bytes AS sizeBytes, image.sha256 AS sha256, split, scene, annotated,
  mask.id AS maskId, version, mask.sha256 AS maskHash, mask.width AS maskWidth,
  mask.height AS maskHeight, ${amountsColumn} AS amounts
  FROM image LEFT JOIN mask ON mask.id = (SELECT id FROM mask AS own
    WHERE own.source_id = image.source_id AND own.frame = position ORDER BY version DESC LIMIT 1)
  WHERE image.source_id = ?`

function counted(row: z.output<typeof countedRow>): CountedImage {
  const { maskId, version, maskHash, maskWidth, maskHeight, amounts, ...image } = row
  if (maskId === null || version === null || !maskHash || !maskWidth || !maskHeight)
    return { ...image, label: null }
  const size = { width: maskWidth, height: maskHeight }
  return { ...image, label: { id: maskId, version, sha256: maskHash, ...size, amounts } }
}

function withAmounts(project: Project, set: number, images: CountedImage[]): CountedImage[] {
  const labels = images.flatMap(({ position, label }) =>
    label ? [{ frame: position, label }] : [],
  )
  countMasks(project, set, labels)
  return images
}

/** Up to `count` images of a set from position `from` on. */
export function countedImages(
  project: Project,
  set: number,
  { from, count }: { from: number; count: number },
): CountedImage[] {
  const sql = `${select} AND position >= ? ORDER BY position LIMIT ?`
  return withAmounts(project, set, all(project.db, countedRow, sql, set, from, count).map(counted))
}

/** The images at some positions, in that order; those that are not there are left out. */
export function countedImagesAt(
  project: Project,
  set: number,
  positions: readonly number[],
): CountedImage[] {
  const sql = `${select} AND position IN (SELECT value FROM json_each(?))`
  const rows = all(project.db, countedRow, sql, set, JSON.stringify(positions)).map(counted)
  const byPosition = new Map(rows.map((image) => [image.position, image]))
  return withAmounts(
    project,
    set,
    positions.flatMap((position) => byPosition.get(position) ?? []),
  )
}
