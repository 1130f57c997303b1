/**
 * @file Thumbnails of a project that were made before, in a database in its cache folder: up to a
 * million small files would be slow to list and large on the disk. It may be deleted at any time.
 */
import { mkdirSync, rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { z } from 'zod'
import { openWritable } from './connection.ts'
import { cacheFolder, thumbnailsFile } from './layout.ts'
import { blob } from './rows.ts'

export interface ThumbnailKey {
  /** Tells the picture, whatever its frame: tape, geometry, size. */
  view: string
  frame: number
}

/** What is deleted at a time when there is too much, so that it is not at every one. */
const percentToDrop = 20

/** Others may write to it at the same time; nobody waits longer for what can be made again. */
const busyMs = 50

const count = z.int()
const jpegRow = z.object({ jpeg: blob })

function openAt(dir: string): Database.Database {
  mkdirSync(cacheFolder(dir), { recursive: true })
  const db = openWritable(thumbnailsFile(dir), { create: true })
  // Lost with the power: made again.
  db.pragma('synchronous = OFF')
  db.pragma(`busy_timeout = ${busyMs}`)
  db.exec(
    `CREATE TABLE IF NOT EXISTS thumbnail (
       view TEXT NOT NULL,
       frame INTEGER NOT NULL,
       jpeg BLOB NOT NULL,
       used_at INTEGER NOT NULL,
       PRIMARY KEY (view, frame)
     ) STRICT;
     CREATE INDEX IF NOT EXISTS thumbnail_by_use ON thumbnail (used_at)`,
  )
  return db
}

/** Opens the cache; a damaged one begins anew. Undefined where there can be none. */
function tryToOpen(dir: string): Database.Database | undefined {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      return openAt(dir)
    } catch (error) {
      const isDamaged = error instanceof Database.SqliteError && /CORRUPT|NOTADB/.test(error.code)
      if (!isDamaged) return undefined
      for (const suffix of ['', '-wal', '-shm'])
        rmSync(thumbnailsFile(dir) + suffix, { force: true })
    }
  }
  return undefined
}

/** Never in the way: where a disk is full or read-only there simply are no thumbnails kept. */
export class ThumbnailCache {
  readonly #db: Database.Database | undefined

  constructor(dir: string) {
    this.#db = tryToOpen(dir)
  }

  get({ view, frame }: ThumbnailKey): Uint8Array | undefined {
    return this.#quietly((db) => {
      const row = db
        .prepare('SELECT jpeg FROM thumbnail WHERE view = ? AND frame = ?')
        .get(view, frame)
      if (row === undefined) return undefined
      db.prepare('UPDATE thumbnail SET used_at = ? WHERE view = ? AND frame = ?').run(
        Date.now(),
        view,
        frame,
      )
      return jpegRow.parse(row).jpeg
    })
  }

  /** Keeps a thumbnail, and drops those that were not used for the longest beyond `mostBytes`. */
  add({ view, frame }: ThumbnailKey, jpeg: Uint8Array, mostBytes: number): void {
    this.#quietly((db) => {
      db.prepare('INSERT OR REPLACE INTO thumbnail VALUES (?, ?, ?, ?)').run(
        view,
        frame,
        jpeg,
        Date.now(),
      )
      if (usedBytes(db) <= mostBytes) return
      db.prepare(
        `DELETE FROM thumbnail WHERE (view, frame) IN (
           SELECT view, frame FROM thumbnail ORDER BY used_at
           LIMIT max(1, (SELECT count(*) FROM thumbnail) * ${percentToDrop} / 100))`,
      ).run()
    })
  }

  close(): void {
    this.#db?.close()
  }

  #quietly<Result>(work: (db: Database.Database) => Result): Result | undefined {
    try {
      return this.#db && work(this.#db)
    } catch (error) {
      if (error instanceof Database.SqliteError || error instanceof z.ZodError) return undefined
      throw error
    }
  }
}

/** Of the file, without pages that are free for what comes next. */
function usedBytes(db: Database.Database): number {
  const pragma = (name: string): number => count.parse(db.pragma(name, { simple: true }))
  return (pragma('page_count') - pragma('freelist_count')) * pragma('page_size')
}
