/** @file Stores a run's scores, block by block. */
import type { Database } from 'better-sqlite3'
import { blockFrames, cutCount } from '../../shared/count/types.ts'
import { AppError } from '../../shared/errors.ts'
import { restoreHint } from './database-error.ts'
import type { Project } from './handle.ts'
import { blockWriter, readBlock } from './score-blocks.ts'
import { runShapes } from './shapes.ts'

/**
 * Gathers the block that is being filled. Rows do not depend on when they were stored: a block that
 * was stored in part is read back when the run goes on, and written over.
 */
export class ScoreWriter {
  readonly #db: Database
  readonly #run: number
  /** Shape and cut of each row of the block: those the run was made with, in their order. */
  readonly #series: readonly { shape: number; cut: number }[]
  /** `[series, blockFrames]` */
  readonly #sums: Float64Array
  #position: number

  /** Goes on at `position`. */
  constructor(project: Project, run: number, position: number) {
    this.#db = project.db
    this.#run = run
    this.#series = runShapes(project, run)
      .filter((shape) => !shape.approximate)
      .flatMap(({ id }) => Array.from({ length: cutCount }, (_, cut) => ({ shape: id, cut })))
    this.#sums = new Float64Array(this.#series.length * blockFrames)
    this.#position = position
    if (position % blockFrames > 0) this.#resume()
  }

  /** Whether the block has to be stored before the next position is taken. */
  get isFull(): boolean {
    return this.#position > 0 && this.#position % blockFrames === 0
  }

  /** Takes the sums `[shapes, cuts]` of the next position. */
  append(sums: Float64Array): void {
    if (sums.length !== this.#series.length)
      throw new AppError(
        'internal',
        `run ${this.#run} was given ${sums.length} sums, it expected ${this.#series.length}`,
      )
    const offset = this.#position % blockFrames
    for (const [series, sum] of sums.entries()) this.#sums[series * blockFrames + offset] = sum
    this.#position += 1
  }

  /** Stores the block of the latest position as far as it goes, inside the caller's transaction. */
  store(): void {
    const put = blockWriter(this.#db)
    const block = Math.floor((this.#position - 1) / blockFrames)
    const frames = this.#position - block * blockFrames
    for (const [series, at] of this.#series.entries()) {
      const from = series * blockFrames
      put({ ...at, run: this.#run, block }, this.#sums.subarray(from, from + frames))
    }
    this.#db
      .prepare('UPDATE run_shape SET scored = ? WHERE run_id = ? AND approximate = 0')
      .run(this.#position, this.#run)
  }

  /** Reads back the block that was stored in part. */
  #resume(): void {
    const block = Math.floor(this.#position / blockFrames)
    const frames = this.#position % blockFrames
    for (const [series, at] of this.#series.entries()) {
      const stored = readBlock(this.#db, { ...at, run: this.#run, block })
      if (!stored || stored.length < frames)
        throw new AppError(
          'project-damaged',
          `scores of run ${this.#run} are missing from the project`,
          restoreHint,
        )
      this.#sums.set(stored.subarray(0, frames), series * blockFrames)
    }
  }
}
