/** @file Long work leaves a row in the project: what was asked, how far it got, how it ended. */
import { toAppError } from '../../shared/errors.ts'
import type { JobProgress, LongWork } from '../../shared/progress.ts'
import { addJob, finishJob, setJobProgress, startJob } from '../db/jobs.ts'
import type { Project } from '../db/project.ts'

export type JobKind = 'import' | 'infer' | 'train' | 'export'

/** Progress is written this often, so that a process that dies leaves a fair picture. */
const writeEveryMs = 1000

/** Runs `work` as a job of the project, which is given its id; `args` are kept as they are. */
export async function loggedJob<Result>(
  project: Project,
  kind: JobKind,
  args: unknown,
  { signal, onProgress }: LongWork,
  work: (work: LongWork, job: number) => Promise<Result>,
): Promise<Result> {
  const id = addJob(project, kind, args)
  startJob(project, id)
  let writtenAt = Number.NEGATIVE_INFINITY
  const report = (progress: JobProgress) => {
    onProgress?.(progress)
    const now = performance.now()
    if (now - writtenAt < writeEveryMs && progress.done < progress.total) return
    writtenAt = now
    setJobProgress(project, id, progress)
  }
  try {
    const result = await work({ signal, onProgress: report }, id)
    finishJob(project, id)
    return result
  } catch (error) {
    finishJob(project, id, toAppError(error))
    throw error
  }
}
