import { Store } from '../state/store.ts'

/** Counts what the user has said about cameras that moved: after it, it is another thing to be told. */
class CameraAnswers extends Store<number> {
  constructor() {
    super(0)
  }

  add(): void {
    this.set(this.get() + 1)
  }
}

export const cameraAnswers = new CameraAnswers()
