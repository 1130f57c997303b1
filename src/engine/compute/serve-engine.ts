/** @file A compute process's main thread: serves the engine that has forked it. */
import { serveTasks } from './serve-tasks.ts'
import type { TaskTable, ToCompute } from './types.ts'

/** Serves tasks over the process's own channel, and ends with the engine. */
export function serveEngine(tasks: TaskTable): void {
  process.on('disconnect', () => process.exit())
  serveTasks(tasks, {
    send: (message) => process.send?.(message),
    // The other end runs the same code.
    onMessage: (listener) => process.on('message', (message) => listener(message as ToCompute)),
  })
}
