/** @file A network that looks at one picture at a time, on a thread of its own. */
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Size } from '../../shared/recipe.ts'
import { readJson } from '../formats/json.ts'
import { ThreadHandle } from '../infer/thread-handle.ts'
import type { FrameResult } from '../infer/types.ts'
import { inputSizeFor } from '../models/input-size.ts'
import { modelDescriptionSchema } from '../models/types.ts'
import type { LiveTask } from './types.ts'

/** Whoever opens it disposes of it. */
export class Looker implements AsyncDisposable {
  readonly device: string
  readonly #thread: ThreadHandle
  readonly #picture: Uint8Array

  private constructor(device: string, thread: ThreadHandle, picture: Uint8Array) {
    this.device = device
    this.#thread = thread
    this.#picture = picture
  }

  /** For pictures of a size. Throws what opening the network throws. */
  static async open(
    task: Pick<LiveTask, 'modelFolder' | 'device' | 'threads' | 'regions'>,
    size: Size,
  ): Promise<Looker> {
    const { modelFolder, device, threads = availableParallelism(), regions } = task
    const description = await readJson(join(modelFolder, 'model.json'), modelDescriptionSchema)
    const input = inputSizeFor(description, undefined, size)
    const slot = new SharedArrayBuffer(3 * size.width * size.height)
    const stop = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
    const network = { modelFolder, size, input, device, threads }
    const thread = new ThreadHandle({ network, regions, slots: [slot], stop })
    try {
      return new Looker(await thread.device, thread, new Uint8Array(slot))
    } catch (error) {
      await thread.close()
      throw error
    }
  }

  /** Looks at a picture, `[height, width, 3]`, which is copied at once. One call at a time. */
  look(picture: Uint8Array, number: number): Promise<FrameResult> {
    this.#picture.set(picture)
    return this.#thread.run(0, number, number)
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#thread.close()
  }
}
