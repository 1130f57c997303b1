/** @file Lets messages through during long synchronous work. */
import { setImmediate } from 'node:timers/promises'
import { throwIfCancelled } from '../../shared/errors.ts'

/** Long enough to cost nothing, short enough that a cancel or a question is answered at once. */
const LONGEST_STRETCH_MS = 15

/**
 * A function to await between the steps of synchronous work: mostly it returns at once, but after
 * every few milliseconds it lets the event loop run, and it throws `cancelled` when the signal says so.
 */
export function pacer(signal: AbortSignal | undefined, what: string): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since >= LONGEST_STRETCH_MS) {
      await setImmediate()
      since = performance.now()
    }
    throwIfCancelled(signal, what)
  }
}
