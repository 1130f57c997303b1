/** @file A compute process as a forked Node process. */
import { type ChildProcess, fork } from 'node:child_process'
import { lastLines } from './last-lines.ts'
import type { ComputeChannel, FromCompute, ProcessEnd } from './types.ts'

/**
 * Forks Node on a script that serves tasks. What it prints is kept, not shown: native libraries print
 * as they please, and the engine's own output belongs to its caller.
 */
export function forkChannel(script: string): ComputeChannel {
  const child = fork(script, [], {
    execArgv: ['--no-warnings'],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const ended = processEnd(child)
  return {
    processId: child.pid ?? null,
    send: (message) => {
      if (child.connected) child.send(message)
    },
    // The other end runs the same code.
    onMessage: (listener) => child.on('message', (message) => listener(message as FromCompute)),
    onEnd: (listener) => void ended.then(listener),
    disconnect: () => {
      if (child.connected) child.disconnect()
    },
    kill: () => child.kill('SIGKILL'),
  }
}

/**
 * Resolves when the process has ended and all that it printed has been read. (Not by its `close`
 * event, which does not come after a `disconnect`.)
 */
function processEnd(child: ChildProcess): Promise<ProcessEnd> {
  const printed = lastLines([child.stdout, child.stderr].filter((stream) => stream !== null))
  return new Promise((resolve) => {
    child.on('exit', async (exitCode, signal) => {
      await printed.complete
      resolve({ exitCode, signal, lastLines: printed.text() })
    })
    child.on('error', ({ message }) => {
      // An error of a process that did start is a message that came too late for it.
      if (child.pid === undefined) resolve({ exitCode: null, signal: null, lastLines: message })
    })
  })
}
