/** @file The frames that somebody has to look at again, as a CSV table. */
import { clockOf } from './counted.ts'
import { type CsvCell, csv } from './csv.ts'

/** A frame with a flag, or one about which count and reviewer differ. */
export interface FlaggedFrame {
  frame: number
  seconds: number
  /** Null where the frame as a whole is flagged. */
  region: string | null
  why: 'flagged' | 'missed' | 'counted wrongly'
  score: number | null
  threshold: number | null
}

/** One row a frame and reason, by frame. */
export function flaggedCsv(frames: readonly FlaggedFrame[], startTime: string | null): string {
  const clock = clockOf(startTime)
  const rows = frames.map(({ frame, seconds, region, why, score, threshold }): CsvCell[] => [
    frame,
    Math.round(seconds * 1e6) / 1e6,
    clock(seconds),
    region,
    why,
    score,
    threshold,
  ])
  return csv(['frame', 'seconds', 'time', 'region', 'why', 'score', 'threshold'], rows)
}
