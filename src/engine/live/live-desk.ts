/** @file The camera of an open project: one connection at a time, and what pages hear of it. */
import { randomUUID } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { LiveState } from '../../shared/contract/live.ts'
import { AppError, toAppError } from '../../shared/errors.ts'
import { parseLiveAddress } from '../../shared/live-address.ts'
import type { LivePicture } from '../../shared/live-picture.ts'
import { recordingsFolder } from '../db/layout.ts'
import type { Engine } from '../engine.ts'
import { LiveSession } from './live-session.ts'

/** How often pages hear of numbers. */
const tellEveryMs = 250

/** Makes a tape of a file, and says which job does. */
export type OnRecorded = (path: string) => number

/** What a change of means that a camera is looked at in another way. */
const partsInView: readonly string[] = ['recipe', 'regions', 'model']

export class LiveDesk {
  readonly #engine: Engine
  readonly #tell: (state: LiveState) => void
  #session: LiveSession | null = null
  #next = 1
  #timer: NodeJS.Timeout | undefined
  #onRecorded: OnRecorded | null = null
  #isClosing = false
  readonly #waiting = new Set<() => void>()

  /** `engine` is for nothing else: its process ends with the connection. */
  constructor(engine: Engine, tell: (state: LiveState) => void) {
    this.#engine = engine
    this.#tell = tell
  }

  get state(): LiveState | null {
    return this.#session?.state ?? null
  }

  /** Connects, in the place of the connection before. Throws `bad-address`. */
  async start(address: string, onRecorded: OnRecorded): Promise<number> {
    parseLiveAddress(address)
    await this.stop()
    this.#onRecorded = onRecorded
    const live = this.#next++
    const session = new LiveSession(this.#engine, live, address, {
      changed: () => this.#tellNow(),
      picture: () => this.#wake(),
      recorded: (path, frames) => void this.#keep(session, path, frames),
    })
    this.#session = session
    this.#timer = setInterval(() => this.#tellNow(), tellEveryMs).unref()
    void session.ended.then(() => this.#rest(session))
    this.#tellNow()
    return live
  }

  /** Ends the connection, if there is one; the state stays, to say so. */
  async stop(): Promise<void> {
    await this.#session?.stop()
  }

  /** Throws `no-camera`, and what the disk says. */
  async record(on: boolean): Promise<void> {
    const session = this.#session
    if (session?.state.status !== 'connected')
      throw new AppError('no-camera', 'no camera is connected', 'Connect to one first.')
    if (!on) return session.endRecording()
    if (session.state.recording) return
    const folder = recordingsFolder(this.#engine.project.dir)
    await mkdir(folder, { recursive: true }).catch((error: unknown) => {
      throw toAppError(error, folder)
    })
    const time = new Date().toISOString().slice(0, 19).replaceAll(':', '-')
    await session.record(join(folder, `camera ${time} ${randomUUID().slice(0, 4)}`))
  }

  /** The latest picture, once it is another than `after`; null when the signal is aborted before. */
  async nextPicture(after: number, signal: AbortSignal): Promise<LivePicture | null> {
    for (;;) {
      const picture = this.#session?.picture
      if (picture && picture.number !== after) return picture
      if (signal.aborted) return null
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.#waiting.delete(wake)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        this.#waiting.add(wake)
        signal.addEventListener('abort', wake, { once: true })
      })
    }
  }

  /** A camera is looked at through another recipe, network or regions: the connection is made anew. */
  projectChanged(parts: readonly string[]): void {
    if (parts.some((part) => partsInView.includes(part))) this.#session?.renew()
  }

  async close(): Promise<void> {
    this.#isClosing = true
    await this.stop()
    clearInterval(this.#timer)
    await this.#engine.compute.close()
  }

  #tellNow(): void {
    const { state } = this
    if (state) this.#tell(state)
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake()
  }

  /** Nothing is to be told or computed any more. */
  #rest(session: LiveSession): void {
    if (this.#session !== session) return
    clearInterval(this.#timer)
    this.#tellNow()
    void this.#engine.compute.close()
  }

  /** Makes a tape of what was recorded; of nothing, nothing stays. */
  async #keep(session: LiveSession, path: string, frames: number): Promise<void> {
    if (frames === 0) await rm(path, { force: true })
    else if (!this.#isClosing) session.isRead(path, this.#onRecorded?.(path) ?? null)
  }
}
