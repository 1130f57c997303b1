/** @file Prepared samples that are used again: in memory up to a cap, then in a file. */
import { type FileHandle, open, rm } from 'node:fs/promises'
import { toAppError } from '../../../shared/errors.ts'
import {
  emptySample,
  type PreparedSample,
  type SampleArray,
  type SampleLayout,
  sampleBytes,
} from './prepared-sample.ts'

export interface FeatureCacheOptions {
  /** Where the file goes once the memory is used up; it is removed in the end. */
  path: string
  /** Bytes of samples that are kept in memory. */
  memoryCap: number
  layout: SampleLayout
}

/** Whoever makes it disposes of it. */
export class FeatureCache implements AsyncDisposable {
  readonly #options: FeatureCacheOptions
  readonly #mostInMemory: number
  readonly #inMemory = new Map<number, PreparedSample>()
  /** Places of samples in the file, counted in samples. */
  readonly #inFile = new Map<number, number>()
  #file: FileHandle | null = null
  #isDiskFull = false

  constructor(options: FeatureCacheOptions) {
    this.#options = options
    this.#mostInMemory = Math.floor(options.memoryCap / sampleBytes(options.layout))
  }

  /** The sample of this number, null when it is not here. */
  async get(number: number): Promise<PreparedSample | null> {
    const place = this.#inFile.get(number)
    if (place === undefined || !this.#file) return this.#inMemory.get(number) ?? null
    const sample = emptySample(this.#options.layout)
    let at = place * sampleBytes(this.#options.layout)
    for (const bytes of piecesOf(sample)) {
      await this.#file.read(bytes, 0, bytes.length, at)
      at += bytes.length
    }
    return sample
  }

  /** Keeps a sample. On a full disk it is not kept: it has to be made again when it is needed. */
  async put(number: number, sample: PreparedSample): Promise<void> {
    if (this.#inMemory.size < this.#mostInMemory) this.#inMemory.set(number, sample)
    else if (!this.#isDiskFull) await this.#append(number, sample)
  }

  async #append(number: number, sample: PreparedSample): Promise<void> {
    const { path, layout } = this.#options
    const place = this.#inFile.size
    let at = place * sampleBytes(layout)
    try {
      this.#file ??= await open(path, 'w+')
      for (const bytes of piecesOf(sample)) {
        const { bytesWritten } = await this.#file.write(bytes, 0, bytes.length, at)
        if (bytesWritten < bytes.length) throw Object.assign(new Error(), { code: 'ENOSPC' })
        at += bytes.length
      }
      this.#inFile.set(number, place)
    } catch (error) {
      const failure = toAppError(error, path)
      if (failure.code !== 'disk-full') throw failure
      this.#isDiskFull = true
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file?.close()
    if (this.#file) await rm(this.#options.path, { force: true })
  }
}

function piecesOf({ values, labels }: PreparedSample): Uint8Array[] {
  return [...values, labels].map(
    ({ buffer, byteOffset, byteLength }: SampleArray) =>
      new Uint8Array(buffer, byteOffset, byteLength),
  )
}
