import type { OpenedProject } from '../../../shared/contract/projects.ts'
import type { ProjectState } from '../../../shared/contract/state.ts'
import { type AppError, toAppError } from '../../../shared/errors.ts'
import type { EngineStore } from './engine-store.ts'
import { Store } from './store.ts'

export interface ProjectView {
  opened: OpenedProject | null
  /** How often it has been opened, as after a lost connection. */
  times: number
  /** What the engine last told; kept while the connection is lost. */
  state: ProjectState | null
  /** Why the project could not be opened or read. */
  error: AppError | null
}

/** Long enough for a page that mounts again at once, short enough for whoever wants the project next. */
const letGoAfterMs = 50

/** An open project as the engine knows it: opened, followed, and opened again on a new connection. */
export class ProjectStore extends Store<ProjectView> {
  readonly #engine: EngineStore
  readonly #path: string
  readonly #page: string
  #followers = 0
  #hold: AbortController | null = null
  #reading = false
  #isStale = false

  /** `page` is the page's own word, see `projects.open`. */
  constructor(engine: EngineStore, path: string, page: string) {
    super({ opened: null, times: 0, state: null, error: null })
    this.#engine = engine
    this.#path = path
    this.#page = page
  }

  /** Opens the project and keeps up with it. Returns the function that lets go of it. */
  follow(): () => void {
    this.#followers += 1
    const { client } = this.#engine
    const stops = [
      client.on('project.changed', ({ path, parts }) => {
        const { opened } = this.get()
        if (path !== opened?.path) return
        // Whoever wrote has let go: opened again, the project may be this page's to change.
        if (opened.mode === 'read' && parts.includes('writer')) void this.open()
        else void this.refresh()
      }),
      this.#engine.subscribe(() => {
        if (this.#engine.get().status === 'open') void this.open()
      }),
    ]
    if (this.#engine.get().status === 'open') void this.open()
    return () => {
      for (const stop of stops) stop()
      this.#followers -= 1
      setTimeout(() => this.#letGo(), letGoAfterMs)
    }
  }

  /** Opens the project, at first and after a loss or a failure. */
  async open(): Promise<void> {
    const { client } = this.#engine
    try {
      const opened = await client.call('projects.open', { path: this.#path, page: this.#page })
      this.#holdOn(opened.project)
      this.set({ ...this.get(), opened, times: this.get().times + 1, error: null })
      await this.refresh()
    } catch (error) {
      this.#fail(error)
    }
  }

  /** Reads the project's state anew; while that is under way further wishes become one. */
  async refresh(): Promise<void> {
    this.#isStale = true
    if (this.#reading) return
    this.#reading = true
    try {
      while (this.#isStale) {
        this.#isStale = false
        const { opened } = this.get()
        if (!opened) return
        const state = await this.#engine.client.call('project.state', { project: opened.project })
        this.set({ ...this.get(), state, error: null })
      }
    } catch (error) {
      if (toAppError(error).code === 'no-such-project-handle') this.#openSoon()
      else this.#fail(error)
    } finally {
      this.#reading = false
    }
  }

  /** The engine has let go of the project, as after the machine has slept: it is opened once more. */
  #openSoon(): void {
    if (this.#followers > 0) setTimeout(() => void this.open(), letGoAfterMs)
  }

  /** A lost connection is the engine store's to tell; the project comes back with it. */
  #fail(error: unknown): void {
    const failure = toAppError(error)
    if (failure.code !== 'disconnected') this.set({ ...this.get(), error: failure })
  }

  #holdOn(project: string): void {
    this.#hold?.abort()
    this.#hold = new AbortController()
    // It ends by being cancelled or with the connection; both are meant.
    this.#engine.client
      .call('projects.hold', { project }, { signal: this.#hold.signal })
      .catch(() => {})
  }

  #letGo(): void {
    if (this.#followers > 0) return
    this.#hold?.abort()
    const { opened } = this.get()
    // A project that cannot be closed is let go of when the connection ends.
    if (opened)
      this.#engine.client.call('projects.close', { project: opened.project }).catch(() => {})
  }
}
