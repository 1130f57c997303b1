/** @file One page's hold of an open project: it outlasts a reload, and lapses when the page is gone. */
import type { ProjectHandle } from '../../shared/contract/projects.ts'
import type { Engine } from '../engine.ts'
import type { JobRunner } from '../jobs/job-runner.ts'
import type { LiveDesk } from '../live/live-desk.ts'
import type { OpenProject } from './open-project.ts'
import type { SharedProject } from './shared-project.ts'

export interface PageHandleOptions {
  graceMs: number
  /** Called once, when the page has let go. */
  onEnd(): void
}

export class PageHandle implements OpenProject {
  readonly handle: ProjectHandle
  readonly shared: SharedProject
  readonly #options: PageHandleOptions
  readonly #ended = Promise.withResolvers<void>()
  #holds = 0
  #timer: NodeJS.Timeout | undefined
  #isOver = false

  constructor(handle: ProjectHandle, shared: SharedProject, options: PageHandleOptions) {
    this.handle = handle
    this.shared = shared
    this.#options = options
  }

  get path(): string {
    return this.shared.path
  }

  get name(): string {
    return this.shared.name
  }

  get engine(): Engine {
    return this.shared.engine
  }

  get worker(): Engine {
    return this.shared.worker
  }

  get trainer(): Engine {
    return this.shared.trainer
  }

  get jobs(): JobRunner {
    return this.shared.jobs
  }

  get live(): LiveDesk {
    return this.shared.live
  }

  get mode(): 'write' | 'read' {
    return this.shared.modeFor(this.handle)
  }

  changed(...parts: string[]): void {
    this.shared.changed(...parts)
  }

  /** Puts off the end of a handle that nobody holds. */
  use(): void {
    clearTimeout(this.#timer)
    if (this.#holds > 0 || this.#isOver) return
    this.#timer = setTimeout(() => this.end(), this.#options.graceMs)
  }

  /** Resolves when the signal is aborted, or the handle ends. */
  async hold(signal: AbortSignal | undefined): Promise<void> {
    this.#holds += 1
    clearTimeout(this.#timer)
    const aborted = Promise.withResolvers<void>()
    const onAbort = (): void => aborted.resolve()
    if (signal?.aborted) onAbort()
    signal?.addEventListener('abort', onAbort, { once: true })
    try {
      await Promise.race([aborted.promise, this.#ended.promise])
    } finally {
      signal?.removeEventListener('abort', onAbort)
      this.#holds -= 1
      this.use()
    }
  }

  end(): void {
    if (this.#isOver) return
    this.#isOver = true
    clearTimeout(this.#timer)
    this.#ended.resolve()
    this.#options.onEnd()
  }
}
