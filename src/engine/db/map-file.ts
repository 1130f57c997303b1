/** @file The file of a run's probability maps: chunks of frames, deflated. */
import { mkdirSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { openWritable } from './connection.ts'
import type { Project } from './handle.ts'
import { mapsFile, mapsFolder } from './layout.ts'
import { blob } from './rows.ts'

/** Frames in one chunk: so many small maps, or as many as fit in a mebibyte. */
export function chunkFrames({ width, height }: { width: number; height: number }): number {
  return Math.max(1, Math.min(64, Math.floor(2 ** 20 / (width * height))))
}

export const chunkRow = z.object({
  /** Position of the first frame in the run. */
  first: z.int(),
  width: z.int(),
  height: z.int(),
  /** `[frames, height, width]`, one byte a pixel, deflated. */
  maps: blob,
})

export type Chunk = z.output<typeof chunkRow>

export function openMapsForWriting(project: Project, run: number): Database {
  mkdirSync(mapsFolder(project.dir), { recursive: true })
  const db = openWritable(mapsFile(project.dir, run), { create: true })
  db.exec(
    `CREATE TABLE IF NOT EXISTS chunk (
       first INTEGER PRIMARY KEY,
       width INTEGER NOT NULL,
       height INTEGER NOT NULL,
       maps BLOB NOT NULL
     ) STRICT`,
  )
  return db
}
