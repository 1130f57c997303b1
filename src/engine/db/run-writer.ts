/** @file Stores what inference yields, so that a kill at any moment loses about a second. */
import { AppError } from '../../shared/errors.ts'
import type { FrameResult } from '../infer/types.ts'
import { DifferenceWriter } from './differences.ts'
import { type Project, requireWriter, write } from './handle.ts'
import { MapWriter } from './map-writer.ts'
import { getRun, type Run } from './runs.ts'
import { ScoreWriter } from './score-writer.ts'

/** How much work a kill may lose. */
const commitMs = 1000

/**
 * Takes the results of a run from position `run.done` on, in order. Whoever opens it ends it, with
 * `close` or, after an error, with `abandon`. A run that goes on ends with the same rows as one that
 * was never interrupted.
 */
export class RunWriter {
  readonly #project: Project
  readonly #run: Run
  readonly #scores: ScoreWriter
  readonly #differences: DifferenceWriter
  readonly #maps: MapWriter
  /** The next position, and the first one that is not stored. */
  #position: number
  #stored: number
  #storedAt = performance.now()

  /** @throws AppError `no-such-run`, `read-only`, `disk-full`, `project-damaged` */
  constructor(project: Project, run: number) {
    requireWriter(project)
    this.#project = project
    this.#run = getRun(project, run)
    this.#position = this.#run.done
    this.#stored = this.#run.done
    this.#scores = new ScoreWriter(project, run, this.#position)
    this.#differences = new DifferenceWriter(project, run, this.#position)
    this.#maps = new MapWriter(project, run, this.#position)
    try {
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
  append({ position, sums, map, changed }: FrameResult): void {
    if (this.#scores.isFull && this.#position > this.#stored) this.flush()
    if (position !== this.#position)
      throw new AppError(
        'internal',
        `run ${this.#run.id} was given position ${position}, it expected ${this.#position}`,
      )
    this.#scores.append(sums)
    this.#differences.append(changed)
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
      if (this.#position > this.#stored) {
        this.#scores.store()
        this.#differences.store()
      }
      const seconds = (now - this.#storedAt) / 1000
      db.prepare('UPDATE run SET done = ?, seconds = seconds + ? WHERE id = ?').run(
        this.#position,
        seconds,
        this.#run.id,
      )
    })
    this.#stored = this.#position
    this.#storedAt = now
  }

  /** Stores the rest, ends the run in this state and says how it stands. */
  close(state: Exclude<Run['state'], 'running'>): Run {
    const { id, frames } = this.#run
    try {
      if (state === 'done' && this.#position < frames)
        throw new AppError(
          'internal',
          `run ${id} was ended as done after ${this.#position} of ${frames} frames`,
        )
      this.flush()
      write(this.#project, (db) =>
        db
          .prepare('UPDATE run SET state = ?, finished_at = ? WHERE id = ?')
          .run(state, new Date().toISOString(), id),
      )
    } finally {
      this.#maps.close()
    }
    return getRun(this.#project, id)
  }

  /** Lets go without storing anything more, as after a full disk; the run can go on later. */
  abandon(): void {
    this.#maps.close()
  }
}
