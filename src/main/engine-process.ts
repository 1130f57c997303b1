/** @file Starts the engine, as a utility process or in a Node of its own, behind one link. */
import { spawn } from 'node:child_process'
import { utilityProcess } from 'electron'
import { engineEntry } from '../engine/location.ts'
import type { Link } from '../shared/transport-shared-link.ts'
import { engineNode } from './development.ts'

export interface EngineProcess {
  link: Link
  onExit(listener: () => void): void
  stop(): void
}

function forkUtility(file: string): EngineProcess {
  const child = utilityProcess.fork(file, [], { serviceName: 'Maskbench engine' })
  return {
    link: {
      send: (envelope) => child.postMessage(envelope),
      onMessage(listener) {
        child.on('message', listener)
        return () => child.off('message', listener)
      },
    },
    onExit: (listener) => child.once('exit', listener),
    stop: () => child.kill(),
  }
}

function spawnNode(node: string, file: string): EngineProcess {
  const child = spawn(node, [file], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    serialization: 'advanced',
  })
  return {
    link: {
      // A child that is gone is noticed by its exit; what it was sent meanwhile is lost with it.
      send: (envelope) => child.connected && child.send({ ...envelope }),
      onMessage(listener) {
        child.on('message', listener)
        return () => child.off('message', listener)
      },
    },
    // A binary that cannot be started emits 'error' alone.
    onExit: (listener) => child.once('exit', listener).once('error', listener),
    stop: () => child.kill(),
  }
}

/** Starts the engine. It lives until it is stopped, crashes, or this process ends. */
export function startEngine(): EngineProcess {
  return engineNode ? spawnNode(engineNode, engineEntry) : forkUtility(engineEntry)
}
