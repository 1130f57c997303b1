/** @file The compute process's side of the wire: starts tasks, cancels them, holds them back. */
import { cancelled } from '../../shared/errors.ts'
import { toWireError } from '../../shared/rpc.ts'
import { dataAhead, type EngineChannel, type TaskContext, type TaskTable } from './types.ts'

/** One running call of a task. */
interface Call {
  controller: AbortController
  /** `data` messages that the engine has not yet taken. */
  ahead: number
  /** Resumes the task that waits for room. */
  resume: () => void
}

/** Runs the tasks that arrive on the channel, any number at a time, and says so with `ready`. */
export function serveTasks(tasks: TaskTable, channel: EngineChannel): void {
  const calls = new Map<number, Call>()
  channel.onMessage((message) => {
    if (message.t === 'start') void start(message.id, message.task, message.args)
    else if (message.t === 'cancel') cancel(calls.get(message.id))
    else taken(calls.get(message.id))
  })
  channel.send({ t: 'ready' })

  async function start(id: number, name: string, args: unknown): Promise<void> {
    const call: Call = { controller: new AbortController(), ahead: 0, resume: () => {} }
    calls.set(id, call)
    try {
      const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined
      if (!task) throw new Error(`there is no compute task ${name}`)
      // Both ends are built from one table of tasks, so the arguments are of this task's type.
      const value = await task(args as never, context(id, call))
      channel.send({ t: 'ok', id, value })
    } catch (error) {
      const reason = call.controller.signal.aborted ? cancelled(name) : error
      channel.send({ t: 'error', id, error: toWireError(reason) })
    } finally {
      calls.delete(id)
    }
  }

  function context(id: number, call: Call): TaskContext<unknown> {
    return {
      signal: call.controller.signal,
      onProgress: (value) => channel.send({ t: 'progress', id, value }),
      async emit(value) {
        channel.send({ t: 'data', id, value })
        call.ahead++
        while (call.ahead >= dataAhead && !call.controller.signal.aborted)
          await new Promise<void>((resolve) => {
            call.resume = resolve
          })
      },
    }
  }
}

function cancel(call: Call | undefined): void {
  call?.controller.abort()
  call?.resume()
}

function taken(call: Call | undefined): void {
  if (!call) return
  call.ahead--
  call.resume()
}
