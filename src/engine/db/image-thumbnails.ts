/** @file Very small pictures of images, kept so that each is decoded once. */
import { z } from 'zod'
import { type Project, write } from './handle.ts'
import type { FrameAt } from './masks.ts'
import { blob, first } from './rows.ts'

const row = z.object({ thumbnail: blob.nullable() })

export function loadThumbnail({ db }: Project, { source, frame }: FrameAt): Uint8Array | null {
  const sql = 'SELECT thumbnail FROM image WHERE source_id = ? AND position = ?'
  return first(db, row, sql, source, frame)?.thumbnail ?? null
}

export function saveThumbnails(
  project: Project,
  thumbnails: readonly { source: number; position: number; thumbnail: Uint8Array }[],
): void {
  write(project, (db) => {
    const update = db.prepare('UPDATE image SET thumbnail = ? WHERE source_id = ? AND position = ?')
    for (const { source, position, thumbnail } of thumbnails)
      update.run(thumbnail, source, position)
  })
}
