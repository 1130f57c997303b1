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
  readonly #loader: LatestLoader<number, ImageData>

  constructor(at: TapeAt, through: 'tape' | 'recipe') {
    super({ picture: null, frame: null, error: null })
    this.#loader = new LatestLoader(
      (frame) => loadRaw(byteAddress.picture({ ...at, frame }, through, 'raw')),
      (picture, frame) => this.set({ picture, frame, error: null }),
      (error) => this.set({ ...this.get(), error: toAppError(error) }),
    )
  }

  get isIdle(): boolean {
    return this.#loader.isIdle
  }

  want(frame: number): void {
    this.#loader.want(frame)
  }

  end(): void {
    this.#loader.end()
  }
}
