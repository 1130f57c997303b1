/** @file How long to wait before a camera that was lost is tried again. */
import { setTimeout as wait } from 'node:timers/promises'

const delaysMs: readonly number[] = [500, 1000, 2000, 4000, 8000, 15_000]

/** A camera that was there for so long was truly there: the next loss is a first one. */
const steadyMs = 10_000

export class BackOff {
  #failed = 0

  /** How long to wait now; `wasThereMs` is how long the camera was connected before. */
  next(wasThereMs: number): number {
    if (wasThereMs >= steadyMs) this.#failed = 0
    const delay = delaysMs[Math.min(this.#failed, delaysMs.length - 1)] ?? 0
    this.#failed += 1
    return delay
  }
}

/** Waits, or hears that nobody wants to wait any more. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => {})
}
