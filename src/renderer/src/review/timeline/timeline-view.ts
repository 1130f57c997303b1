/** @file Which part of the tape the timelines show. All of them show the same one. */
import { Store } from '../../state/store.ts'

/** Positions of the run, not whole ones: position p covers p … p + 1. */
export interface Span {
  from: number
  to: number
}

/** Fewest positions across a timeline: single frames are then wide apart. */
const fewest = 8

export const lengthOf = ({ from, to }: Span): number => to - from

/** The span as it may be: not beyond the tape, and not too short. */
export function clampSpan({ from, to }: Span, positions: number): Span {
  const length = Math.min(Math.max(to - from, fewest), Math.max(positions, 1))
  const start = Math.min(Math.max(0, from), Math.max(0, positions - length))
  return { from: start, to: start + length }
}

/** Zooms by a factor (more than 1 = closer); the position `at` stays where it is. */
export function zoomSpan(span: Span, at: number, factor: number, positions: number): Span {
  const least = fewest / lengthOf(span)
  const most = positions / lengthOf(span)
  const ratio = Math.min(Math.max(1 / factor, least), Math.max(least, most))
  return clampSpan(
    { from: at - (at - span.from) * ratio, to: at + (span.to - at) * ratio },
    positions,
  )
}

export function panSpan({ from, to }: Span, by: number, positions: number): Span {
  return clampSpan({ from: from + by, to: to + by }, positions)
}

/** Moves as little as it takes to show a position; one that is far away goes to the middle. */
export function spanShowing(span: Span, position: number, positions: number): Span {
  const length = lengthOf(span)
  const margin = Math.min(length / 20, 20)
  const [low, high] = [span.from + margin, span.to - margin]
  const middle = position + 0.5
  if (middle >= low && middle <= high) return span
  const beyond = middle < low ? middle - low : middle - high
  const by = Math.abs(beyond) < length / 4 ? beyond : middle - (span.from + span.to) / 2
  return panSpan(span, by, positions)
}

export const toX = (position: number, { from, to }: Span, width: number): number =>
  ((position - from) / (to - from)) * width

export const toPosition = (x: number, { from, to }: Span, width: number): number =>
  from + (x / Math.max(1, width)) * (to - from)

/** The span that the timelines show, and what moves it. */
export class TimelineView extends Store<Span> {
  #positions = 0
  #isFitted = true

  constructor() {
    super({ from: 0, to: 1 })
  }

  get positions(): number {
    return this.#positions
  }

  get isFitted(): boolean {
    return this.#isFitted
  }

  /** A run with more positions than before stays shown whole where it was. */
  setPositions(positions: number): void {
    if (positions === this.#positions) return
    this.#positions = positions
    if (this.#isFitted) this.fit()
    else this.#move(this.get())
  }

  fit(): void {
    this.#move({ from: 0, to: Math.max(1, this.#positions) })
  }

  zoomAt(at: number, factor: number): void {
    this.#move(zoomSpan(this.get(), at, factor, this.#positions))
  }

  /** By a share of what is shown. */
  panByShare(share: number): void {
    this.panBy(share * lengthOf(this.get()))
  }

  panBy(positions: number): void {
    this.#move(panSpan(this.get(), positions, this.#positions))
  }

  /** Shows a stretch with some room at its sides. */
  showStretch(first: number, last: number): void {
    const room = Math.max((last + 1 - first) * 1.5, fewest)
    this.#move({ from: first - room, to: last + 1 + room })
  }

  reveal(position: number): void {
    this.#move(spanShowing(this.get(), position, this.#positions))
  }

  #move(span: Span): void {
    const next = clampSpan(span, this.#positions)
    this.#isFitted = lengthOf(next) >= this.#positions
    const { from, to } = this.get()
    if (from !== next.from || to !== next.to) this.set(next)
  }
}
