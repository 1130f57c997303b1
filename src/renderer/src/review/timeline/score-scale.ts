/**
 * @file How high a score is drawn. Heights go by the square root: the threshold, a tenth of what a whole
 * person scores, is then high enough to be taken hold of.
 */

export interface ScoreScale {
  /** The score at the top. */
  top: number
  /** Height of the drawing in pixels; its room above keeps marks free. */
  height: number
  room: number
}

/** The scale of a region: its highest score and twice its threshold both fit. */
export function scoreScale(highest: number, threshold: number, height: number): ScoreScale {
  return { top: Math.max(highest, 2 * threshold, 1), height, room: 8 }
}

/** Pixels from the top. */
export function toY(score: number, { top, height, room }: ScoreScale): number {
  return height - Math.sqrt(Math.min(1, Math.max(0, score) / top)) * (height - room)
}

/** The score at a height, as a number that reads well: whole from 10 on. */
export function toScore(y: number, { top, height, room }: ScoreScale): number {
  const share = Math.min(1, Math.max(0, (height - y) / (height - room)))
  return rounded(share * share * top)
}

export function rounded(score: number): number {
  return score >= 10 ? Math.round(score) : Math.round(score * 10) / 10
}

/** The next threshold by a key: a twentieth on, and one pixel at least (a tenth of one below 10). */
export function stepped(threshold: number, steps: number): number {
  const step = threshold >= 10 ? Math.max(1, threshold / 20) : 0.1
  return Math.max(0, rounded(threshold + steps * step))
}
