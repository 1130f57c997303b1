/** @file A compute process's main thread: serves the engine that asked for it. */
import { type ChildProcess, type ProcessPort, parentLink } from '../parent-link.ts'
import { serveTasks } from './serve-tasks.ts'
import type { TaskTable, ToCompute } from './types.ts'

function serveParent(tasks: TaskTable): void {
  process.on('disconnect', () => process.exit())
  serveTasks(tasks, {
    send: (message) => process.send?.(message),
    // The other end runs the same code.
    onMessage: (listener) => process.on('message', (message) => listener(message as ToCompute)),
  })
}

/** In the desktop shell, which has forked this process, the engine is at the end of a port. */
function servePort(tasks: TaskTable, port: ProcessPort): void {
  port.on('close', () => process.exit())
  serveTasks(tasks, {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => port.on('message', ({ data }) => listener(data as ToCompute)),
  })
  port.start()
}

/** Serves tasks to the engine, and ends with it. */
export function serveEngine(tasks: TaskTable): void {
  const child: ChildProcess = process
  const { onPorts } = parentLink(child)
  if (onPorts) onPorts((_, [port]) => port && servePort(tasks, port))
  else serveParent(tasks)
}
