import type { TrainingState } from '../../../shared/contract/training.ts'
import { type AppError, toAppError } from '../../../shared/errors.ts'
import type { EngineClient } from '../state/engine-store.ts'
import type { ProjectStore } from '../state/project-store.ts'
import { Store } from '../state/store.ts'
import { addSteps, withLaterSteps } from './trainings.ts'

export interface TrainingsView {
  /** The latest first; null until the first answer. */
  trainings: readonly TrainingState[] | null
  /** Why the list could not be had. */
  error: AppError | null
}

/** Trainings of the open project, with their steps as they are done. */
export class TrainingsStore extends Store<TrainingsView> {
  readonly #client: EngineClient
  readonly #project: ProjectStore
  #handle: string | null = null
  #isStale = false
  #isReading = false

  constructor(client: EngineClient, project: ProjectStore) {
    super({ trainings: null, error: null })
    this.#client = client
    this.#project = project
  }

  /** Asks whenever the project is opened and follows its trainings. Returns the function that ends it. */
  follow(): () => void {
    const isOurs = (path: string): boolean => path === this.#project.get().opened?.path
    const opened = (): void => {
      const project = this.#project.get().opened?.project ?? null
      if (project === this.#handle) return
      this.#handle = project
      void this.refresh()
    }
    const stops = [
      this.#client.on('training.changed', ({ path }) => void (isOurs(path) && this.refresh())),
      this.#client.on('training.steps', ({ path, ...steps }) => {
        if (!isOurs(path)) return
        const { trainings } = this.get()
        const next = trainings && addSteps(trainings, steps)
        if (next) this.set({ trainings: next, error: null })
        else void this.refresh()
      }),
      // Whatever was told meanwhile is lost: the next connection asks again.
      this.#client.onClosed(() => {
        this.#handle = null
      }),
      this.#project.subscribe(opened),
    ]
    opened()
    return () => {
      for (const stop of stops) stop()
    }
  }

  /** Asks for the list; while that is under way further wishes become one. */
  async refresh(): Promise<void> {
    this.#isStale = true
    if (this.#isReading) return
    this.#isReading = true
    while (this.#isStale && this.#handle !== null) {
      this.#isStale = false
      await this.#read(this.#handle)
    }
    this.#isReading = false
  }

  async #read(project: string): Promise<void> {
    try {
      const listed = await this.#client.call('training.list', { project })
      const trainings = withLaterSteps(listed, this.get().trainings ?? [])
      this.set({ trainings, error: null })
    } catch (reason) {
      const error = toAppError(reason)
      // A lost connection is told elsewhere.
      if (error.code !== 'disconnected') this.set({ ...this.get(), error })
    }
  }
}
