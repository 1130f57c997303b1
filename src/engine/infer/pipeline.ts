/**
 * @file The `infer` task: decode, run the network, score and hand on, all at the same time. What is
 * under way between the steps is bounded, so that memory does not grow with the tape.
 */
import { throwIfCancelled } from '../../shared/errors.ts'
import { progressMeter } from '../../shared/progress.ts'
import type { TaskContext } from '../compute/types.ts'
import { openReader } from '../media/tape.ts'
import type { FrameReader } from '../media/types.ts'
import { NetworkThreads } from './network-threads.ts'
import { OrderedResults } from './ordered-results.ts'
import type { FrameResult, InferTask } from './types.ts'

export interface InferSummary {
  /** The device that ran the network: what `auto` picked. */
  device: string
}

/**
 * Runs a network over frames of a tape and emits their results in order, in batches. Results of
 * frames that were finished before a failure or a cancellation are emitted as well.
 *
 * @throws AppError `cancelled`, at most one frame later; what opening and reading the tape and
 *   opening and running the network throw.
 */
export async function infer(
  task: InferTask,
  context: TaskContext<FrameResult[]>,
): Promise<InferSummary> {
  const { signal, onProgress, emit } = context
  await using threads = await NetworkThreads.open(task)
  await using reader = await openReader(task.index.info, task.index, {
    filters: task.filters,
  })
  const report = progressMeter('infer', task.frames.length, 'frames', onProgress)
  const results = new OrderedResults(emit, report)
  const stop = (): void => threads.skipWaiting()
  signal.addEventListener('abort', stop, { once: true })
  try {
    await feed(task, reader, threads, results, signal)
  } finally {
    await results.takeAll()
  }
  return { device: threads.device }
}

/** Gives the threads every picture, as fast as they take them. */
async function feed(
  task: InferTask,
  reader: FrameReader,
  threads: NetworkThreads,
  results: OrderedResults,
  signal: AbortSignal,
): Promise<void> {
  let position = task.firstPosition
  throwIfCancelled(signal, 'inference')
  for await (const picture of reader.frames(task.frames, { signal })) {
    results.add(threads.score(picture, position++))
    if (results.underWay >= threads.capacity) await results.takeFirst()
  }
}
