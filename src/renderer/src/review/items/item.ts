/** @file What is looked at one after the other: a frame in a region, and why. */
import type { Change, Doubt } from '../../../../shared/contract/reviews.ts'

interface Common {
  /** The same one as long as it is about the same. */
  key: string
  /** Id of the region. */
  region: number
  /** The frame that stands for it. */
  frame: number
}

export interface DoubtItem extends Common {
  kind: 'doubt'
  score: number
  why: Doubt['why']
}

export interface EventItem extends Common {
  kind: 'event'
  /** Positions of the run; both ends included. */
  first: number
  last: number
  /** The highest score in it. */
  peak: number
}

export interface ChangeItem extends Common {
  kind: 'change'
  /** Frames; both ends included. */
  first: number
  last: number
  /** What it is now; in the run before it was the other. */
  occupied: boolean
}

export type ReviewItem = DoubtItem | EventItem | ChangeItem

export const doubtItem = ({ region, frame, score, why }: Doubt): DoubtItem => ({
  ...{ kind: 'doubt', key: `doubt ${region} ${frame}`, region, frame, score, why },
})

/** Its middle frame stands for a stretch: at the ends old and new are closest to each other. */
export const changeItem = ({ region, first, last, occupied }: Change): ChangeItem => ({
  ...{ kind: 'change', key: `change ${region} ${first}`, region, first, last, occupied },
  frame: Math.floor((first + last) / 2),
})
