/** @file Pictures of a tape by frame number. */
import { AppError, throwIfCancelled } from '../../shared/errors.ts'
import { type LongWork, progressMeter } from '../../shared/progress.ts'
import type { FrameCursor } from './frame-cursor.ts'
import { PicturePipe } from './picture-pipe.ts'
import { PictureRing } from './picture-ring.ts'
import { defaultThreads } from './threads.ts'
import type { FrameReader, Picture, ReaderOptions, TapeIndex, TapeInfo } from './types.ts'

/** Joins a cursor, which knows the frames, and a pipe, which makes pictures of them. */
export class PictureReader implements FrameReader {
  readonly #index: TapeIndex
  readonly #cursor: FrameCursor
  readonly #pipe: PicturePipe
  readonly #ring = new PictureRing()
  /** The work in progress: decoder and graph serve one picture at a time. */
  #turn: Promise<unknown> = Promise.resolve()
  #closing: Promise<void> | null = null

  /** `info` may differ from the index's own in how frames become pictures (`decoding`). */
  constructor(info: TapeInfo, index: TapeIndex, cursor: FrameCursor, options: ReaderOptions) {
    this.#index = index
    this.#cursor = cursor
    this.#pipe = new PicturePipe(info, options.filters, options.threads ?? defaultThreads())
  }

  async read(frame: number, signal?: AbortSignal): Promise<Picture> {
    return this.#inTurn(frame, this.#ring, signal)
  }

  /** While the caller works on one picture, the next is already being made. */
  async *frames(list: readonly number[], work: LongWork = {}): AsyncGenerator<Picture> {
    checkAscending(list)
    const { signal } = work
    const progress = progressMeter('read', list.length, 'frames', work.onProgress)
    // Not the ring of single reads: those may come at any time and would take a picture's place.
    using ring = new PictureRing()
    let ahead = this.#ahead(list[0], ring, signal)
    try {
      for (let done = 1; ahead; done++) {
        throwIfCancelled(signal, 'reading frames')
        const picture = await ahead
        ahead = this.#ahead(list[done], ring, signal)
        yield picture
        progress(done)
      }
    } finally {
      await ahead?.catch(() => {})
    }
  }

  #ahead(
    frame: number | undefined,
    ring: PictureRing,
    signal: AbortSignal | undefined,
  ): Promise<Picture> | null {
    if (frame === undefined) return null
    const picture = this.#inTurn(frame, ring, signal)
    // It may fail while the caller is busy; the caller hears of it when asking for the picture.
    picture.catch(() => {})
    return picture
  }

  #inTurn(frame: number, ring: PictureRing, signal?: AbortSignal): Promise<Picture> {
    if (this.#closing) throw new TypeError('a reader was used after it was closed')
    const picture = this.#turn.then(() => this.#picture(frame, ring, signal))
    this.#turn = picture.catch(() => {})
    return picture
  }

  async #picture(frame: number, ring: PictureRing, signal?: AbortSignal): Promise<Picture> {
    const pts = this.#index.pts[frame]
    if (pts === undefined) throw noSuchFrame(frame, this.#index)
    await this.#filter(frame, signal)
    const { filtered } = this.#pipe
    const { width, height } = filtered
    return { frame, pts, width, height, data: ring.copy(filtered) }
  }

  /** Feeds the pipe until the picture of `frame` has come out of it. */
  async #filter(frame: number, signal?: AbortSignal): Promise<void> {
    const lastFrame = this.#index.frames - 1
    const { context, last } = this.#pipe
    const goesOn = last >= frame - context && last < frame + context
    // The first frame has no neighbour before it, and must not find another frame in its place.
    if (!goesOn && frame < context) await this.#pipe.end()
    let made: number | null = null
    for (
      let next = goesOn ? last + 1 : Math.max(0, frame - context);
      made !== frame && next <= Math.min(lastFrame, frame + context);
      next++
    )
      made = await this.#pipe.push(await this.#cursor.frame(next, signal), next)
    if (made !== frame) made = await this.#pipe.end()
    if (made !== frame) throw new AppError('internal', `frame ${frame} was lost in the filters`)
  }

  close(): Promise<void> {
    this.#closing ??= this.#release()
    return this.#closing
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #release(): Promise<void> {
    await this.#turn
    this.#ring[Symbol.dispose]()
    this.#pipe[Symbol.dispose]()
    await this.#cursor[Symbol.asyncDispose]()
  }
}

function checkAscending(list: readonly number[]): void {
  for (let i = 1; i < list.length; i++)
    if ((list[i] ?? 0) <= (list[i - 1] ?? 0))
      throw new TypeError(`frames must ascend, but ${list[i]} follows ${list[i - 1]}`)
}

function noSuchFrame(frame: number, { frames, info }: TapeIndex): AppError {
  return new AppError(
    'no-such-frame',
    `${info.path} has no frame ${frame}; its frames are 0 to ${frames - 1}`,
    'Frames are counted from 0.',
  )
}
