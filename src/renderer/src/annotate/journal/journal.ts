/**
 * @file The way of strokes to the disk: one after the other, each until the engine says that it has it.
 * Session and number make a stroke that is sent twice count once. What is not on the disk yet stays
 * in memory, packed, and never more than some megabytes of it: then painting has to wait.
 */

import { byteAddress } from '../../../../shared/byte-routes.ts'
import { AppError, type ErrorCode, toAppError } from '../../../../shared/errors.ts'
import { packStroke, type Stroke } from '../../../../shared/stroke.ts'
import { failureOf } from '../../state/bytes-failure.ts'
import { Store } from '../../state/store.ts'
import { keyOf, ofPicture } from './frame-place.ts'
import { type PaintedPlace, WaitingStroke } from './waiting-stroke.ts'

export interface JournalState {
  /** 'waiting' = the last attempt failed; it will be tried again. */
  status: 'saved' | 'saving' | 'waiting'
  /** Strokes that are not on the disk. */
  pending: number
  /** Why the last attempt failed. */
  problem: AppError | null
  /** Strokes that the engine will never take, such as those of another recipe. */
  refused: number
  /** Whether so much is in memory that nothing more should be painted. */
  isFull: boolean
}

export interface JournalOptions {
  /** Handle of the project as it is now: another one once the engine was started again. */
  project: () => string
  /** As the page's own `fetch`. */
  fetch: (address: string, init: RequestInit) => Promise<Response>
  session: string
  /** Waits before the attempts after a failure; the last one again and again. */
  retryMs?: readonly number[]
  /** What strokes, and the masks that have to stay with them, may take in memory before it is full. */
  mostBytes?: number
}

const defaultRetryMs = [250, 500, 1000, 2000, 4000]

/** Hours of painting: strokes of a brush take some hundred bytes while they wait, masks a byte a pixel. */
const defaultMostBytes = 256 * 1024 * 1024

/** Browsers take requests that outlive their page up to 64 KiB, all of them together. */
const largestKeptAlive = 48 * 1024

/** Failures that would come again however often a stroke is sent. */
const refusals: readonly ErrorCode[] = [
  'bad-mask',
  'mask-size-differs',
  'other-geometry',
  'no-such-frame',
  'no-such-tape',
  'bad-recipe',
]

export class Journal extends Store<JournalState> {
  readonly #options: JournalOptions
  readonly #queue: WaitingStroke[] = []
  readonly #waiters: { place: string; number: number; resolve: () => void }[] = []
  readonly #seen = new Set<string>()
  /** Strokes that wait, by their frame. */
  readonly #pending = new Map<string, number>()
  #number = 0
  #bytes = 0
  #sending = false
  #wake: (() => void) | null = null

  constructor(options: JournalOptions) {
    super({ status: 'saved', pending: 0, problem: null, refused: 0, isFull: false })
    this.#options = options
  }

  /** Takes a stroke and begins to send it. */
  append(place: PaintedPlace, stroke: Stroke): void {
    this.#number += 1
    this.#seen.add(keyOf(place))
    const entry = new WaitingStroke(place, stroke, this.#number)
    // The first one is sent at once; those behind it may wait for long.
    if (this.#queue.length > 0) entry.pack()
    this.#queue.push(entry)
    this.#count(entry, 1)
    const { status } = this.get()
    this.#tell({ status: status === 'saved' ? 'saving' : status })
    void this.#send()
  }

  /** Whether there was ever a stroke of a frame. */
  hasSeen(place: PaintedPlace): boolean {
    return this.#seen.has(keyOf(place))
  }

  /** Whether strokes of a frame are not on the disk yet. */
  isPending(place: PaintedPlace): boolean {
    return this.#pending.has(keyOf(place))
  }

  /** Ends once all strokes of a frame that were painted up to now are on the disk, or refused. */
  settled(place: PaintedPlace): Promise<void> {
    if (!this.isPending(place)) return Promise.resolve()
    return new Promise((resolve) => {
      this.#waiters.push({ place: keyOf(place), number: this.#number, resolve })
    })
  }

  /** Tries again at once: the engine is back, or the user asks for it. */
  retry(): void {
    this.#wake?.()
  }

  /** Puts the message about refused strokes away. */
  dismiss(): void {
    if (this.get().pending === 0) this.#tell({ problem: null, refused: 0 })
  }

  async #send(): Promise<void> {
    if (this.#sending) return
    this.#sending = true
    for (let entry = this.#queue[0]; entry; entry = this.#queue[0]) {
      const failure = await this.#attempt(entry)
      entry.attempts += 1
      if (failure === null || refusals.includes(failure.code)) this.#take(failure)
      else await this.#wait(entry, failure)
    }
    this.#sending = false
    this.#tell({ status: 'saved', ...(this.get().refused > 0 ? {} : { problem: null }) })
  }

  async #attempt({ place, stroke, number, attempts }: WaitingStroke): Promise<AppError | null> {
    const { project, session } = this.#options
    const { tape, frame, geometry } = place
    const at = { project: project(), tape, frame }
    const isOfSet = geometry === ofPicture
    const image = { project: project(), set: tape, position: frame }
    const address = isOfSet
      ? byteAddress.imageStrokes(image, session, number)
      : byteAddress.strokes(at, session, number, geometry)
    const body = packStroke(stroke)
    // A page that is reloaded right after a stroke still sends it.
    const keepalive = attempts === 0 && body.length <= largestKeptAlive
    try {
      const response = await this.#options.fetch(address, { method: 'POST', body, keepalive })
      return response.ok ? null : await failureOf(response)
    } catch (error) {
      const { message } = toAppError(error)
      return new AppError('disconnected', `the engine does not answer (${message})`)
    }
  }

  #take(failure: AppError | null): void {
    const taken = this.#queue.shift()
    if (taken) this.#count(taken, -1)
    const refused = this.get().refused + (failure ? 1 : 0)
    this.#tell({ status: 'saving', refused, ...(failure ? { problem: failure } : {}) })
    for (const waiter of [...this.#waiters]) {
      const isOpen = this.#queue.some(
        ({ place, number }) => keyOf(place) === waiter.place && number <= waiter.number,
      )
      if (isOpen) continue
      this.#waiters.splice(this.#waiters.indexOf(waiter), 1)
      waiter.resolve()
    }
  }

  /** Until the next attempt is due, or somebody asks for it. */
  async #wait(entry: WaitingStroke, problem: AppError): Promise<void> {
    this.#bytes += entry.pack()
    this.#tell({ status: 'waiting', problem })
    const waits = this.#options.retryMs ?? defaultRetryMs
    const ms = waits[Math.min(entry.attempts, waits.length) - 1] ?? 0
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#wake = null
  }

  /** Notes that a stroke has come or gone, and what that takes in memory. */
  #count({ place, bytes, maskBytes }: WaitingStroke, by: 1 | -1): void {
    const key = keyOf(place)
    const before = this.#pending.get(key) ?? 0
    const now = before + by
    if (now === 0) this.#pending.delete(key)
    else this.#pending.set(key, now)
    const mask = before === 0 || now === 0 ? maskBytes : 0
    this.#bytes += by * (bytes + mask)
  }

  #tell(change: Partial<JournalState>): void {
    const isFull = this.#bytes > (this.#options.mostBytes ?? defaultMostBytes)
    this.set({ ...this.get(), ...change, pending: this.#queue.length, isFull })
  }
}
