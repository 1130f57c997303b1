/** @file One connection to a camera, as the user wished it: kept up, and told of, until it is stopped. */
import type { LiveState } from '../../shared/contract/live.ts'
import { type AppError, toAppError } from '../../shared/errors.ts'
import { withoutSecrets } from '../../shared/live-address.ts'
import type { LivePicture } from '../../shared/live-picture.ts'
import type { Engine } from '../engine.ts'
import { BackOff, pause } from './back-off.ts'
import { LiveCounts } from './live-counts.ts'
import { type LiveSetup, liveSetup } from './live-setup.ts'
import type { LiveNews } from './types.ts'

export interface LiveListener {
  /** Something besides numbers has changed. */
  changed(): void
  picture(): void
  /** A recording lies in a file. */
  recorded(path: string, frames: number): void
}

/** Losses that may pass by themselves. */
const passing: readonly string[] = ['camera-unreachable', 'camera-lost', 'compute-crashed']

const seconds = (): number => performance.now() / 1000

export class LiveSession {
  readonly live: number
  readonly ended: Promise<void>
  picture: LivePicture | null = null
  readonly #engine: Engine
  readonly #address: string
  readonly #listener: LiveListener
  readonly #stop = new AbortController()
  /** Ends the connection under way, after which another is made. */
  #round = new AbortController()
  readonly #counts = new LiveCounts()
  #sums: Float64Array | null = null
  #setup: LiveSetup | null = null
  #state: Omit<LiveState, keyof LiveCounts['state'] | 'regions'>
  #connectedAt: number | null = null
  #wasConnected = false
  #recordingSince = 0
  /** Counts the pictures shown, across connections. */
  #shown = 0

  constructor(engine: Engine, live: number, address: string, listener: LiveListener) {
    this.#engine = engine
    this.#address = address
    this.#listener = listener
    this.live = live
    this.#state = {
      ...{ live, address: withoutSecrets(address), status: 'connecting', error: null },
      ...{ camera: null, model: '', device: null, picture: null },
      ...{ recording: null, recorded: null },
    }
    this.ended = this.#keepUp()
  }

  get state(): LiveState {
    const isThere = this.#state.status === 'connected'
    const regions = isThere && this.#sums ? (this.#setup?.regions(this.#sums) ?? []) : []
    return { ...this.#state, ...this.#counts.state, regions }
  }

  /** Ends the connection; what is being recorded is finished. */
  async stop(): Promise<void> {
    this.#stop.abort()
    await this.ended
  }

  /** Connects anew, as when the project has changed how it looks at its camera. */
  renew(): void {
    this.#round.abort()
  }

  /** Into a file of this name, to which an ending is added. Throws `no-camera`, what the disk says. */
  async record(path: string): Promise<void> {
    const file = await this.#engine.compute.run('recordLive', { live: this.live, path })
    this.#recordingSince = seconds()
    this.#set({ recording: { file, frames: 0, seconds: 0 } })
  }

  async endRecording(): Promise<void> {
    const ended = await this.#engine.compute.run('endRecordLive', { live: this.live })
    if (ended) this.#endRecording(ended.path, ended.frames)
  }

  /** Says which job makes a tape of what was recorded last. */
  isRead(file: string, job: number | null): void {
    const { recorded } = this.#state
    if (recorded?.file === file) this.#set({ recorded: { ...recorded, job } })
  }

  #set(changes: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...changes }
    this.#listener.changed()
  }

  async #keepUp(): Promise<void> {
    const backOff = new BackOff()
    const { signal } = this.#stop
    while (!signal.aborted) {
      this.#round = new AbortController()
      const round = this.#round.signal
      const error = await this.#connect(AbortSignal.any([signal, round]))
      const wasThere = this.#connectedAt === null ? 0 : seconds() - this.#connectedAt
      // A process that was ended could not say that the file is all there is.
      const { recording } = this.#state
      if (recording) this.#endRecording(recording.file, recording.frames)
      this.#lose()
      if (signal.aborted) break
      if (round.aborted) {
        this.#set({ status: 'connecting', error: null })
        continue
      }
      const status = this.#wasConnected && passing.includes(error.code) ? 'reconnecting' : 'failed'
      this.#set({ status, error: error.toJSON() })
      if (status === 'failed') return
      await pause(backOff.next(wasThere * 1000), signal)
    }
    this.#set({ status: 'stopped', error: null })
  }

  /** Why the connection has ended. */
  async #connect(signal: AbortSignal): Promise<AppError> {
    try {
      const setup = await liveSetup(this.#engine)
      this.#setup = setup
      this.#state = { ...this.#state, model: setup.model }
      const task = { ...setup.task, live: this.live, address: this.#address }
      const onData = (news: LiveNews): void => this.#take(news)
      await this.#engine.compute.run('live', task, { signal, onData })
      return toAppError(new Error('the camera has ended without a reason'))
    } catch (error) {
      return toAppError(error)
    }
  }

  #take(news: LiveNews): void {
    if (news.t === 'connected') {
      this.#connectedAt = seconds()
      this.#wasConnected = true
      this.#set({ status: 'connected', error: null, camera: news.camera, device: news.device })
    } else if (news.t === 'recorded') this.#endRecording(news.path, news.frames)
    else this.#show(news)
  }

  #show({ delay, seen, sums, jpeg, map, recorded }: LiveNews & { t: 'picture' }): void {
    this.#counts.look(seen, delay)
    this.#sums = sums
    const number = ++this.#shown
    this.picture = { number, jpeg, map }
    const { recording } = this.#state
    const since = seconds() - this.#recordingSince
    this.#state = {
      ...this.#state,
      picture: number,
      recording: recording && {
        ...recording,
        frames: recorded ?? recording.frames,
        seconds: since,
      },
    }
    this.#listener.picture()
  }

  #endRecording(path: string, frames: number): void {
    this.#set({ recording: null, recorded: { file: path, frames, job: null } })
    this.#listener.recorded(path, frames)
  }

  /** The connection is gone, and with it what was measured of it. */
  #lose(): void {
    this.#connectedAt = null
    this.#counts.reset()
    this.#sums = null
    this.picture = null
    this.#state = { ...this.#state, picture: null, recording: null }
  }
}
