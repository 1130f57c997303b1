/** @file Deflated masks one after the other in a file, from which a compute process reads them. */
import { type FileHandle, open } from 'node:fs/promises'
import { inflateSync } from 'node:zlib'
import { AppError, toAppError } from '../../shared/errors.ts'
import type { StagePicture } from './types.ts'

/** Whoever opens it disposes of it. */
export class MaskFile implements AsyncDisposable {
  readonly #file: FileHandle
  readonly #path: string

  private constructor(file: FileHandle, path: string) {
    this.#file = file
    this.#path = path
  }

  /** Throws `no-such-file`. */
  static async open(path: string): Promise<MaskFile> {
    const file = await open(path, 'r').catch((error: unknown) => {
      throw toAppError(error, path)
    })
    return new MaskFile(file, path)
  }

  /** The class indices of a picture, `[height, width]`. Throws `bad-mask` for a file that is broken. */
  async read({ offset, bytes, width, height }: StagePicture): Promise<Uint8Array> {
    const deflated = new Uint8Array(bytes)
    const { bytesRead } = await this.#file.read(deflated, 0, bytes, offset)
    const data = bytesRead === bytes ? inflate(deflated, width * height) : null
    if (data?.length === width * height) return data
    throw new AppError(
      'bad-mask',
      `${this.#path} does not hold the mask that lay at ${offset}`,
      'Resume the experiment, which writes the file again.',
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close()
  }
}

function inflate(deflated: Uint8Array, pixels: number): Uint8Array | null {
  try {
    return new Uint8Array(inflateSync(deflated, { maxOutputLength: Math.max(1, pixels) }))
  } catch {
    return null
  }
}
