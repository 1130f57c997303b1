/** @file Scores as they lie in the database: blocks of frames, for one shape and one cut each. */
import type { Database } from 'better-sqlite3'
import { blockFrames, cutCount } from '../../shared/count/types.ts'
import { bytesOf, checkStored, float64Blob } from './rows.ts'

export interface BlockAt {
  run: number
  shape: number
  cut: number
  block: number
}

/** A function that stores one block; an equal key is written over. */
export function blockWriter(db: Database): (at: BlockAt, sums: Float64Array) => void {
  const statement = db.prepare(
    `INSERT INTO score VALUES (@run, @shape, @cut, @block, @sums)
     ON CONFLICT DO UPDATE SET sums = excluded.sums`,
  )
  return (at, sums) => {
    statement.run({ ...at, sums: bytesOf(sums) })
  }
}

/** One block, or undefined where there is none. */
export function readBlock(db: Database, at: BlockAt): Float64Array | undefined {
  const sums = db
    .prepare(
      `SELECT sums FROM score
       WHERE run_id = @run AND shape_id = @shape AND cut = @cut AND block = @block`,
    )
    .pluck()
    .get(at)
  return sums === undefined ? undefined : checkStored(db, float64Blob, sums)
}

/**
 * The first `frames` sums of a shape at a cut into one array; undefined where some are missing.
 */
export function readSums(
  db: Database,
  { run, shape, cut }: Omit<BlockAt, 'block'>,
  frames: number,
): Float64Array | undefined {
  const blocks = db
    .prepare('SELECT sums FROM score WHERE run_id = ? AND shape_id = ? AND cut = ? ORDER BY block')
    .pluck()
    .iterate(run, shape, cut)
  const sums = new Float64Array(frames)
  let filled = 0
  for (const bytes of blocks) {
    const block = checkStored(db, float64Blob, bytes).subarray(0, frames - filled)
    sums.set(block, filled)
    filled += block.length
  }
  return filled === frames ? sums : undefined
}

/**
 * Stores a shape's sums `[cuts, frames]` from position `start` on, which begins a block, inside the
 * caller's transaction.
 */
export function writeSums(
  db: Database,
  { run, shape }: Pick<BlockAt, 'run' | 'shape'>,
  sums: Float64Array,
  start = 0,
): void {
  const write = blockWriter(db)
  const frames = sums.length / cutCount
  for (let cut = 0; cut < cutCount; cut++)
    for (let from = 0; from < frames; from += blockFrames) {
      const to = Math.min(from + blockFrames, frames)
      const block = sums.subarray(cut * frames + from, cut * frames + to)
      write({ run, shape, cut, block: (start + from) / blockFrames }, block)
    }
}
