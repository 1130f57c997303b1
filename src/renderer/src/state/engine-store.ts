import { contract } from '../../../shared/contract.ts'
import { AppError, toAppError } from '../../../shared/errors.ts'
import { connect } from '../../../shared/rpc-connect.ts'
import type { Transport } from '../../../shared/transport.ts'
import { type EngineClient, LastingClient } from './lasting-client.ts'
import { Store } from './store.ts'

export type { EngineClient } from './lasting-client.ts'

export type EngineState =
  | { status: 'connecting' }
  /** `times`: how often the connection has been made, so that views know a new one from the old. */
  | { status: 'open'; client: EngineClient; times: number }
  /** `retrying`: it is tried again by itself. */
  | { status: 'lost'; error: AppError; retrying: boolean }

/** How long to wait before another attempt, by how many have failed. */
const retryDelaysMs: readonly number[] = [250, 500, 1000, 2000, 4000]

function lost(): AppError {
  const hint = 'Nothing that was saved is lost. Connect again to go on.'
  return new AppError('disconnected', 'the engine has stopped', hint)
}

export interface EngineOptions {
  /** Whether to connect again by itself after a loss; where not, the user does. */
  retry?: boolean
}

/** The connection to the engine, across its losses. Its client stays the same one. */
export class EngineStore extends Store<EngineState> {
  readonly client = new LastingClient()
  readonly #openTransport: () => Promise<Transport>
  readonly #retry: boolean
  #times = 0
  #failed = 0
  /** The attempt under way, by the clock or by the user: there is one at a time. */
  #opening: Promise<void> | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(openTransport: () => Promise<Transport>, { retry = false }: EngineOptions = {}) {
    super({ status: 'connecting' })
    this.#openTransport = openTransport
    this.#retry = retry
  }

  /** Whether there has been a connection, so that there is something to show. */
  get hasBeenOpen(): boolean {
    return this.#times > 0
  }

  /** Connects, at first and after a loss. Failures become the state. */
  open(): Promise<void> {
    clearTimeout(this.#timer)
    if (this.get().status === 'open') return Promise.resolve()
    this.#opening ??= this.#connect().finally(() => {
      this.#opening = null
    })
    return this.#opening
  }

  async #connect(): Promise<void> {
    if (this.#times === 0) this.set({ status: 'connecting' })
    try {
      const connection = connect(await this.#openTransport(), contract)
      connection.onClosed(() => this.#lose(lost()))
      this.client.adopt(connection)
      this.#failed = 0
      this.#times += 1
      this.set({ status: 'open', client: this.client, times: this.#times })
    } catch (error) {
      this.#lose(toAppError(error))
    }
  }

  #lose(error: AppError): void {
    this.client.release()
    const retrying = this.#retry && this.#times > 0
    this.set({ status: 'lost', error, retrying })
    if (!retrying) return
    const delay = retryDelaysMs[Math.min(this.#failed, retryDelaysMs.length - 1)]
    this.#failed += 1
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.open(), delay)
  }
}
