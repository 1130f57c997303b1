/** @file Frames that the user wants to come back to. */
import { z } from 'zod'
import { type Project, write } from './handle.ts'
import type { FrameAt } from './masks.ts'
import { all } from './rows.ts'

const flagRow = z.object({ source: z.int(), frame: z.int() }) satisfies z.ZodType<FrameAt>

/** The flagged frames by source and frame. */
export function listFlags(project: Project): FrameAt[] {
  const sql = 'SELECT source_id AS source, frame FROM frame_flag ORDER BY source_id, frame'
  return all(project.db, flagRow, sql)
}

export function setFlag(project: Project, { source, frame }: FrameAt, flagged: boolean): void {
  write(project, (db) => {
    if (flagged)
      db.prepare('INSERT INTO frame_flag VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(
        source,
        frame,
        new Date().toISOString(),
      )
    else db.prepare('DELETE FROM frame_flag WHERE source_id = ? AND frame = ?').run(source, frame)
  })
}
