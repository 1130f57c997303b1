import type { LiveState } from '../../../shared/contract/live.ts'
import { type AppError, toAppError } from '../../../shared/errors.ts'
import type { EngineClient } from '../state/engine-store.ts'
import { Store } from '../state/store.ts'

export interface LiveView {
  /** Null = no camera was connected yet. */
  state: LiveState | null
  /** Whether the engine was asked for it. */
  isKnown: boolean
  /** Why what the user asked for last could not be done. */
  error: AppError | null
  /** Something the user asked for is under way. */
  isBusy: boolean
}

/** The camera of the open project, as the engine last told. */
export class LiveStore extends Store<LiveView> {
  readonly #client: EngineClient
  readonly #project: { handle: string; path: string }

  constructor(client: EngineClient, project: { handle: string; path: string }) {
    super({ state: null, isKnown: false, error: null, isBusy: false })
    this.#client = client
    this.#project = project
  }

  /** Keeps up with the engine. Returns the function that ends it. */
  follow(): () => void {
    const stop = this.#client.on('live.state', ({ path, state }) => {
      if (path === this.#project.path) this.#change({ state, isKnown: true })
    })
    this.#client.call('live.state', { project: this.#project.handle }).then(
      (state) => this.get().isKnown || this.#change({ state, isKnown: true }),
      (error: unknown) => this.#change({ error: toAppError(error), isKnown: true }),
    )
    return stop
  }

  connect(address: string): Promise<void> {
    return this.#do(() =>
      this.#client.call('live.start', { project: this.#project.handle, address }),
    )
  }

  disconnect(): Promise<void> {
    return this.#do(() => this.#client.call('live.stop', { project: this.#project.handle }))
  }

  record(on: boolean): Promise<void> {
    return this.#do(() => this.#client.call('live.record', { project: this.#project.handle, on }))
  }

  async #do(ask: () => Promise<unknown>): Promise<void> {
    this.#change({ isBusy: true, error: null })
    try {
      await ask()
      this.#change({ isBusy: false })
    } catch (error) {
      this.#change({ isBusy: false, error: toAppError(error) })
    }
  }

  #change(part: Partial<LiveView>): void {
    this.set({ ...this.get(), ...part })
  }
}
