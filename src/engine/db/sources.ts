/** @file The tapes of a project, folders of images that are read as tapes included. */
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import type { TapeIndex, TapeInfo } from '../media/types.ts'
import { insertFrameIndex } from './frame-indexes.ts'
import { type Project, write } from './handle.ts'
import { all, first, json } from './rows.ts'

const ratio = z.object({ num: z.number(), den: z.number() })

const tapeInfoSchema = z.object({
  kind: z.enum(['tape', 'images']),
  path: z.string(),
  container: z.string(),
  codec: z.string(),
  pixelFormat: z.string(),
  width: z.number(),
  height: z.number(),
  codedWidth: z.number(),
  codedHeight: z.number(),
  framesPerSecond: z.number(),
  timeBase: ratio,
  decoding: z.object({
    rotation: z.literal([0, 90, 180, 270]),
    mirrored: z.boolean(),
    sampleAspectRatio: ratio,
    deinterlace: z.enum(['flagged', 'never']),
    matrix: z.string(),
    range: z.enum(['limited', 'full']),
  }),
}) satisfies z.ZodType<TapeInfo>

const sourceSchema = z.object({
  id: z.int(),
  kind: z.enum(['tape', 'images']),
  path: z.string(),
  sizeBytes: z.int(),
  sha256: z.string(),
  /** Wall-clock time of frame 0, ISO 8601; null where the user did not give it. */
  startTime: z.string().nullable(),
  info: json(tapeInfoSchema),
  frames: z.int(),
  /** What a truncated or damaged tape lacks; null when it is whole. */
  problem: z.string().nullable(),
})

export type Source = z.output<typeof sourceSchema>

const select = `SELECT id, kind, path, size_bytes AS sizeBytes, sha256, start_time AS startTime, info,
  frames, problem FROM source
  WHERE kind <> 'live' AND id NOT IN (SELECT source_id FROM image_set)`

/** The tapes of the project; its sets of pictures are `listImageSets`. */
export function listSources(project: Project): Source[] {
  return all(project.db, sourceSchema, `${select} ORDER BY id`)
}

/** @throws AppError `no-such-tape` that lists those there are */
export function getSource(project: Project, id: number): Source {
  const source = first(project.db, sourceSchema, `${select} AND id = ?`, id)
  if (source) return source
  const ids = listSources(project).map((other) => other.id)
  throw new AppError(
    'no-such-tape',
    `the project has no tape ${id}`,
    ids.length > 0 ? `Its tapes are ${ids.join(', ')}.` : 'Add one with `maskbench tape add`.',
  )
}

/**
 * Adds a tape with its frame index.
 * @throws AppError `tape-exists` when the project has a tape with the same bytes
 */
export function addSource(project: Project, index: TapeIndex, startTime: string | null): Source {
  const { info, sizeBytes, sha256, frames, problem } = index
  return write(project, (db) => {
    const same = first(project.db, sourceSchema, `${select} AND sha256 = ?`, sha256)
    if (same)
      throw new AppError(
        'tape-exists',
        `${info.path} is in the project already, as tape ${same.id} (${same.path})`,
        'Add another tape, or use `maskbench tape relink` when it has moved.',
      )
    const { lastInsertRowid } = db
      .prepare(
        `INSERT INTO source (kind, path, size_bytes, sha256, start_time, info, frames, problem, added_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        info.kind,
        info.path,
        sizeBytes,
        sha256,
        startTime,
        JSON.stringify(info),
        frames,
        problem,
        new Date().toISOString(),
      )
    const id = Number(lastInsertRowid)
    insertFrameIndex(db, id, index)
    return getSource(project, id)
  })
}

/** Says where a tape lies now; that it is the same tape (its SHA-256) is the caller's to check. */
export function relinkSource(project: Project, id: number, path: string): Source {
  return write(project, (db) => {
    const info: TapeInfo = { ...getSource(project, id).info, path }
    db.prepare('UPDATE source SET path = ?, info = ? WHERE id = ?').run(
      path,
      JSON.stringify(info),
      id,
    )
    return getSource(project, id)
  })
}

export function setStartTime(project: Project, id: number, startTime: string | null): void {
  write(project, (db) =>
    db.prepare('UPDATE source SET start_time = ? WHERE id = ?').run(startTime, id),
  )
}
