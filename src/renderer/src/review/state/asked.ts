import { type AppError, toAppError } from '../../../../shared/errors.ts'
import { Store } from '../../state/store.ts'

export interface AskedState<Value> {
  /** What was answered last; null before the first answer. */
  value: Value | null
  isAsking: boolean
  error: AppError | null
}

/** Something that the engine takes a moment to find out. The answer to the latest question is shown. */
export class Asked<Value> extends Store<AskedState<Value>> {
  readonly #find: (key: number) => Promise<Value>
  #question = 0

  constructor(find: (key: number) => Promise<Value>) {
    super({ value: null, isAsking: false, error: null })
    this.#find = find
  }

  async ask(key: number): Promise<void> {
    this.#question += 1
    const question = this.#question
    this.set({ ...this.get(), isAsking: true, error: null })
    try {
      const value = await this.#find(key)
      if (question === this.#question) this.set({ value, isAsking: false, error: null })
    } catch (reason) {
      if (question === this.#question)
        this.set({ ...this.get(), isAsking: false, error: toAppError(reason) })
    }
  }

  forget(): void {
    this.#question += 1
    this.set({ value: null, isAsking: false, error: null })
  }
}
