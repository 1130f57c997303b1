/** @file What the page asks for below /bytes/, on its way to the engine. */
import { bytesFailure } from '../shared/bytes-link.ts'
import { toAppError } from '../shared/errors.ts'
import { requestHeader } from '../shared/shell-bridge.ts'
import type { Engine } from './engine.ts'

/**
 * Forwards requests. Electron does not tell when a page gives a request up, so that the page names
 * those that it may give up, and says so itself (https://github.com/electron/electron/blob/main/lib/browser/api/protocol.ts
 * makes the Request without a signal).
 */
export class PageRequests {
  readonly #engine: Engine
  readonly #named = new Map<string, AbortController>()

  constructor(engine: Engine) {
    this.#engine = engine
  }

  /** Answers 503 where the engine has stopped, 499 where the page has given up. */
  async forward(request: Request): Promise<Response> {
    const name = request.headers.get(requestHeader)
    const controller = new AbortController()
    if (name !== null) this.#named.set(name, controller)
    try {
      return await this.#engine.ask(request, controller.signal)
    } catch (error) {
      return bytesFailure(toAppError(error).code === 'cancelled' ? 499 : 503, error)
    } finally {
      if (name !== null) this.#named.delete(name)
    }
  }

  cancel(name: string): void {
    this.#named.get(name)?.abort()
  }
}
