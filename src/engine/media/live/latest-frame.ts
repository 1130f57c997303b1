/** @file The latest frame of a camera: a later one takes its place, whether somebody has looked or not. */
import type { Frame } from 'node-av/lib'
import { throwIfCancelled } from '../../../shared/errors.ts'

export interface CapturedFrame {
  /** Whoever takes it frees it. */
  frame: Frame
  /** Of the frames that the camera sent, from 0. */
  number: number
  /** When it was captured, in seconds since 1970. */
  capturedAt: number
}

export class LatestFrame implements Disposable {
  readonly #signal: AbortSignal
  #latest: CapturedFrame | null = null
  #failure: unknown
  #wake = (): void => {}

  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  put(frame: CapturedFrame): void {
    this.#latest?.frame.free()
    this.#latest = frame
    this.#wake()
  }

  /** No more frames will come, and why. */
  fail(error: unknown): void {
    this.#failure = error
    this.#wake()
  }

  /** The latest frame that nobody has taken, once there is one. Throws why there will be none. */
  async take(): Promise<CapturedFrame> {
    for (;;) {
      throwIfCancelled(this.#signal, 'the camera')
      if (this.#failure !== undefined) throw this.#failure
      const latest = this.#latest
      this.#latest = null
      if (latest) return latest
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  [Symbol.dispose](): void {
    this.#latest?.frame.free()
    this.#latest = null
  }
}
