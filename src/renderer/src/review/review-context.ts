import { createContext, useContext } from 'react'
import type { Tape } from '../../../shared/contract/state.ts'
import type { ReviewData, ReviewRegion } from './state/review-data.ts'
import type { ReviewSession } from './state/review-session.ts'

export interface ReviewDesk {
  session: ReviewSession
  data: ReviewData
  tape: Tape
  canWrite: boolean
  /** Seconds of each position since frame 0. */
  seconds: Float64Array
  /** The frame that is shown, and its place in the run: the nearest where it is not in its list. */
  frame: number
  position: number
  /** Whether the network has looked at the shown frame. */
  isInRun: boolean
  /** The region that keys are about. */
  region: ReviewRegion
  regionIndex: number
  /** Goes to a frame, perhaps of another region. */
  goTo(frame: number, region?: number): void
}

export const ReviewContext = createContext<ReviewDesk | null>(null)

/** What the parts of the Review screen work on. */
export function useReview(): ReviewDesk {
  const desk = useContext(ReviewContext)
  if (!desk) throw new Error('useReview is used outside of a review')
  return desk
}
