/** @file The link from a child process to the one that started it. */
import type { EventEmitter } from 'node:events'
import type { Channel } from '../shared/transport.ts'

/** The parts of a process that link it to its parent; Electron's utility processes have the port. */
export interface ChildProcess extends EventEmitter {
  parentPort?: ParentPort
  readonly connected?: boolean
  send?(message: unknown): boolean
}

/** One end of a channel between utility processes; https://www.electronjs.org/docs/latest/api/message-port-main */
export interface ProcessPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown
  on(event: 'close', listener: () => void): unknown
  start(): void
  close(): void
}

interface ParentMessage {
  data: unknown
  ports: readonly ProcessPort[]
}

interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: ParentMessage) => void): unknown
  off(event: 'message', listener: (event: ParentMessage) => void): unknown
}

export interface ParentLink extends Channel<unknown> {
  /** Like `onMessage`, for a message that ports come with; null where the wire carries none. */
  onPorts: ((listener: (message: unknown, ports: readonly ProcessPort[]) => void) => void) | null
  /** The parent has gone. A utility process ends with its parent by itself. */
  onGone(listener: () => void): void
}

function portLink(port: ParentPort): ParentLink {
  return {
    send: (message) => port.postMessage(message),
    onMessage(listener) {
      const receive = ({ data }: ParentMessage): void => listener(data)
      port.on('message', receive)
      return () => port.off('message', receive)
    },
    onPorts: (listener) =>
      void port.on('message', ({ data, ports }) => {
        if (ports.length > 0) listener(data, ports)
      }),
    onGone: () => {},
  }
}

/** The link from a child process to its parent. */
export function parentLink(child: ChildProcess): ParentLink {
  if (child.parentPort) return portLink(child.parentPort)
  return {
    send: (message) => {
      if (child.connected) child.send?.(message)
    },
    onMessage(listener) {
      child.on('message', listener)
      return () => child.off('message', listener)
    },
    onPorts: null,
    onGone: (listener) => void child.once('disconnect', listener),
  }
}
