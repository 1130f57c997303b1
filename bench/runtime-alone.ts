/** @file ONNX Runtime by itself, in the ways in which it might be fastest. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { seconds } from './common.ts'
import type { ThreadOptions } from './runtime-thread.ts'

export interface Arrangement {
  /** Sessions side by side, each in a thread of its own. */
  sessions: number
  /** Threads of ONNX Runtime in each. */
  threads: number
  batch: number
}

export interface RuntimeAlone extends AsyncDisposable {
  /** Seconds that the network takes for so many pictures. */
  time(pictures: number): Promise<number>
}

/** Opens the sessions; a run of each has gone before. */
export async function runtimeAlone(
  modelFile: string,
  side: number,
  { sessions, threads, batch }: Arrangement,
): Promise<RuntimeAlone> {
  const script = new URL('./runtime-thread.ts', import.meta.url)
  const workerData: ThreadOptions = { modelFile, threads, batch, side }
  const workers = Array.from({ length: sessions }, () => new Worker(script, { workerData }))
  await Promise.all(workers.map((worker) => once(worker, 'message')))
  return {
    time: (pictures) =>
      seconds(() =>
        Promise.all(
          workers.map((worker) => {
            worker.postMessage(Math.round(pictures / sessions / batch))
            return once(worker, 'message')
          }),
        ),
      ),
    async [Symbol.asyncDispose]() {
      await Promise.all(workers.map((worker) => worker.terminate()))
    },
  }
}
