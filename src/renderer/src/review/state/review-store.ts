import { type AppError, toAppError } from '../../../../shared/errors.ts'
import { Store } from '../../state/store.ts'
import type { ReviewData } from './review-data.ts'

export interface ReviewState {
  /** 'none' = nothing was run yet. */
  status: 'loading' | 'none' | 'ready' | 'failed'
  /** What was there last; kept while something new is loaded or cannot be. */
  data: ReviewData | null
  error: AppError | null
}

export type LoadReview = (known: ReviewData | null) => Promise<ReviewData | null>

/** What there is to review, loaded anew whenever it is asked to; wishes meanwhile become one. */
export class ReviewStore extends Store<ReviewState> {
  readonly #load: LoadReview
  #isStale = false
  #isLoading = false

  constructor(load: LoadReview) {
    super({ status: 'loading', data: null, error: null })
    this.#load = load
  }

  async refresh(): Promise<void> {
    this.#isStale = true
    if (this.#isLoading) return
    this.#isLoading = true
    while (this.#isStale) {
      this.#isStale = false
      try {
        const data = await this.#load(this.get().data)
        this.set({ status: data ? 'ready' : 'none', data, error: null })
      } catch (reason) {
        this.#fail(toAppError(reason))
      }
    }
    this.#isLoading = false
  }

  /** A lost connection is told elsewhere; what was there stays, and comes again with the next one. */
  #fail(error: AppError): void {
    const { data, status } = this.get()
    const isLost = error.code === 'disconnected' || error.code === 'no-such-project-handle'
    if (isLost) return
    const hasGone = error.code === 'no-regions'
    this.set({
      status: data && !hasGone ? status : 'failed',
      data: hasGone ? null : data,
      error,
    })
  }
}
