/** @file What the desktop shell does for the engine in a process of its own; see shared/host-lane.ts. */
import { AppError } from '../shared/errors.ts'
import { type FromShell, fromShellSchema, type ToShell } from '../shared/host-lane.ts'
import { laneOf } from '../shared/lanes.ts'
import { PortChannel } from './compute/port-channel.ts'
import type { ComputeChannel } from './compute/types.ts'
import type { ParentLink } from './parent-link.ts'

export interface ShellServices {
  /**
   * Starts a script for computing as a utility process; null where this process can and has to start
   * its own. https://www.electronjs.org/docs/latest/api/utility-process: only main forks them.
   */
  startCompute: ((script: string) => ComputeChannel) | null
  /** Moves a file or folder into the system's trash. Throws `no-trash`. */
  trash(path: string): Promise<void>
  /** The shell ends and asks the engine to close. */
  onClose(listener: () => void): void
}

function noTrash(path: string, reason: string): AppError {
  return new AppError(
    'no-trash',
    `${path} could not be moved to the trash: ${reason}`,
    'Delete the folder in your file manager.',
  )
}

class ShellLink implements ShellServices {
  readonly startCompute: ShellServices['startCompute']
  readonly #send: (message: ToShell) => void
  readonly #computes = new Map<number, PortChannel>()
  readonly #trashing = new Map<number, (error: string | null) => void>()
  readonly #closeListeners: (() => void)[] = []
  #nextId = 0

  constructor(link: ParentLink) {
    const lane = laneOf(link, 'host')
    this.#send = (message) => lane.send(message)
    this.startCompute = link.onPorts ? (script) => this.#start(script) : null
    lane.onMessage((raw) => this.#receive(fromShellSchema.parse(raw)))
    link.onPorts?.((raw, [port]) => {
      // The lane has told of the message; here are the ports that came with it.
      const message = fromShellSchema.parse(Reflect.get(Object(raw), 'value'))
      if (message.t === 'compute-port' && port)
        this.#computes.get(message.id)?.connect(port, message.processId)
    })
  }

  async trash(path: string): Promise<void> {
    const id = this.#nextId++
    const error = await new Promise<string | null>((resolve) => {
      this.#trashing.set(id, resolve)
      this.#send({ t: 'trash', id, path })
    })
    if (error !== null) throw noTrash(path, error)
  }

  onClose(listener: () => void): void {
    this.#closeListeners.push(listener)
  }

  #start(script: string): ComputeChannel {
    const id = this.#nextId++
    const channel = new PortChannel(() => this.#send({ t: 'end-compute', id }))
    this.#computes.set(id, channel)
    this.#send({ t: 'start-compute', id, script })
    return channel
  }

  #receive(message: FromShell): void {
    if (message.t === 'trashed') {
      this.#trashing.get(message.id)?.(message.error)
      this.#trashing.delete(message.id)
    } else if (message.t === 'compute-ended') {
      const { exitCode, lastLines } = message
      this.#computes.get(message.id)?.end({ exitCode, signal: null, lastLines })
      this.#computes.delete(message.id)
    } else if (message.t === 'close') {
      for (const listener of this.#closeListeners) listener()
    }
  }
}

/** The services of the shell at the other end of a link. */
export function shellServices(link: ParentLink): ShellServices {
  return new ShellLink(link)
}
