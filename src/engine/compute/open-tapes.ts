/**
 * @file Tapes that are being looked at, by the key that the engine gives them. A tape's index may be
 * megabytes large: it is sent once and not with every picture.
 */
import type { TapeIndex } from '../media/types.ts'
import { PictureDesk } from './picture-desk.ts'
import type { TapeReference } from './tape-reference.ts'
import { ThumbnailDesk } from './thumbnail-desk.ts'

export interface OpenTape {
  index: TapeIndex
  pictures: PictureDesk
  thumbnails: ThumbnailDesk
}

/** The tape in view and the one before it. */
const mostTapes = 2

export class OpenTapes {
  /** The one used last at the end. */
  readonly #tapes = new Map<string, OpenTape>()

  /** Undefined for a tape that is not known. */
  get({ key, index }: TapeReference): OpenTape | undefined {
    const tape = this.#tapes.get(key) ?? (index && open(index))
    if (!tape) return undefined
    this.#tapes.delete(key)
    this.#tapes.set(key, tape)
    for (const [oldest, { pictures, thumbnails }] of this.#tapes) {
      if (this.#tapes.size <= mostTapes) break
      this.#tapes.delete(oldest)
      void pictures.close()
      void thumbnails.close()
    }
    return tape
  }
}

function open(index: TapeIndex): OpenTape {
  return { index, pictures: new PictureDesk(index), thumbnails: new ThumbnailDesk(index) }
}
