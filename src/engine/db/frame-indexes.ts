/** @file The stored index of a tape: what identifies each of its frames. */
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import type { TapeIndex } from '../media/types.ts'
import { restoreHint } from './database-error.ts'
import type { Project } from './handle.ts'
import { bytesOf, first, float64Blob, json, uint32Blob } from './rows.ts'
import type { Source } from './sources.ts'

/**
 * Stores the index of a new source, inside the transaction that adds it. Arrays are stored as they
 * are: 12 bytes a frame are little beside the scores, and opening needs no unpacking.
 */
export function insertFrameIndex(db: Database, source: number, index: TapeIndex): void {
  db.prepare('INSERT INTO frame_index VALUES (?, ?, ?, ?, ?)').run(
    source,
    bytesOf(index.pts),
    bytesOf(index.checksums),
    bytesOf(index.seekPoints),
    JSON.stringify(index.files),
  )
}

const row = z.object({
  pts: float64Blob,
  checksums: uint32Blob,
  seekPoints: uint32Blob,
  files: json(z.array(z.string())),
})

/** The index of a source, as the first pass over the tape made it. */
export function loadFrameIndex(project: Project, source: Source): TapeIndex {
  const stored = first(
    project.db,
    row,
    'SELECT pts, checksums, seek_points AS seekPoints, files FROM frame_index WHERE source_id = ?',
    source.id,
  )
  if (!stored)
    throw new AppError(
      'project-damaged',
      `the project has no frame index for tape ${source.id}`,
      restoreHint,
    )
  const { info, sizeBytes, sha256, frames, problem } = source
  return { info, sizeBytes, sha256, frames, problem, ...stored }
}

/** Seconds of each frame since frame 0 of the tape. */
export function frameSeconds({ pts, info: { timeBase } }: TapeIndex): Float64Array {
  const start = pts[0] ?? 0
  return pts.map((time) => ((time - start) * timeBase.num) / timeBase.den)
}

const spanRow = z.object({ first: float64Blob, last: float64Blob })

/** Seconds from the first frame of a tape to the last, without reading the whole index. */
export function secondsToLastFrame({ db }: Project, { id, info }: Source): number {
  const span = first(
    db,
    spanRow,
    `SELECT substr(pts, 1, 8) AS first, substr(pts, -8) AS last FROM frame_index
     WHERE source_id = ? AND length(pts) > 0`,
    id,
  )
  const [begin = 0, end = 0] = span ? [span.first[0], span.last[0]] : []
  return ((end - begin) * info.timeBase.num) / info.timeBase.den
}
