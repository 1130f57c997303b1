import { byteAddress, type TapeAt } from '../../../shared/byte-routes.ts'
import { type AppError, toAppError } from '../../../shared/errors.ts'
import { LatestLoader } from '../canvas/latest-loader.ts'
import { loadRaw } from '../canvas/raw-picture.ts'
import { Store } from '../state/store.ts'

export interface ShownPicture {
  /** The last picture that came; it stays until the next one is there. */
  picture: ImageData | null
  /** The frame that it is of. */
  frame: number | null
  error: AppError | null
}

/** The picture of the frame that is wanted of a tape, through the recipe or not. */
export class TapePicture extends Store<ShownPicture> {
  readonly #loader: LatestLoader<number, ImageData | null>
  #asking = new AbortController()

  constructor(at: TapeAt, through: 'tape' | 'recipe') {
    super({ picture: null, frame: null, error: null })
    this.#loader = new LatestLoader(
      (frame) => this.#load(byteAddress.picture({ ...at, frame }, through, 'raw')),
      (picture, frame) => picture && this.set({ picture, frame, error: null }),
      (error) => this.set({ ...this.get(), error: toAppError(error) }),
    )
  }

  get isIdle(): boolean {
    return this.#loader.isIdle
  }

  want(frame: number): void {
    this.#loader.want(frame)
  }

  /** Nobody looks any more: what is asked for is given up, until something is wanted again. */
  giveUp(): void {
    this.#asking.abort()
    this.#asking = new AbortController()
  }

  /** Null where it was given up. */
  async #load(address: string): Promise<ImageData | null> {
    const { signal } = this.#asking
    try {
      return await loadRaw(address, signal)
    } catch (error) {
      if (signal.aborted) return null
      throw error
    }
  }
}
