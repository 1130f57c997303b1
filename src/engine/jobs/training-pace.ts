/** @file How far all parts of a training are together, and how long they will still take. */
import type { JobProgress } from '../../shared/progress.ts'
import type { PlannedPart } from './training-parts.ts'

type Timed = Pick<PlannedPart, 'name' | 'iterations'>

const iterationsOf = (parts: readonly Timed[]): number =>
  parts.reduce((sum, { iterations }) => sum + iterations, 0)

/** Turns the progress of the parts, one after the other, into that of all. */
export class TrainingPace {
  readonly #ask: () => readonly Timed[]
  readonly #now: () => number
  #parts: readonly Timed[]
  /** Of the part under way: -1 before the first one. */
  #at = -1
  #begunAt = 0
  /** The part's first report, against which its speed is taken: steps of an earlier run are not. */
  #first: { done: number; at: number } | null = null
  /** Iterations a second; 0 = not known yet. */
  #rate = 0
  /** Seconds from the beginning of a part to its first iteration. */
  #fixed = 0
  #done = 0

  /**
   * @param parts all of them, in their order; asked whenever one begins, as a trial may change the last
   * @param now seconds of any clock
   */
  constructor(parts: () => readonly Timed[], now = () => performance.now() / 1000) {
    this.#ask = parts
    this.#parts = parts()
    this.#now = now
  }

  /** A part begins, or goes on. */
  begin(name: string): void {
    this.#parts = this.#ask()
    this.#at = this.#parts.findIndex((part) => part.name === name)
    this.#begunAt = this.#now()
    this.#first = null
    this.#done = iterationsOf(this.#parts.slice(0, this.#at))
  }

  /** Progress of a stage, its iterations counted over all parts, its time left that of the whole training. */
  whole(progress: JobProgress): JobProgress {
    const total = iterationsOf(this.#parts)
    if (progress.unit !== 'iterations')
      return { ...progress, etaSeconds: this.#secondsLeft(total, progress.etaSeconds) }
    this.#measure(progress.done)
    this.#done = iterationsOf(this.#parts.slice(0, this.#at)) + progress.done
    const etaSeconds = this.#secondsLeft(total, 0)
    return { ...progress, done: this.#done, total, rate: this.#rate, etaSeconds }
  }

  #measure(done: number): void {
    const at = this.#now()
    if (!this.#first) {
      this.#first = { done, at }
      this.#fixed = at - this.#begunAt
    } else if (done > this.#first.done && at > this.#first.at)
      this.#rate = (done - this.#first.done) / (at - this.#first.at)
  }

  /** 0 as long as nobody knows. */
  #secondsLeft(total: number, before: number): number {
    if (this.#rate === 0) return 0
    const toCome = this.#parts.length - 1 - this.#at
    return before + (total - this.#done) / this.#rate + toCome * this.#fixed
  }
}
