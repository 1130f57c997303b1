import type { Job } from '../../../shared/contract/jobs.ts'
import { toAppError } from '../../../shared/errors.ts'
import type { EngineClient } from './engine-store.ts'
import type { ProjectStore } from './project-store.ts'
import { Store } from './store.ts'

/** Jobs of the open project, the latest first; null until the first answer. */
export class JobsStore extends Store<readonly Job[] | null> {
  readonly #client: EngineClient
  readonly #project: ProjectStore
  #handle: string | null = null
  /** The newest job that there was when the project was opened; null until that is known. */
  #newestBefore: number | null = null

  constructor(client: EngineClient, project: ProjectStore) {
    super(null)
    this.#client = client
    this.#project = project
  }

  /** Asks whenever the project is opened and follows the jobs. Returns the function that ends it. */
  follow(): () => void {
    const isOurs = (path: string): boolean => path === this.#project.get().opened?.path
    const opened = (): void => {
      const project = this.#project.get().opened
      if (project?.project === this.#handle) return
      this.#handle = project?.project ?? null
      this.#newestBefore = null
      void this.refresh()
    }
    const stops = [
      this.#client.on('jobs.changed', ({ path }) => void (isOurs(path) && this.refresh())),
      this.#client.on('job.progress', ({ path, job, progress }) => {
        if (isOurs(path)) this.#patch(job, { progress })
      }),
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

  async refresh(): Promise<void> {
    if (this.#handle === null) return
    // What was known stays; a lost connection is told elsewhere, and the next one asks again.
    await this.#client.call('jobs.list', { project: this.#handle }).then(
      (jobs) => {
        this.#newestBefore ??= Math.max(0, ...jobs.map(({ id }) => id))
        this.set(jobs)
      },
      () => {},
    )
  }

  /** Whether a job was started after the project was opened here. */
  isSinceOpened({ id }: Job): boolean {
    return this.#newestBefore !== null && id > this.#newestBefore
  }

  async cancel(job: number): Promise<void> {
    await this.#ask('jobs.cancel', job)
  }

  /** Puts a finished job away. */
  async dismiss(job: number): Promise<void> {
    this.#patch(job, { dismissed: true })
    await this.#ask('jobs.dismiss', job)
  }

  /** The job once it has ended, however; it must be one of this project. */
  async ended(job: number): Promise<Job> {
    const find = (): Job | undefined =>
      this.get()?.find(({ id, state }) => id === job && state !== 'running' && state !== 'queued')
    return (
      find() ??
      new Promise((resolve) => {
        const stop = this.subscribe(() => {
          const found = find()
          if (!found) return
          stop()
          resolve(found)
        })
      })
    )
  }

  async #ask(method: 'jobs.cancel' | 'jobs.dismiss', job: number): Promise<void> {
    try {
      if (this.#handle !== null) await this.#client.call(method, { project: this.#handle, job })
    } catch (error) {
      await this.refresh()
      throw toAppError(error)
    }
  }

  #patch(id: number, change: Partial<Job>): void {
    const jobs = this.get()
    if (jobs) this.set(jobs.map((job) => (job.id === id ? { ...job, ...change } : job)))
  }
}
