/** @file Joins the ports of pages to the engine, and starts the engine when there is none. */
import type { MessagePortMain } from 'electron'
import { readEnvelope } from '../shared/transport-shared-link.ts'
import type { EngineProcess } from './engine-process.ts'

export interface EnginePorts {
  /** Starts the engine unless it runs already. */
  start(): void
  /** Joins a page's port to the engine until either is gone. */
  join(port: MessagePortMain): void
  stop(): void
}

const closed = { t: 'closed' } as const

/** The shell's side of the link: it hands messages on and looks into none of them. */
export function createEnginePorts(startEngine: () => EngineProcess): EnginePorts {
  const ports = new Map<number, MessagePortMain>()
  let engine: EngineProcess | undefined
  let nextConnection = 0

  const onExit = (): void => {
    engine = undefined
    for (const port of ports.values()) port.postMessage(closed)
    ports.clear()
  }
  const running = (): EngineProcess => {
    if (engine) return engine
    engine = startEngine()
    engine.onExit(onExit)
    engine.link.onMessage((raw) => {
      const { connection, message } = readEnvelope(raw)
      ports.get(connection)?.postMessage(message)
    })
    return engine
  }

  return {
    start: () => void running(),
    join(port) {
      const { link } = running()
      const connection = nextConnection++
      ports.set(connection, port)
      port.on('message', ({ data }) => link.send({ connection, message: data }))
      port.on('close', () => {
        if (ports.delete(connection)) link.send({ connection, message: closed })
      })
      port.start()
    },
    stop: () => engine?.stop(),
  }
}
