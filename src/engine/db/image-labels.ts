/** @file The masks of an image set, without their pixels. */
import { z } from 'zod'
import type { Project } from './handle.ts'
import { type ImageSet, imageColumns, imageRow, type StoredImage } from './image-set-rows.ts'
import { all, first } from './rows.ts'

const labelRow = z.object({ frame: z.int(), version: z.int(), sha256: z.string() })

/** Which mask an image has: equal masks have equal hashes. */
export type ImageLabel = z.output<typeof labelRow>

/** The latest masks of a set's images, by position; images without one are not in it. */
export function imageLabels({ db }: Project, set: number): Map<number, ImageLabel> {
  const labels = all(
    db,
    labelRow,
    `SELECT frame, version, sha256 FROM mask AS latest
     WHERE source_id = ? AND pixels IS NOT NULL AND version =
       (SELECT max(version) FROM mask WHERE source_id = latest.source_id AND frame = latest.frame)`,
    set,
  )
  return new Map(labels.map((label) => [label.frame, label]))
}

/** The mask of one image; undefined where it has none. */
export function imageLabel({ db }: Project, set: number, position: number): ImageLabel | undefined {
  const label = first(
    db,
    labelRow.extend({ sha256: z.string().nullable() }),
    `SELECT frame, version, sha256 FROM mask WHERE source_id = ? AND frame = ?
     ORDER BY version DESC LIMIT 1`,
    set,
    position,
  )
  return label?.sha256 ? { ...label, sha256: label.sha256 } : undefined
}

/** An image of a set; undefined where it has none of this position. */
export function findImage({ db }: Project, set: number, position: number): StoredImage | undefined {
  const sql = `SELECT ${imageColumns} FROM image WHERE source_id = ? AND position = ?`
  return first(db, imageRow, sql, set, position)
}

const amountRow = z.object({ annotated: z.int(), splits: z.string().nullable() })

/** How many images of a set are annotated, and the names of its parts. */
export function amountsOf({ db }: Project, { id }: ImageSet) {
  const { annotated = 0, splits = null } =
    first(
      db,
      amountRow,
      `SELECT count(*) FILTER (WHERE annotated = 1 OR EXISTS (
         SELECT 1 FROM mask WHERE mask.source_id = image.source_id AND frame = position)) AS annotated,
         (SELECT json_group_array(split) FROM
           (SELECT DISTINCT split FROM image WHERE source_id = @id AND split IS NOT NULL ORDER BY split))
         AS splits
       FROM image WHERE source_id = @id`,
      { id },
    ) ?? {}
  return { annotated, splits: z.array(z.string()).parse(JSON.parse(splits ?? '[]')) }
}
