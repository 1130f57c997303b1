/** @file A compute process that the desktop shell has forked: the engine holds one end of a port. */
import type { ProcessPort } from '../parent-link.ts'
import type { ComputeChannel, FromCompute, ProcessEnd, ToCompute } from './types.ts'

/** Messages and listeners wait until the shell has brought the port. */
export class PortChannel implements ComputeChannel {
  readonly kill: () => void
  readonly #messageListeners: ((message: FromCompute) => void)[] = []
  readonly #endListeners: ((end: ProcessEnd) => void)[] = []
  #port: ProcessPort | null = null
  #waiting: ToCompute[] = []
  #processId: number | null = null
  #ended: ProcessEnd | null = null

  /** @param kill ends the process at once */
  constructor(kill: () => void) {
    this.kill = kill
  }

  get processId(): number | null {
    return this.#processId
  }

  connect(port: ProcessPort, processId: number | null): void {
    this.#port = port
    this.#processId = processId
    port.on('message', ({ data }) => {
      // The other end runs the same code.
      for (const listener of this.#messageListeners) listener(data as FromCompute)
    })
    port.start()
    for (const message of this.#waiting) port.postMessage(message)
    this.#waiting = []
  }

  /** The shell has seen the process end. */
  end(end: ProcessEnd): void {
    if (this.#ended) return
    this.#ended = end
    for (const listener of this.#endListeners) listener(end)
  }

  send(message: ToCompute): void {
    if (this.#port) this.#port.postMessage(message)
    else this.#waiting.push(message)
  }

  onMessage(listener: (message: FromCompute) => void): void {
    this.#messageListeners.push(listener)
  }

  onEnd(listener: (end: ProcessEnd) => void): void {
    this.#endListeners.push(listener)
  }

  /** The process ends when its port has closed. */
  disconnect(): void {
    if (this.#port) this.#port.close()
    else this.kill()
  }
}
