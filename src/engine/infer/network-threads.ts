/** @file The threads that run the network side by side, and the places for the pictures they work on. */
import { statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { toAppError } from '../../shared/errors.ts'
import type { Picture } from '../media/types.ts'
import { ThreadHandle } from './thread-handle.ts'
import type { ThreadSetup } from './thread-messages.ts'
import type { FrameResult, InferTask } from './types.ts'

/** Pictures that a thread has at hand: the one it works on and the next. */
const slotsPerThread = 2
/** Together the sessions may hold so many bytes of weights. */
const weightBudget = 2 ** 30
/** How often a session holds its weights: 3x3 convolutions by their tiles (winograd.ts) four times. */
const copiesOfWeights = 4

/**
 * Threads with a session each. One thread of ONNX Runtime in each of n sessions does more pictures
 * than n threads in one session, and a picture's numbers do not depend on n. Networks with very large
 * weights get fewer sessions of more threads; other devices than the processor have one session.
 */
export class NetworkThreads implements AsyncDisposable {
  readonly device: string
  readonly #threads: ThreadHandle[]
  readonly #pictures: Uint8Array[]
  readonly #free: number[]
  readonly #stop: Int32Array

  private constructor(device: string, threads: ThreadHandle[], setup: ThreadSetup) {
    this.device = device
    this.#threads = threads
    this.#pictures = setup.slots.map((slot) => new Uint8Array(slot))
    this.#free = setup.slots.map((_, slot) => slot)
    this.#stop = new Int32Array(setup.stop)
  }

  /** Starts the threads and opens their sessions. Throws what opening the network throws. */
  static async open(task: InferTask): Promise<NetworkThreads> {
    const setup = threadSetup(task)
    const sessions = setup.slots.length / slotsPerThread
    const threads: ThreadHandle[] = []
    const start = (device: string, count: number): void => {
      const network = { ...setup.network, device }
      while (threads.length < count) threads.push(new ThreadHandle({ ...setup, network }))
    }
    try {
      // Only the processor takes several sessions; the first one tells what `auto` is.
      start(task.device, task.device === 'cpu' ? sessions : 1)
      const device = (await threads[0]?.device) ?? task.device
      if (device === 'cpu') start(device, sessions)
      await Promise.all(threads.map((thread) => thread.device))
      return new NetworkThreads(device, threads, setup)
    } catch (error) {
      await Promise.allSettled(threads.map((thread) => thread.close()))
      throw error
    }
  }

  /** How many pictures may be under way. */
  get capacity(): number {
    return this.#threads.length * slotsPerThread
  }

  /** Scores a picture, whose pixels are copied at once. */
  async score(picture: Picture, position: number): Promise<FrameResult> {
    const [thread] = this.#threads.toSorted((a, b) => a.load - b.load)
    const slot = this.#free.pop()
    const place = this.#pictures[slot ?? -1]
    if (slot === undefined || !place || !thread) throw new Error('too many pictures are under way')
    place.set(picture.data)
    try {
      return await thread.run(slot, position, picture.frame)
    } finally {
      this.#free.push(slot)
    }
  }

  /** Skips the pictures that no thread has begun: they fail with `cancelled`. */
  skipWaiting(): void {
    Atomics.store(this.#stop, 0, 1)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.skipWaiting()
    await Promise.all(this.#threads.map((thread) => thread.close()))
  }
}

/** The bytes in memory that all threads see. */
function shared(bytes: Uint8Array): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(bytes.length)
  new Uint8Array(buffer).set(bytes)
  return buffer
}

function threadSetup(task: InferTask): ThreadSetup {
  const { size, modelFolder, input, device, regions, background } = task
  const { threads = availableParallelism() } = task
  const sessions = sessionCount(modelFolder, threads)
  const slotBytes = size.width * size.height * 3
  const slots = Array.from(
    { length: sessions * slotsPerThread },
    () => new SharedArrayBuffer(slotBytes),
  )
  return {
    network: { size, modelFolder, input, device, threads: Math.floor(threads / sessions) },
    regions,
    ...(background && { background: shared(background) }),
    slots,
    stop: new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT),
  }
}

/** Throws the file system's error when there is no model. */
function sessionCount(modelFolder: string, threads: number): number {
  const modelFile = join(modelFolder, 'model.onnx')
  try {
    const copies = Math.floor(weightBudget / (copiesOfWeights * statSync(modelFile).size))
    return Math.max(1, Math.min(threads, copies))
  } catch (error) {
    throw toAppError(error, modelFile)
  }
}
