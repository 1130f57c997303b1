/** @file An open project as the handlers see it that do what a page asks for. */
import type { ProjectHandle } from '../../shared/contract/projects.ts'
import type { Engine } from '../engine.ts'
import type { JobRunner } from '../jobs/job-runner.ts'
import type { LiveDesk } from '../live/live-desk.ts'

/** What one page holds of a project. Pages share everything but the handle and the mode. */
export interface OpenProject {
  readonly handle: ProjectHandle
  /** Absolute path of the project's folder; it names the project in events. */
  readonly path: string
  readonly name: string
  /** With the compute process for what somebody waits for: pictures, one prediction. */
  readonly engine: Engine
  /** The same project with another compute process, for jobs: cancelling one may end its process. */
  readonly worker: Engine
  /** The same with one more, for training: it takes much memory, and gives it back at its end. */
  readonly trainer: Engine
  /** Of this page. Never write by a handle that does not come from `OpenProjects.forWriting`. */
  readonly mode: 'write' | 'read'
  readonly jobs: JobRunner
  /** The camera that is looked at now, with a compute process of its own. */
  readonly live: LiveDesk
  /** Tells every page of the project which fields of `project.state` have changed. */
  changed(...parts: string[]): void
}
