import type { EventEmitter } from 'node:events'
import type { Link } from '../shared/transport-shared-link.ts'

/** The parts of a process that link it to its parent; Electron's utility processes have the port. */
export interface ChildProcess extends EventEmitter {
  parentPort?: ParentPort
  send?(message: unknown): boolean
  exit(code: number): never
}

interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
  off(event: 'message', listener: (event: { data: unknown }) => void): unknown
}

function portLink(port: ParentPort): Link {
  return {
    send: (envelope) => port.postMessage(envelope),
    onMessage(listener) {
      const receive = (event: { data: unknown }): void => listener(event.data)
      port.on('message', receive)
      return () => port.off('message', receive)
    },
  }
}

/** The link from a child process to the shell that started it; it exits with its parent. */
export function parentLink(child: ChildProcess): Link {
  if (child.parentPort) return portLink(child.parentPort)
  child.on('disconnect', () => child.exit(0))
  return {
    send: (envelope) => child.send?.(envelope),
    onMessage(listener) {
      child.on('message', listener)
      return () => child.off('message', listener)
    },
  }
}
