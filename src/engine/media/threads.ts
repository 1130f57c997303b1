/** @file How many threads FFmpeg gets. */
import { availableParallelism } from 'node:os'

/** More threads than this decode hardly faster, and each holds frames in memory. */
const MOST_THREADS = 8

/** Threads for decoding and filtering when the caller has no wish of its own. */
export function defaultThreads(): number {
  return Math.min(availableParallelism(), MOST_THREADS)
}
