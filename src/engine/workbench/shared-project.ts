/** @file A project that this process has open, for all the pages that show it. */
import { basename } from 'node:path'
import type { OpenedProject, ProjectHandle } from '../../shared/contract/projects.ts'
import { projectStateSchema } from '../../shared/contract/state.ts'
import type { Workbench } from '../../shared/contract.ts'
import { toAppError } from '../../shared/errors.ts'
import type { EventHub } from '../../shared/rpc.ts'
import { startCompute } from '../compute/start-compute.ts'
import type { Tasks } from '../compute/tasks.ts'
import type { ComputeProcess } from '../compute/types.ts'
import { openProject, type Project } from '../db/project.ts'
import type { Engine, EngineOptions } from '../engine.ts'
import { JobRunner } from '../jobs/job-runner.ts'
import { LiveDesk } from '../live/live-desk.ts'
import { userDataFolder } from '../projects/data-folder.ts'
import { watchWriter } from './watch-writer.ts'

export interface SharedProjectOptions {
  events: EventHub<Workbench>
  engine: EngineOptions
  /** Called when no page has it open and no job is under way. */
  onUnused(): void
}

/** The fields of a project's state. */
const parts = Object.keys(projectStateSchema.shape)

/** Why a project cannot be written now. */
type Obstacle = Extract<OpenedProject['writer'], 'another program' | 'nobody'>

const obstacles: Readonly<Record<string, Obstacle>> = {
  'project-locked': 'another program',
  'read-only': 'nobody',
}

/** For writing where that can be; else for reading, and why. */
function openAsCanBe(path: string): { project: Project; obstacle: Obstacle | null } {
  try {
    return { project: openProject(path, { mode: 'write' }), obstacle: null }
  } catch (error) {
    const obstacle = obstacles[toAppError(error).code]
    if (!obstacle) throw error
    return { project: openProject(path, { mode: 'read' }), obstacle }
  }
}

export class SharedProject {
  readonly path: string
  readonly name: string
  readonly engine: Engine
  readonly worker: Engine
  readonly trainer: Engine
  readonly jobs: JobRunner
  readonly live: LiveDesk
  readonly #options: SharedProjectOptions
  readonly #pages = new Set<ProjectHandle>()
  #project: Project
  #obstacle: Obstacle | null
  #writer: ProjectHandle | null = null
  #stopWatching = (): void => {}

  /** @throws AppError what `openProject` throws */
  constructor(path: string, options: SharedProjectOptions) {
    this.path = path
    this.name = basename(path, '.maskbench')
    this.#options = options
    ;({ project: this.#project, obstacle: this.#obstacle } = openAsCanBe(path))
    this.engine = this.#engine()
    this.worker = this.#engine()
    this.trainer = this.#engine()
    const { events } = options
    this.jobs = new JobRunner(this, {
      changed: () => {
        events.emit('jobs.changed', { path })
        this.#closeIfUnused()
      },
      progress: (job, progress) => events.emit('job.progress', { path, job, progress }),
    })
    this.live = new LiveDesk(this.#engine(), (state) => events.emit('live.state', { path, state }))
    this.#watch()
  }

  get project(): Project {
    return this.#project
  }

  changed(...parts: string[]): void {
    this.live.projectChanged(parts)
    this.#options.events.emit('project.changed', { path: this.path, parts })
  }

  /** Writes from now on, where what stood in the way has gone. */
  tryToWrite(): void {
    if (!this.#obstacle) return
    const before = this.#project
    const { project, obstacle } = openAsCanBe(this.path)
    this.#project = project
    this.#obstacle = obstacle
    before.close()
    this.#watch()
  }

  join(page: ProjectHandle): void {
    this.#pages.add(page)
  }

  /** Lets a page write, unless another one does. */
  claim(page: ProjectHandle): void {
    if (!this.#obstacle) this.#writer ??= page
  }

  modeFor(page: ProjectHandle): 'write' | 'read' {
    return !this.#obstacle && this.#writer === page ? 'write' : 'read'
  }

  writerFor(page: ProjectHandle): OpenedProject['writer'] {
    if (this.#obstacle) return this.#obstacle
    return this.#writer === page ? 'this page' : 'another window'
  }

  release(page: ProjectHandle): void {
    this.#pages.delete(page)
    if (this.#writer === page) {
      this.#writer = null
      // The others may open it again and write.
      this.changed('writer')
    }
    this.#closeIfUnused()
  }

  /** Whether a page has it open or a job is under way. */
  get isUsed(): boolean {
    return this.#pages.size > 0 || this.jobs.underWay > 0
  }

  async close(): Promise<void> {
    this.#stopWatching()
    await this.live.close()
    await this.jobs.close()
    try {
      const engines = [this.engine, this.worker, this.trainer]
      await Promise.all(engines.map(({ compute }) => compute.close()))
    } finally {
      this.#project.close()
    }
  }

  /** Pages see what another program writes; nothing else tells them. */
  #watch(): void {
    this.#stopWatching()
    if (this.#obstacle !== 'another program') return
    this.#stopWatching = watchWriter(this.#project, {
      written: () => {
        this.changed(...parts)
        this.#options.events.emit('jobs.changed', { path: this.path })
      },
      gone: () => this.changed('writer'),
    })
  }

  #closeIfUnused(): void {
    if (!this.isUsed) this.#options.onUnused()
  }

  #engine(): Engine {
    const { engine } = this.#options
    const compute: ComputeProcess<Tasks> = (engine.startCompute ?? startCompute)()
    const shared = this
    const close = (): Promise<void> => compute.close()
    return {
      get project() {
        return shared.#project
      },
      ...{ compute, close, dataFolder: engine.dataFolder ?? userDataFolder() },
      [Symbol.asyncDispose]: close,
    }
  }
}
