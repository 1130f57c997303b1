/** @file What the first pass writes down about each frame. */
import { AV_FRAME_FLAG_INTERLACED, AV_NOPTS_VALUE } from 'node-av/constants'
import type { Frame } from 'node-av/lib'
import { FrameChecksum } from './checksum.ts'
import type { TapeIndex } from './types.ts'

/** Collects one line per frame, in output order. Whoever makes one disposes of it. */
export class FrameNotes implements Disposable {
  readonly #checksum = new FrameChecksum()
  readonly #nominalDuration: number
  readonly #pts: number[] = []
  readonly #checksums: number[] = []
  readonly #seekPoints: number[] = []
  #lastDuration = 0
  #interlaced = false

  /** `nominalDuration`: of a frame, in units of the time base; for frames that do not tell. */
  constructor(nominalDuration: number) {
    this.#nominalDuration = nominalDuration
  }

  get frames(): number {
    return this.#pts.length
  }

  /** True when at least one frame is flagged as interlaced. */
  get interlaced(): boolean {
    return this.#interlaced
  }

  /** From the first frame to the end of the last one, in units of the time base. */
  get duration(): number {
    return (this.#pts.at(-1) ?? 0) - (this.#pts[0] ?? 0) + this.#lastDuration
  }

  add(frame: Frame, isSeekPoint: boolean): void {
    if (this.frames === 0 || isSeekPoint) this.#seekPoints.push(this.frames)
    if (frame.flags & AV_FRAME_FLAG_INTERLACED) this.#interlaced = true
    this.#pts.push(this.#ascending(timestamp(frame)))
    this.#checksums.push(this.#checksum.of(frame))
    this.#lastDuration = Number(frame.duration) || this.#nominalDuration
  }

  #ascending(pts: number | null): number {
    const previous = this.#pts.at(-1)
    if (previous === undefined) return pts ?? 0
    if (pts === null) return previous + Math.max(1, this.#lastDuration)
    return pts > previous ? pts : previous + 1
  }

  columns(): Pick<TapeIndex, 'frames' | 'pts' | 'checksums' | 'seekPoints'> {
    return {
      frames: this.frames,
      pts: Float64Array.from(this.#pts),
      checksums: Uint32Array.from(this.#checksums),
      seekPoints: Uint32Array.from(this.#seekPoints),
    }
  }

  [Symbol.dispose](): void {
    this.#checksum[Symbol.dispose]()
  }
}

/** A frame's presentation time in units of the stream's time base; null where nothing tells. */
export function timestamp(frame: Frame): number | null {
  const pts = frame.bestEffortTimestamp
  return pts === AV_NOPTS_VALUE ? null : Number(pts)
}
