/** @file The wire between the engine and a compute process; plain data only. */
import type { JobProgress, LongWork, OnProgress } from '../../shared/progress.ts'
import type { WireError } from '../../shared/transport.ts'

export type ToCompute =
  | { t: 'start'; id: number; task: string; args: unknown }
  | { t: 'cancel'; id: number }
  /** One `data` message has been dealt with; room for another. */
  | { t: 'taken'; id: number }

export type FromCompute =
  /** The first message: from now on the process listens. */
  | { t: 'ready' }
  | { t: 'progress'; id: number; value: JobProgress }
  | { t: 'data'; id: number; value: unknown }
  | { t: 'ok'; id: number; value: unknown }
  | { t: 'error'; id: number; error: WireError }

/** How many `data` messages of a call may be under way; then its task waits for `taken`. */
export const dataAhead = 4

export interface TaskWork<Data> extends LongWork {
  /** Intermediate results, in order. While its promise is open no further one is taken: backpressure. */
  onData?: ((data: Data) => void | Promise<void>) | undefined
  /** How long the task may take to end once it is cancelled; then its process is ended. 2 s by default. */
  patienceMs?: number | undefined
}

/** What a task is given besides its arguments. */
export interface TaskContext<Data> {
  signal: AbortSignal
  onProgress: OnProgress
  /** Sends an intermediate result; resolves when there is room for another. */
  emit(data: Data): Promise<void>
}

/** The tasks of a compute process by name. */
export type TaskTable = Record<
  string,
  (args: never, context: TaskContext<unknown>) => Promise<unknown>
>

export type TaskArgs<Task> = Task extends (args: infer Args, ...rest: never) => unknown
  ? Args
  : never
export type TaskData<Task> = Task extends (args: never, context: TaskContext<infer Data>) => unknown
  ? Data
  : never
export type TaskResult<Task> = Task extends (...args: never) => Promise<infer Result>
  ? Result
  : never

/** How a compute process ended. */
export interface ProcessEnd {
  exitCode: number | null
  signal: string | null
  /** The last lines that it, or a library in it, printed. */
  lastLines: string
}

/** The engine's end of the wire to one process that has been started. */
export interface ComputeChannel {
  readonly processId: number | null
  send(message: ToCompute): void
  onMessage(listener: (message: FromCompute) => void): void
  /** Called once, however the process ended. */
  onEnd(listener: (end: ProcessEnd) => void): void
  /** Lets the process end by itself. */
  disconnect(): void
  /** Ends the process at once. */
  kill(): void
}

/** The compute process's end of the wire. */
export interface EngineChannel {
  send(message: FromCompute): void
  onMessage(listener: (message: ToCompute) => void): void
}

/** A process that computes for the engine; started when first needed, and again after a crash. */
export interface ComputeProcess<Tasks extends TaskTable> extends AsyncDisposable {
  /**
   * Runs a task. Throws what the task threw; `cancelled` once `work.signal` is aborted, at the latest
   * `work.patienceMs` later; `compute-crashed` when the process ended before the task did.
   */
  run<Name extends keyof Tasks & string>(
    task: Name,
    args: TaskArgs<Tasks[Name]>,
    work?: TaskWork<TaskData<Tasks[Name]>>,
  ): Promise<TaskResult<Tasks[Name]>>
  /** The running process's id; null while there is none. */
  readonly processId: number | null
  /** Ends the process; tasks still running are cancelled. */
  close(): Promise<void>
}
