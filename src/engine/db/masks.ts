/** @file Masks: versions that never change; the latest of a frame is its label. */
import { createHash } from 'node:crypto'
import { deflateSync, inflateSync } from 'node:zlib'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import type { ClassMask } from '../../shared/mask.ts'
import { packMask } from '../../shared/mask-codec.ts'
import { valuesIn } from '../../shared/value-pixels.ts'
import { restoreHint } from './database-error.ts'
import { type Project, write } from './handle.ts'
import { insertAmounts } from './insert-amounts.ts'
import { all, blob, bytesOf, first } from './rows.ts'

export interface FrameAt {
  source: number
  frame: number
}

const labelRow = z.object({
  source: z.int(),
  frame: z.int(),
  version: z.int(),
  width: z.int(),
  height: z.int(),
  /** Of the recipe whose pixels these are, which may not be the one in use. */
  geometryHash: z.string(),
  sha256: z.string(),
  createdAt: z.string(),
})

/** A label without its pixels. */
export type Label = z.output<typeof labelRow>

const columns = `source_id AS source, frame, version, width, height, geometry_hash AS geometryHash,
  sha256, created_at AS createdAt`

/** The labels of the project's tapes by source and frame; those of image sets are theirs. */
export function listLabels(project: Project): Label[] {
  return all(
    project.db,
    labelRow,
    `SELECT ${columns} FROM mask AS latest
     WHERE pixels IS NOT NULL AND source_id NOT IN (SELECT source_id FROM image_set) AND version =
       (SELECT max(version) FROM mask WHERE source_id = latest.source_id AND frame = latest.frame)
     ORDER BY source_id, frame`,
  )
}

const latestRow = z.object({
  version: z.int(),
  sha256: z.string().nullable(),
  geometryHash: z.string().nullable(),
})

function latest(project: Project, { source, frame }: FrameAt) {
  return first(
    project.db,
    latestRow,
    `SELECT version, sha256, geometry_hash AS geometryHash FROM mask
     WHERE source_id = ? AND frame = ? ORDER BY version DESC LIMIT 1`,
    source,
    frame,
  )
}

/** The version of a frame's label; 0 where it has none. */
export function latestVersion(project: Project, at: FrameAt): number {
  const { version = 0, sha256 = null } = latest(project, at) ?? {}
  return sha256 === null ? 0 : version
}

/** The SHA-256 of a mask: equal masks have equal hashes. */
export const maskHash = (mask: ClassMask): string =>
  createHash('sha256').update(packMask(mask)).digest('hex')

/**
 * Stores a mask as the label of a frame and returns its version; a mask that is the label already
 * makes no new one. `geometryHash` is that of the recipe whose pixels it is in.
 */
export function saveMask(
  project: Project,
  at: FrameAt,
  mask: ClassMask,
  geometryHash: string,
): number {
  const sha256 = maskHash(mask)
  const pixels = deflateSync(mask.data)
  const amounts = valuesIn(mask)
  return write(project, (db) => {
    const before = latest(project, at)
    if (before?.sha256 === sha256 && before.geometryHash === geometryHash) return before.version
    const version = (before?.version ?? 0) + 1
    const { lastInsertRowid } = db
      .prepare(
        `INSERT INTO mask
           (source_id, frame, version, width, height, geometry_hash, sha256, pixels, created_at)
         VALUES (@source, @frame, @version, @width, @height, @geometryHash, @sha256, @pixels, @now)`,
      )
      .run({
        ...at,
        ...{ version, width: mask.width, height: mask.height, geometryHash, sha256, pixels },
        now: new Date().toISOString(),
      })
    insertAmounts(db, Number(lastInsertRowid), amounts)
    return version
  })
}

const maskRow = labelRow.extend({ pixels: blob })

/** A label with its pixels. */
export interface StoredMask extends Label {
  mask: ClassMask
}

/**
 * The label of a frame, or the given older version of it; undefined where there is none.
 * @throws AppError `project-damaged` when the pixels are not those that were stored
 */
export function loadMask(
  project: Project,
  at: FrameAt,
  version = latest(project, at)?.version,
): StoredMask | undefined {
  const stored = first(
    project.db,
    maskRow,
    `SELECT ${columns}, pixels FROM mask
     WHERE source_id = ? AND frame = ? AND version = ? AND pixels IS NOT NULL`,
    at.source,
    at.frame,
    version,
  )
  if (!stored) return undefined
  const { pixels, ...label } = stored
  return { ...label, mask: unpack(label, pixels) }
}

const currentRow = z.object({
  version: z.int(),
  sha256: z.string().nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
})

/** The label of a frame without its pixels; undefined where it has none. */
export function latestLabel(project: Project, { source, frame }: FrameAt) {
  const sql = `SELECT version, sha256, width, height FROM mask WHERE source_id = ? AND frame = ?
    ORDER BY version DESC LIMIT 1`
  const {
    version = 0,
    sha256,
    width,
    height,
  } = first(project.db, currentRow, sql, source, frame) ?? {}
  return sha256 && width && height ? { version, sha256, width, height } : undefined
}

/** The deflated pixels of a version of a frame's label; undefined where it is gone. */
export function deflatedMask(
  project: Project,
  { source, frame }: FrameAt,
  version: number,
): Uint8Array | undefined {
  const sql = `SELECT pixels FROM mask WHERE source_id = ? AND frame = ? AND version = ?
    AND pixels IS NOT NULL`
  return first(project.db, z.object({ pixels: blob }), sql, source, frame, version)?.pixels
}

function unpack({ frame, width, height, sha256 }: Label, pixels: Uint8Array): ClassMask {
  let cause: unknown
  try {
    const data = bytesOf(inflateSync(pixels, { maxOutputLength: width * height }))
    const mask: ClassMask = { width, height, data }
    if (maskHash(mask) === sha256) return mask
  } catch (error) {
    cause = error
  }
  throw new AppError(
    'project-damaged',
    `the stored mask of frame ${frame} is damaged`,
    restoreHint,
    { cause },
  )
}

/** Takes the label off a frame; its versions stay, and an undo saves one of them again. */
export function deleteMask(project: Project, at: FrameAt): void {
  write(project, (db) => {
    const before = latest(project, at)
    if (!before || before.sha256 === null) return
    db.prepare('INSERT INTO mask (source_id, frame, version, created_at) VALUES (?, ?, ?, ?)').run(
      at.source,
      at.frame,
      before.version + 1,
      new Date().toISOString(),
    )
  })
}
