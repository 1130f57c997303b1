/** @file Long work in the background of an open project: it outlives the page that started it. */
import type { Job } from '../../shared/contract/jobs.ts'
import { type AppError, cancelled, toAppError } from '../../shared/errors.ts'
import { type JobProgress, type LongWork, programEnds } from '../../shared/progress.ts'
import {
  addJob,
  dismissJob,
  finishJob,
  interruptJobs,
  listJobs,
  type StoredJob,
  startJob,
} from '../db/jobs.ts'
import type { Project } from '../db/project.ts'
import { writingProgress } from './logged-job.ts'

/** What the runner says while it works. */
export interface JobListener {
  /** A job was added, started, ended or put away. */
  changed(): void
  progress(job: number, progress: JobProgress): void
}

interface JobUnderWay {
  readonly controller: AbortController
  readonly ended: Promise<void>
  progress: JobProgress | null
}

type Work = (work: LongWork) => Promise<unknown>

/** The progress that a row remembers: how far, not how fast. */
function storedProgress({ stage, done, total }: StoredJob): JobProgress | null {
  return stage === '' ? null : { stage, done, total, unit: '', rate: 0, etaSeconds: 0 }
}

const stateOf = (error: AppError): 'cancelled' | 'failed' =>
  error.code === 'cancelled' ? 'cancelled' : 'failed'

/** Runs jobs: those of one kind one after the other, those of different kinds side by side. */
export class JobRunner {
  readonly #host: { readonly project: Project }
  readonly #listener: JobListener
  readonly #underWay = new Map<number, JobUnderWay>()
  /** When the last job of a kind will have ended. */
  readonly #tails = new Map<string, Promise<void>>()
  /** Ends that could not be written, as on a full disk. */
  readonly #unwritten = new Map<number, AppError | undefined>()
  #isClosing = false

  constructor(host: { readonly project: Project }, listener: JobListener) {
    this.#host = host
    this.#listener = listener
  }

  /** How many jobs run or wait for their turn. */
  get underWay(): number {
    return this.#underWay.size
  }

  /**
   * Starts a job and returns its id. What `work` throws is the job's error, and reaches nobody else.
   * @param title what it does, in words for the user
   * @param args kept with the job, as JSON
   * @throws AppError `read-only`, `disk-full`: then there is no job
   */
  start(kind: string, title: string, args: unknown, work: Work): number {
    const id = addJob(this.#host.project, kind, args, title)
    const controller = new AbortController()
    const before = this.#tails.get(kind) ?? Promise.resolve()
    const ended = before.then(() => this.#run(id, controller.signal, work))
    this.#tails.set(kind, ended)
    this.#underWay.set(id, { controller, ended, progress: null })
    this.#listener.changed()
    return id
  }

  /** The jobs of the project, the latest first; also those of other processes. */
  list(): Job[] {
    return listJobs(this.#host.project).map((row) => this.#describe(row))
  }

  /** Asks a job to end; one that has ended already stays as it is. */
  cancel(id: number): void {
    this.#underWay.get(id)?.controller.abort()
  }

  /** Puts a job away: it is not shown any more. */
  dismiss(id: number): void {
    dismissJob(this.#host.project, id)
    this.#listener.changed()
  }

  /** Resolves when a job has ended, however; at once where it is not under way. */
  async ended(id: number): Promise<void> {
    await this.#underWay.get(id)?.ended
  }

  /** Ends all jobs; they count as interrupted. */
  async close(): Promise<void> {
    this.#isClosing = true
    const jobs = [...this.#underWay.values()]
    for (const { controller } of jobs) controller.abort(programEnds)
    await Promise.all(jobs.map(({ ended }) => ended))
    if (jobs.length > 0) interruptJobs(this.#host.project)
  }

  async #run(id: number, signal: AbortSignal, work: Work): Promise<void> {
    try {
      if (signal.aborted) throw cancelled()
      startJob(this.#host.project, id)
      this.#listener.changed()
      const onProgress = writingProgress(this.#host.project, id, (value) => this.#report(id, value))
      await work({ signal, onProgress, job: id })
      this.#finish(id)
    } catch (error) {
      this.#finish(id, toAppError(error))
    }
  }

  #report(id: number, progress: JobProgress): void {
    const job = this.#underWay.get(id)
    if (!job) return
    job.progress = progress
    this.#listener.progress(id, progress)
  }

  #finish(id: number, error?: AppError): void {
    try {
      // Nobody wished a job cancelled that ends because the program does.
      const isInterrupted = this.#isClosing && error?.code === 'cancelled'
      if (!isInterrupted) finishJob(this.#host.project, id, error)
    } catch {
      this.#unwritten.set(id, error)
    }
    this.#underWay.delete(id)
    this.#listener.changed()
  }

  #describe(row: StoredJob): Job {
    const { id, kind, title, state, error, createdAt, finishedAt, dismissed } = row
    const live = this.#underWay.get(id)?.progress
    const job: Job = {
      ...{ id, kind, title, state, error, createdAt, finishedAt, dismissed },
      progress: live ?? storedProgress(row),
    }
    if (!this.#unwritten.has(id)) return job
    const end = this.#unwritten.get(id)
    return end ? { ...job, state: stateOf(end), error: end.toJSON() } : { ...job, state: 'done' }
  }
}
