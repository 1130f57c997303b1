import { contract, type Workbench } from '../../../shared/contract.ts'
import { AppError, toAppError } from '../../../shared/errors.ts'
import { type Client, connect } from '../../../shared/rpc-connect.ts'
import type { Transport } from '../../../shared/transport.ts'
import { Store } from './store.ts'

export type EngineClient = Client<Workbench>

export type EngineState =
  | { status: 'connecting' }
  | { status: 'open'; client: EngineClient }
  | { status: 'lost'; error: AppError }

function lost(): EngineState {
  const hint = 'Nothing that was saved is lost. Connect again to go on.'
  return { status: 'lost', error: new AppError('disconnected', 'the engine has stopped', hint) }
}

/** The connection to the engine, across its losses. */
export class EngineStore extends Store<EngineState> {
  readonly #openTransport: () => Promise<Transport>

  constructor(openTransport: () => Promise<Transport>) {
    super({ status: 'connecting' })
    this.#openTransport = openTransport
  }

  /** Connects, at first and after a loss. Failures become the state. */
  async open(): Promise<void> {
    this.set({ status: 'connecting' })
    try {
      const client = connect(await this.#openTransport(), contract)
      client.onClosed(() => this.set(lost()))
      this.set({ status: 'open', client })
    } catch (error) {
      this.set({ status: 'lost', error: toAppError(error) })
    }
  }
}
