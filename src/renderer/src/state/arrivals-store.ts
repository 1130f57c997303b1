import { Store } from './store.ts'

/** A tape that came from outside, dropped on the window or opened with the program; null = none. */
export class ArrivalsStore extends Store<string | null> {
  constructor() {
    super(null)
  }

  arrive(path: string): void {
    this.set(path)
  }

  clear(): void {
    this.set(null)
  }
}
