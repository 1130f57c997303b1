/** @file The wire between the engine and a compute process; plain data only. */
import type { JobProgress } from '../../shared/progress.ts'

export type ToCompute =
  | { t: 'start'; id: number; task: string; args: unknown }
  | { t: 'cancel'; id: number }

export type FromCompute =
  | { t: 'ready' }
  | { t: 'progress'; id: number; value: JobProgress }
  | { t: 'data'; id: number; value: unknown }
  | { t: 'ok'; id: number; value: unknown }
  | { t: 'error'; id: number; error: { code: string; message: string; hint: string } }

export interface TaskWork<Data> {
  signal?: AbortSignal | undefined
  onProgress?: ((progress: JobProgress) => void) | undefined
  /** Intermediate results, in order. While its promise is open no further one is taken: backpressure. */
  onData?: ((data: Data) => void | Promise<void>) | undefined
}
