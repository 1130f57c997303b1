/** @file Stores what inference yields, so that a kill at any moment loses about a second. */

import { AppError } from '../../shared/errors.ts'
import { blockFrames, cutCount } from '../count/types.ts'
import type { FrameResult } from '../infer/types.ts'
import { type Project, write } from './handle.ts'
import { MapWriter } from './map-writer.ts'
import { getRun, type Run } from './runs.ts'
import { blockWriter, readBlock } from './score-blocks.ts'
import { runShapes } from './shapes.ts'

/** How much work a kill may lose. */
const commitMs = 1000

/**
 * Appends the results of a run from position `run.done` on, in order. Whoever opens it ends it, with
 * `close` or, after an error, with `abandon`.
 *
 * Rows do not depend on when they were stored: a block that was stored in part is completed when the
 * run goes on, and written over.
 */
export class RunWriter {
  readonly #project: Project
  readonly #run: number
  readonly #shapes: readonly number[]
  readonly #maps: MapWriter
  /** `[shapes, cuts, blockFrames]` of the block that is being filled. */
  readonly #block: Float64Array
  /** The next position, and the first one that is not stored. */
  #position: number
  #stored: number
  #storedAt = performance.now()

  /** Opens the run for its next position. */
  constructor(project: Project, run: number) {
    const { done } = getRun(project, run)
    this.#project = project
    this.#run = run
    this.#shapes = runShapes(project, run)
      .filter((shape) => !shape.approximate)
      .map((shape) => shape.id)
    this.#position = done
    this.#stored = done
    this.#block = new Float64Array(this.#shapes.length * cutCount * blockFrames)
    this.#maps = new MapWriter(project, run, done)
    try {
      this.#loadBlock()
      write(project, (db) =>
        db.prepare(`UPDATE run SET state = 'running', finished_at = NULL WHERE id = ?`).run(run),
      )
    } catch (error) {
      this.abandon()
      throw error
    }
  }

  /**
   * Takes the result of the next position; about once a second all that was taken is stored.
   * @throws AppError `disk-full`: nothing is lost, `flush` again or `abandon`
   */
  append({ position, sums, map }: FrameResult): void {
    const blockIsFull = this.#position % blockFrames === 0
    if (blockIsFull && this.#position > this.#stored) this.flush()
    if (position !== this.#position || sums.length !== this.#shapes.length * cutCount)
      throw new AppError(
        'internal',
        `run ${this.#run} was given position ${position} with ${sums.length} sums, it expected ` +
          `position ${this.#position} with ${this.#shapes.length * cutCount}`,
      )
    const offset = position % blockFrames
    for (const [series, sum] of sums.entries()) this.#block[series * blockFrames + offset] = sum
    this.#maps.append(map)
    this.#position += 1
    if (performance.now() - this.#storedAt >= commitMs) this.flush()
  }

  /** Stores what was taken so far; when it returns, it is on the disk. */
  flush(): void {
    // Maps first: they may be ahead of the scores, never behind.
    this.#maps.flush()
    const now = performance.now()
    write(this.#project, (db) => {
      if (this.#position > this.#stored) this.#storeBlock()
      db.prepare('UPDATE run SET done = ?, seconds = seconds + ? WHERE id = ?').run(
        this.#position,
        (now - this.#storedAt) / 1000,
        this.#run,
      )
    })
    this.#stored = this.#position
    this.#storedAt = now
  }

  /** Stores the rest, ends the run in this state and says how it stands. */
  close(state: Exclude<Run['state'], 'running'>): Run {
    const run = getRun(this.#project, this.#run)
    try {
      if (state === 'done' && this.#position < run.frames)
        throw new AppError(
          'internal',
          `run ${run.id} was ended as done after ${this.#position} of ${run.frames} frames`,
        )
      this.flush()
      write(this.#project, (db) =>
        db
          .prepare('UPDATE run SET state = ?, finished_at = ? WHERE id = ?')
          .run(state, new Date().toISOString(), this.#run),
      )
    } finally {
      this.#maps.close()
    }
    return getRun(this.#project, this.#run)
  }

  /** Lets go without storing anything more, as after a full disk; the run can go on later. */
  abandon(): void {
    this.#maps.close()
  }

  #loadBlock(): void {
    const block = Math.floor(this.#position / blockFrames)
    for (const [series, at] of this.#series().entries()) {
      const stored = readBlock(this.#project.db, { ...at, block })
      const known = this.#position % blockFrames
      if (stored) this.#block.set(stored.subarray(0, known), series * blockFrames)
    }
  }

  /** Stores the block of the latest position, as far as it goes. */
  #storeBlock(): void {
    const { db } = this.#project
    const put = blockWriter(db)
    const block = Math.floor((this.#position - 1) / blockFrames)
    const frames = this.#position - block * blockFrames
    for (const [series, at] of this.#series().entries()) {
      const from = series * blockFrames
      put({ ...at, block }, this.#block.subarray(from, from + frames))
    }
    db.prepare('UPDATE run_shape SET scored = ? WHERE run_id = ? AND approximate = 0').run(
      this.#position,
      this.#run,
    )
  }

  /** What each row of the block belongs to. */
  #series(): { run: number; shape: number; cut: number }[] {
    return this.#shapes.flatMap((shape) =>
      Array.from({ length: cutCount }, (_, cut) => ({ run: this.#run, shape, cut })),
    )
  }
}
