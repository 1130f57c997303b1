import { byteAddress, type TapeAt } from '../../../shared/byte-routes.ts'
import { type AppError, toAppError } from '../../../shared/errors.ts'
import { LatestLoader } from '../canvas/latest-loader.ts'
import { Store } from '../state/store.ts'

export interface ShownPicture {
  /** The last picture that came; it stays until the next one is there. */
  picture: ImageData | null
  /** The frame that it is of. */
  frame: number | null
  error: AppError | null
}

/** Loads the picture at an address of byte-routes.ts. */
type Load = (address: string, signal: AbortSignal) => Promise<ImageData>

/** How long an engine that gave a picture up, as when it closed the project, has to come back. */
const restMs = 1000

/** The picture of the frame that is wanted of a tape, through the recipe or not. */
export class TapePicture extends Store<ShownPicture> {
  readonly #loader: LatestLoader<number, ImageData>
  #wanted = 0

  constructor(at: TapeAt, through: 'tape' | 'recipe', load: Load) {
    super({ picture: null, frame: null, error: null })
    this.#loader = new LatestLoader(
      async (frame, signal) => {
        const address = byteAddress.picture({ ...at, frame }, through, 'raw')
        try {
          return await load(address, signal)
        } catch (error) {
          // It was not this page that cancelled it: the user need not hear of it.
          if (toAppError(error).code !== 'cancelled' || signal.aborted) throw error
          await new Promise((resolve) => setTimeout(resolve, restMs))
          return load(address, signal)
        }
      },
      (picture, frame) => this.set({ picture, frame, error: null }),
      (error) => this.set({ ...this.get(), error: toAppError(error) }),
    )
  }

  get isIdle(): boolean {
    return this.#loader.isIdle
  }

  want(frame: number): void {
    this.#wanted = frame
    this.#loader.want(frame)
  }

  /** Asks once more for what failed: the engine was away and is back. */
  retry(): void {
    if (this.get().error) this.#loader.want(this.#wanted)
  }

  /** Nobody looks any more: what is asked for is given up, until something is wanted again. */
  giveUp(): void {
    this.#loader.giveUp()
  }
}
