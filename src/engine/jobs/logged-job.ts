/** @file Long work leaves a row in the project: what was asked, how far it got, how it ended. */
import { toAppError } from '../../shared/errors.ts'
import type { LongWork, OnProgress } from '../../shared/progress.ts'
import { addJob, finishJob, setJobProgress, startJob } from '../db/jobs.ts'
import type { Project } from '../db/project.ts'

export type JobKind = 'import' | 'infer' | 'train' | 'experiment' | 'export'

/** Progress is written this often, so that a process that dies leaves a fair picture. */
const writeEveryMs = 1000

/** Reports progress to `onProgress`, and now and then to the job's row. */
export function writingProgress(
  project: Project,
  job: number,
  onProgress: OnProgress | undefined,
): OnProgress {
  let writtenAt = Number.NEGATIVE_INFINITY
  return (progress) => {
    onProgress?.(progress)
    const now = performance.now()
    if (now - writtenAt < writeEveryMs && progress.done < progress.total) return
    writtenAt = now
    try {
      setJobProgress(project, job, progress)
    } catch (error) {
      // The work itself meets a full disk too, where it can say so; here nobody would catch it.
      if (toAppError(error).code !== 'disk-full') throw error
    }
  }
}

/**
 * Runs `work` as a job of the project, which is given its id; `args` are kept as they are. Work that
 * is part of a job already is logged there.
 */
export async function loggedJob<Result>(
  project: Project,
  kind: JobKind,
  args: unknown,
  outer: LongWork,
  work: (work: LongWork, job: number) => Promise<Result>,
): Promise<Result> {
  if (outer.job !== undefined) return work(outer, outer.job)
  const { signal, onProgress } = outer
  const id = addJob(project, kind, args)
  startJob(project, id)
  try {
    const report = writingProgress(project, id, onProgress)
    const result = await work({ signal, onProgress: report, job: id }, id)
    finishJob(project, id)
    return result
  } catch (error) {
    finishJob(project, id, toAppError(error))
    throw error
  }
}
