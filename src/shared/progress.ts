/** One report of a long job. `done` never falls and `total` never changes within a stage. */
export interface JobProgress {
  stage: string
  done: number
  total: number
  /** What is counted: 'frames', 'bytes', 'files'. */
  unit: string
  /** Units per second since the stage began. */
  rate: number
  etaSeconds: number
}

export type OnProgress = (progress: JobProgress) => void

/** Why a signal is aborted when nobody wished the work cancelled, but the program ends. */
export const programEnds = 'the program ends'

/** Options that every long function takes last. */
export interface LongWork {
  signal?: AbortSignal | undefined
  onProgress?: OnProgress | undefined
  /** The project's row of the job that this work is part of, where there is one already. */
  job?: number | undefined
}

/**
 * Counts one stage of a job and reports it at most ten times a second, and always at its end.
 * The rate is taken over the whole stage, so that the ETA does not jump.
 */
export function progressMeter(
  stage: string,
  total: number,
  unit: string,
  onProgress: OnProgress | undefined,
  now: () => number = () => performance.now(),
): (done: number) => void {
  const started = now()
  let reported = Number.NEGATIVE_INFINITY
  return (done) => {
    const at = now()
    if (!onProgress || (at - reported < 100 && done < total)) return
    reported = at
    const seconds = (at - started) / 1000
    const rate = seconds > 0 ? done / seconds : 0
    onProgress({ stage, done, total, unit, rate, etaSeconds: rate > 0 ? (total - done) / rate : 0 })
  }
}
