/** @file The one engine behind all windows: started when it is needed, joined to pages and requests. */
import type { MessagePortMain } from 'electron'
import { type BytesCaller, createBytesCaller } from '../shared/bytes-link.ts'
import { laneOf } from '../shared/lanes.ts'
import type { Channel } from '../shared/transport.ts'
import { readEnvelope } from '../shared/transport-shared-link.ts'
import type { EngineProcess } from './engine-process.ts'
import { type ServedEngine, serveEngine } from './host-services.ts'

/** How long the engine may take to close its projects when the shell ends. */
const closePatienceMs = 3000

interface RunningEngine {
  process: EngineProcess
  pages: Channel<unknown>
  bytes: BytesCaller
  services: ServedEngine
  ended: Promise<void>
}

const closed = { t: 'closed' } as const

function wrap(process: EngineProcess): RunningEngine {
  const bytes = createBytesCaller(laneOf(process.link, 'bytes'))
  const services = serveEngine(process)
  const ended = new Promise<void>((resolve) =>
    process.onExit(() => {
      bytes.end()
      services.end()
      resolve()
    }),
  )
  return { process, pages: laneOf(process.link, 'pages'), bytes, services, ended }
}

/** The shell's side of the link: it hands messages on and looks into none of them. */
export class Engine {
  readonly #launch: () => Promise<EngineProcess>
  readonly #ports = new Map<number, MessagePortMain>()
  #running: Promise<RunningEngine> | null = null
  #nextConnection = 0

  constructor(launch: () => Promise<EngineProcess>) {
    this.#launch = launch
  }

  /** Starts the engine unless it runs already. */
  async start(): Promise<void> {
    await this.#engine()
  }

  /** Joins a page's port to the engine until either is gone. An engine that has crashed is started again. */
  async join(port: MessagePortMain): Promise<void> {
    const { pages } = await this.#engine()
    const connection = this.#nextConnection++
    this.#ports.set(connection, port)
    port.on('message', ({ data }) => pages.send({ connection, message: data }))
    port.on('close', () => {
      if (this.#ports.delete(connection)) pages.send({ connection, message: closed })
    })
    port.start()
  }

  /** Asks the engine for bytes. Throws `disconnected`, `cancelled`. */
  async ask(request: Request, signal?: AbortSignal): Promise<Response> {
    const { bytes } = await this.#engine()
    return bytes.ask(request, signal)
  }

  /** Lets the engine close what is open, and ends it. */
  async close(): Promise<void> {
    const running = await this.#running
    if (!running) return
    const timer = setTimeout(() => running.process.kill(), closePatienceMs)
    running.services.askToClose()
    await running.ended
    clearTimeout(timer)
  }

  #engine(): Promise<RunningEngine> {
    this.#running ??= this.#start()
    return this.#running
  }

  async #start(): Promise<RunningEngine> {
    const running = wrap(await this.#launch())
    running.pages.onMessage((raw) => {
      const { connection, message } = readEnvelope(raw)
      this.#ports.get(connection)?.postMessage(message)
    })
    void running.ended.then(() => {
      this.#running = null
      for (const port of this.#ports.values()) port.postMessage(closed)
      this.#ports.clear()
    })
    return running
  }
}
