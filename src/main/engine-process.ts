/** @file Starts the engine, as a utility process or in a Node of its own, behind one link. */
import { spawn } from 'node:child_process'
import { type MessagePortMain, utilityProcess } from 'electron'
import type { Channel } from '../shared/transport.ts'
import type { EngineHost } from './engine-host.ts'

export interface EngineProcess {
  link: Channel<unknown>
  /** Sends a message with ports; null where the engine is no utility process. */
  sendPorts: ((message: unknown, ports: MessagePortMain[]) => void) | null
  onExit(listener: () => void): void
  kill(): void
}

function forkUtility(script: string): EngineProcess {
  const child = utilityProcess.fork(script, [], { serviceName: 'Maskbench engine' })
  return {
    link: {
      send: (message) => child.postMessage(message),
      onMessage(listener) {
        child.on('message', listener)
        return () => child.off('message', listener)
      },
    },
    sendPorts: (message, ports) => child.postMessage(message, ports),
    onExit: (listener) => child.once('exit', listener),
    kill: () => child.kill(),
  }
}

function spawnNode(node: string, script: string): EngineProcess {
  const child = spawn(node, [script], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
    windowsHide: true,
  })
  return {
    link: {
      // A child that is gone is noticed by its exit; what it was sent meanwhile is lost with it.
      send: (message) => child.connected && child.send(Object(message)),
      onMessage(listener) {
        child.on('message', listener)
        return () => child.off('message', listener)
      },
    },
    sendPorts: null,
    // A binary that cannot be started emits 'error' alone.
    onExit: (listener) => child.once('exit', listener).once('error', listener),
    kill: () => child.kill(),
  }
}

/** Starts the engine. It lives until it is killed, crashes, or this process ends. */
export function startEngine({ node, script }: EngineHost): EngineProcess {
  return node === null ? forkUtility(script) : spawnNode(node, script)
}
