/** @file What the Review screen says, as sentences. */
import { formatClock, parseStartTime } from '../../../shared/count/clock.ts'
import { timeText } from '../tape/time-text.ts'
import type { ReviewItem } from './items/item.ts'

/** `2.3 %`, `0.04 %`: two digits that say something, below ten. */
export function percent(share: number): string {
  const value = share * 100
  const digits = value >= 10 || value === 0 ? 0 : value >= 1 ? 1 : 2
  return `${value.toFixed(digits)} %`
}

/** `52 px`, `7.5 px`: of probability. */
export function score(value: number): string {
  return `${value >= 10 ? Math.round(value) : Math.round(value * 10) / 10} px`
}

/** What a region counts as in a frame; null = the network has not looked at it. */
export function stateWord(occupied: boolean | null): string {
  return occupied === null ? 'not looked at' : occupied ? 'occupied' : 'free'
}

/** Time of day where the tape's start is known, else time since its beginning. */
export function timeOf(seconds: number, startTime: string | null): string {
  if (startTime === null) return timeText(seconds).slice(0, -2)
  try {
    const { startMs } = parseStartTime(startTime)
    return formatClock(startMs + seconds * 1000, '').slice(11)
  } catch {
    return timeText(seconds)
  }
}

/** `12 frames, 0.8 s`. */
export function lengthText(frames: number, seconds: number): string {
  const time =
    seconds >= 60 ? `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s` : null
  const short = seconds >= 10 ? `${Math.round(seconds)} s` : `${seconds.toFixed(1)} s`
  return `${frames.toLocaleString('en')} ${frames === 1 ? 'frame' : 'frames'}, ${time ?? short}`
}

/** Why an item is in its list. */
export function whyOf(item: ReviewItem, threshold: number): string {
  if (item.kind === 'event') return `At most ${score(item.peak)} of a person`
  if (item.kind === 'change')
    return item.occupied ? 'Occupied now, free before' : 'Free now, occupied before'
  const isAbove = item.score > threshold
  switch (item.why) {
    case 'threshold':
      return `Score just ${isAbove ? 'above' : 'below'} the threshold`
    case 'flicker':
      return 'Flickers: the frames beside it say otherwise'
    case 'difference':
      return isAbove
        ? 'The network sees somebody, the picture is like the empty one'
        : 'The picture changed, but the network sees nobody'
  }
}
