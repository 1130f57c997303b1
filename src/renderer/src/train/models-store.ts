import type { Model } from '../../../shared/contract/models.ts'
import { type AppError, toAppError } from '../../../shared/errors.ts'
import type { EngineClient } from '../state/engine-store.ts'
import type { ProjectStore } from '../state/project-store.ts'
import { Store } from '../state/store.ts'

export interface ModelsView {
  /** The built-in one first, then the latest first; null until the first answer. */
  models: readonly Model[] | null
  error: AppError | null
}

/** Networks of the open project. */
export class ModelsStore extends Store<ModelsView> {
  readonly #client: EngineClient
  readonly #project: ProjectStore

  constructor(client: EngineClient, project: ProjectStore) {
    super({ models: null, error: null })
    this.#client = client
    this.#project = project
  }

  /** Asks at every change of the project. Returns the function that ends it. */
  follow(): () => void {
    void this.refresh()
    return this.#project.subscribe(() => void this.refresh())
  }

  async refresh(): Promise<void> {
    const project = this.#project.get().opened?.project
    if (project === undefined) return
    await this.#client.call('models.list', { project }).then(
      (models) => this.set({ models, error: null }),
      (reason) => {
        const error = toAppError(reason)
        if (error.code !== 'disconnected') this.set({ ...this.get(), error })
      },
    )
  }

  /** Changes a network, and asks for the list. Throws what the engine says. */
  async change(action: (client: EngineClient, project: string) => Promise<unknown>): Promise<void> {
    const project = this.#project.get().opened?.project
    if (project === undefined) return
    try {
      await action(this.#client, project)
    } finally {
      await this.refresh()
    }
  }
}
