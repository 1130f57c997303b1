/** @file What came of jobs whose result is no part of the project: kept while the project is open. */
import type { JobRunner } from '../jobs/job-runner.ts'
import type { OpenProject } from './open-project.ts'

/** How many results of one kind are kept for a project. */
const mostKept = 20

export class JobResults<Result> {
  readonly #byProject = new WeakMap<JobRunner, Map<number, Result>>()

  /** The result of a job; null while it is under way, and where it is not known any more. */
  get({ jobs }: Pick<OpenProject, 'jobs'>, job: number): Result | null {
    return this.#byProject.get(jobs)?.get(job) ?? null
  }

  set({ jobs }: Pick<OpenProject, 'jobs'>, job: number, result: Result): void {
    const kept = this.#byProject.get(jobs) ?? new Map<number, Result>()
    this.#byProject.set(jobs, kept)
    kept.set(job, result)
    for (const oldest of [...kept.keys()].slice(0, -mostKept)) kept.delete(oldest)
  }
}
