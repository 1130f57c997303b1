/** @file The engine's side of the wire: starts the process when it is needed, and again after a crash. */
import { cancelled } from '../../shared/errors.ts'
import { ComputeCall } from './compute-call.ts'
import { crashError } from './crash-error.ts'
import type {
  ComputeChannel,
  ComputeProcess,
  FromCompute,
  ProcessEnd,
  TaskArgs,
  TaskData,
  TaskResult,
  TaskTable,
  TaskWork,
  ToCompute,
} from './types.ts'

/** How long a process that was asked to end may take. */
const closePatienceMs = 2000

/** One process and the calls that run in it. */
class RunningProcess {
  readonly ended: Promise<void>
  readonly #channel: ComputeChannel
  readonly #calls = new Map<number, ComputeCall>()
  /** Messages held back until the process listens. */
  #waiting: ToCompute[] | null = []
  /** The task that did not stop when it was cancelled, for which the process is ended. */
  #hung: string | null = null
  #nextId = 0

  constructor(channel: ComputeChannel) {
    this.#channel = channel
    channel.onMessage((message) => this.#receive(message))
    this.ended = new Promise((resolve) =>
      channel.onEnd((end) => {
        this.#abandonAll(end)
        resolve()
      }),
    )
  }

  get processId(): number | null {
    return this.#channel.processId
  }

  async run(task: string, args: unknown, work: TaskWork<unknown>): Promise<unknown> {
    const id = this.#nextId++
    const call = new ComputeCall({
      id,
      task,
      work,
      send: (message) => this.#send(message),
      kill: () => {
        this.#hung = task
        this.#channel.kill()
      },
    })
    this.#calls.set(id, call)
    try {
      return await call.run(args)
    } finally {
      this.#calls.delete(id)
    }
  }

  async close(): Promise<void> {
    for (const call of this.#calls.values()) call.abandon(cancelled(call.task))
    this.#channel.disconnect()
    const timer = setTimeout(() => this.#channel.kill(), closePatienceMs)
    await this.ended
    clearTimeout(timer)
  }

  #send(message: ToCompute): void {
    if (this.#waiting) this.#waiting.push(message)
    else this.#channel.send(message)
  }

  #receive(message: FromCompute): void {
    if (message.t !== 'ready') {
      this.#calls.get(message.id)?.receive(message)
      return
    }
    const waiting = this.#waiting ?? []
    this.#waiting = null
    for (const held of waiting) this.#channel.send(held)
  }

  #abandonAll(end: ProcessEnd): void {
    const calls = [...this.#calls.values()]
    const tasks = calls.map((call) => call.task)
    for (const call of calls) call.abandon(crashError({ end, tasks, hung: this.#hung }))
  }
}

class ComputeClient<Tasks extends TaskTable> implements ComputeProcess<Tasks> {
  readonly #open: () => ComputeChannel
  #process: RunningProcess | null = null

  constructor(open: () => ComputeChannel) {
    this.#open = open
  }

  get processId(): number | null {
    return this.#process?.processId ?? null
  }

  async run<Name extends keyof Tasks & string>(
    task: Name,
    args: TaskArgs<Tasks[Name]>,
    work: TaskWork<TaskData<Tasks[Name]>> = {},
  ): Promise<TaskResult<Tasks[Name]>> {
    // Both ends are built from one table of tasks: what arrives is of this task's types.
    const onData = (data: unknown) => work.onData?.(data as TaskData<Tasks[Name]>)
    const result = await this.#running().run(task, args, { ...work, onData })
    return result as TaskResult<Tasks[Name]>
  }

  async close(): Promise<void> {
    const closing = this.#process
    this.#process = null
    await closing?.close()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  #running(): RunningProcess {
    if (this.#process) return this.#process
    const started = new RunningProcess(this.#open())
    this.#process = started
    void started.ended.then(() => {
      if (this.#process === started) this.#process = null
    })
    return started
  }
}

/** A compute process whose channel is opened by `open` when a task first needs it. */
export function computeClient<Tasks extends TaskTable>(
  open: () => ComputeChannel,
): ComputeProcess<Tasks> {
  return new ComputeClient<Tasks>(open)
}
