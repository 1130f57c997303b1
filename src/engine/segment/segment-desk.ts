/** @file Pictures that callers wait for, one after the other, and no more of them than can be waited for. */
import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { AppError, cancelled, throwIfCancelled } from '../../shared/errors.ts'
import type { MaskClass } from '../../shared/mask.ts'
import { plainLook, type SegmentMode } from '../../shared/segment.ts'
import type { SegmentedBytes } from '../compute/segment-picture-task.ts'
import type { Tasks } from '../compute/tasks.ts'
import type { ComputeProcess } from '../compute/types.ts'
import { ownClasses } from '../infer/own-classes.ts'
import { requireGeneral } from '../jobs/datasets/segment-each.ts'
import { descriptionFile, networkFile } from '../models/model-folder.ts'
import { knownNetwork, type NetworkPlaces, unknownNetwork } from '../models/named-network.ts'
import type { StoredModel } from '../models/types.ts'
import { usualLongest } from './segment-input.ts'

export interface DeskOptions {
  startCompute: () => ComputeProcess<Tasks>
  places: NetworkPlaces
  /** Pictures that may wait besides the one that is looked at. */
  mostWaiting: number
  mostPixels: number
}

export interface PictureWish {
  bytes: Uint8Array
  /** Id of a network; no path. */
  model: string
  mode: SegmentMode
}

export interface DeskAnswer extends SegmentedBytes {
  model: string
  legend: MaskClass[]
}

/** A step of a large network takes its time, and is not worth the process with the open network. */
const patienceMs = 60_000

/** Tells whether the files of a network are those that they were. */
async function stampOf({ folder }: StoredModel): Promise<string> {
  const files = [networkFile, descriptionFile].map((name) => stat(join(folder, name)))
  const stats = await Promise.all(files).catch(() => [])
  return stats.map(({ mtimeMs, size }) => `${mtimeMs} ${size}`).join()
}

export class SegmentDesk implements AsyncDisposable {
  readonly #options: DeskOptions
  #compute: ComputeProcess<Tasks> | null = null
  /** Pictures that are looked at or wait. */
  #present = 0
  #turn: Promise<unknown> = Promise.resolve()
  /** Networks by name: to hash a large one takes as long as to run it. */
  readonly #networks = new Map<string, { network: StoredModel; stamp: string }>()

  constructor(options: DeskOptions) {
    this.#options = options
  }

  /**
   * Throws `queue-full` where too many wait, before anything of a picture is read.
   */
  requireRoom(): void {
    const { mostWaiting } = this.#options
    if (this.#present <= mostWaiting) return
    throw new AppError(
      'queue-full',
      `${mostWaiting} pictures wait already`,
      'Send it again when one of them is done.',
    )
  }

  /**
   * What a network sees in a picture, in turn. A caller who leaves gives up the place.
   * @throws AppError `queue-full`, `no-such-model`, `weights-missing`, `other-geometry`, what
   * `segmentPicture` throws, `cancelled`
   */
  async segment(wish: PictureWish, signal: AbortSignal): Promise<DeskAnswer> {
    this.requireRoom()
    this.#present++
    try {
      const mine = this.#turn.then(() => this.#segment(wish, signal))
      this.#turn = mine.catch(() => {})
      return await Promise.race([mine, leaving(signal)])
    } finally {
      this.#present--
    }
  }

  async #segment({ bytes, model, mode }: PictureWish, signal: AbortSignal): Promise<DeskAnswer> {
    throwIfCancelled(signal, 'looking at a picture')
    const { startCompute, mostPixels } = this.#options
    const network = await this.#network(model)
    const legend = ownClasses(network.description)
    this.#compute ??= startCompute()
    const request = {
      ...{ bytes, mode, mostPixels, look: plainLook, classes: legend, only: null },
      ...{ modelFolder: network.folder, modelHash: network.sha256, longest: usualLongest },
      ...{ device: 'auto', threads: availableParallelism() },
    }
    const seen = await this.#compute.run('segmentPicture', request, { signal, patienceMs })
    return { ...seen, model: network.description.id, legend }
  }

  async #network(name: string): Promise<StoredModel> {
    const kept = this.#networks.get(name)
    if (kept && kept.stamp !== '' && kept.stamp === (await stampOf(kept.network)))
      return kept.network
    const { places } = this.#options
    const network = await knownNetwork(name, places)
    if (!network) throw unknownNetwork(name, places)
    requireGeneral(network.description, { called: name, hint: 'Use a general network.' })
    this.#networks.set(name, { network, stamp: await stampOf(network) })
    return network
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#compute?.close()
  }
}

/** Never resolves; rejects once the caller has left. */
function leaving(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const left = () => reject(cancelled('looking at a picture'))
    if (signal.aborted) left()
    else signal.addEventListener('abort', left, { once: true })
  })
}
