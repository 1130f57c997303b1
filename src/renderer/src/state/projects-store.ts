import type { ListedProject } from '../../../shared/contract.ts'
import { type AppError, toAppError } from '../../../shared/errors.ts'
import type { EngineClient } from './engine-store.ts'
import { Store } from './store.ts'

export interface ProjectsState {
  /** Null until the first answer. */
  projects: readonly ListedProject[] | null
  /** Why the last request failed; the projects are then those of the one before. */
  error: AppError | null
}

/** The list of projects as the engine last told it. */
export class ProjectsStore extends Store<ProjectsState> {
  readonly #client: EngineClient

  constructor(client: EngineClient) {
    super({ projects: null, error: null })
    this.#client = client
  }

  /** Asks now and whenever the list changes. Returns the function that ends it. */
  follow(): () => void {
    void this.refresh()
    return this.#client.on('projects.changed', () => void this.refresh())
  }

  async refresh(): Promise<void> {
    await this.#attempt(async () => {
      const projects = await this.#client.call('projects.list', {})
      this.set({ projects, error: null })
    })
  }

  /** Takes a project off the list; its folder stays as it is. */
  async forget(path: string): Promise<void> {
    await this.#attempt(() => this.#client.call('projects.forget', { path }))
  }

  async #attempt(action: () => Promise<unknown>): Promise<void> {
    try {
      await action()
    } catch (error) {
      this.set({ ...this.get(), error: toAppError(error) })
    }
  }
}
