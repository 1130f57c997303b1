/** @file Long work on the thread that also answers everybody else. */
import { setImmediate } from 'node:timers/promises'
import { throwIfCancelled } from '../shared/errors.ts'

/** Long enough to be worth it, short enough for those who wait for something else. */
const stretchMs = 20

/**
 * Returns what long work calls between its steps: it lets others have their turn when the work has
 * gone on for a while, and throws when it was cancelled meanwhile. `what` is the work, for people.
 */
export function takeTurns(signal: AbortSignal | undefined, what: string): () => Promise<void> {
  let rested = performance.now()
  return async () => {
    if (performance.now() - rested < stretchMs) return
    await setImmediate()
    throwIfCancelled(signal, what)
    rested = performance.now()
  }
}
