/** @file Hands results on in the order of their frames, in batches, however they were finished. */
import type { FrameResult } from './types.ts'

/** A batch is handed on at this size, or when its first result has waited so long. */
const batchSize = 16
const batchMs = 500

export class OrderedResults {
  readonly #emit: (batch: FrameResult[]) => Promise<void>
  readonly #report: (done: number) => void
  readonly #underWay: Promise<FrameResult>[] = []
  #batch: FrameResult[] = []
  #batchSince = 0
  #done = 0

  constructor(emit: (batch: FrameResult[]) => Promise<void>, report: (done: number) => void) {
    this.#emit = emit
    this.#report = report
  }

  /** How many results are awaited. */
  get underWay(): number {
    return this.#underWay.length
  }

  /** Appends the result of the next frame. */
  add(result: Promise<FrameResult>): void {
    // A failure is thrown when its turn comes; until then it is not unhandled.
    result.catch(() => {})
    this.#underWay.push(result)
  }

  /**
   * Waits for the result that is next in order and hands it on. Throws what its frame threw; what
   * comes after that frame is dropped, so that the series has no gap.
   */
  async takeFirst(): Promise<void> {
    const result = await this.#next()
    if (!result) return
    if (this.#batch.length === 0) this.#batchSince = performance.now()
    this.#batch.push(result)
    this.#report(++this.#done)
    const full = this.#batch.length >= batchSize
    if (full || performance.now() - this.#batchSince >= batchMs) await this.#flush()
  }

  /** Waits for all results; what was finished before a failure is handed on all the same. */
  async takeAll(): Promise<void> {
    try {
      while (this.#underWay.length > 0) await this.takeFirst()
    } finally {
      await this.#flush()
    }
  }

  async #next(): Promise<FrameResult | undefined> {
    try {
      return await this.#underWay.shift()
    } catch (error) {
      this.#underWay.length = 0
      throw error
    }
  }

  async #flush(): Promise<void> {
    const batch = this.#batch
    this.#batch = []
    if (batch.length > 0) await this.#emit(batch)
  }
}
