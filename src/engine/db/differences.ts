/** @file The stored differences from the background, in blocks as the scores are. */
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { blockFrames } from '../../shared/count/types.ts'
import { withDatabaseErrors } from './database-error.ts'
import type { Project } from './handle.ts'
import { bytesOf, checkStored, float64Blob } from './rows.ts'
import { type RunShape, runShapes } from './shapes.ts'

const blockRows = z.array(z.tuple([z.int(), float64Blob]))

/**
 * Gathers the differences of a run's block that is being filled, beside its scores. Positions that
 * come without are not known, NaN.
 */
export class DifferenceWriter {
  readonly #db: Database
  readonly #run: number
  /** The shapes that the run was made with, in their order. */
  readonly #shapes: readonly number[]
  /** `[shapes, blockFrames]` */
  readonly #pixels: Float64Array
  #position: number
  #isKnown = false

  /** Goes on at `position`. */
  constructor(project: Project, run: number, position: number) {
    this.#db = project.db
    this.#run = run
    this.#shapes = runShapes(project, run)
      .filter((shape) => !shape.approximate)
      .map(({ id }) => id)
    this.#pixels = new Float64Array(this.#shapes.length * blockFrames).fill(Number.NaN)
    this.#position = position
    if (position % blockFrames > 0) this.#resume()
  }

  /** Takes the pixels of each shape at the next position; undefined where nobody has looked. */
  append(pixels: Float64Array | undefined): void {
    const offset = this.#position % blockFrames
    if (offset === 0) {
      this.#pixels.fill(Number.NaN)
      this.#isKnown = false
    }
    if (pixels) {
      this.#isKnown = true
      for (const [shape, count] of pixels.entries())
        this.#pixels[shape * blockFrames + offset] = count
    }
    this.#position += 1
  }

  /** Stores the block of the latest position as far as it goes, inside the caller's transaction. */
  store(): void {
    if (!this.#isKnown) return
    const block = Math.floor((this.#position - 1) / blockFrames)
    const frames = this.#position - block * blockFrames
    const statement = this.#db.prepare(
      `INSERT INTO difference VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET pixels = excluded.pixels`,
    )
    for (const [i, shape] of this.#shapes.entries()) {
      const own = this.#pixels.subarray(i * blockFrames, i * blockFrames + frames)
      statement.run(this.#run, shape, block, bytesOf(own))
    }
  }

  /** Reads back the block that was stored in part. */
  #resume(): void {
    const block = Math.floor(this.#position / blockFrames)
    for (const [i, shape] of this.#shapes.entries()) {
      const row = this.#db
        .prepare('SELECT pixels FROM difference WHERE run_id = ? AND shape_id = ? AND block = ?')
        .pluck()
        .get(this.#run, shape, block)
      if (row === undefined) continue
      this.#isKnown = true
      const frames = checkStored(this.#db, float64Blob, row)
      this.#pixels.set(frames.subarray(0, this.#position % blockFrames), i * blockFrames)
    }
  }
}

/**
 * The pixels of a run's shape that differ from the background, one a position, NaN where that is not
 * known; null where the run has none.
 */
export function loadDifferences(
  { db }: Project,
  run: number,
  shape: Pick<RunShape, 'id'>,
  positions: number,
): Float64Array | null {
  const blocks = withDatabaseErrors(db.name, () =>
    db
      .prepare('SELECT block, pixels FROM difference WHERE run_id = ? AND shape_id = ?')
      .raw()
      .all(run, shape.id),
  )
  if (blocks.length === 0) return null
  const pixels = new Float64Array(positions).fill(Number.NaN)
  for (const [block, bytes] of checkStored(db, blockRows, blocks)) {
    const from = block * blockFrames
    if (from < positions) pixels.set(bytes.subarray(0, positions - from), from)
  }
  return pixels
}
