import { useEffect, useRef, useState } from 'react'
import { type AppError, toAppError } from '../../../shared/errors.ts'
import type { JobProgress, LongWork } from '../../../shared/progress.ts'

export interface Call<Value> {
  value: Value | null
  error: AppError | null
  /** Of what is under way; null where nothing is, or nothing is known of it yet. */
  progress: JobProgress | null
  isUnderWay: boolean
}

const rest = { value: null, error: null, progress: null, isUnderWay: false } as const

/**
 * Something that may take long and is asked for again for every other key; null = not at all. What was
 * asked for before is given up, and its value goes. The latest `ask` is called.
 */
export function useCall<Value>(
  key: string | null,
  ask: (work: LongWork) => Promise<Value>,
): Call<Value> {
  const [call, setCall] = useState<Call<Value>>(rest)
  const latest = useRef(ask)
  latest.current = ask
  useEffect(() => {
    if (key === null) {
      setCall(rest)
      return
    }
    const giveUp = new AbortController()
    const { signal } = giveUp
    const onProgress = (progress: JobProgress): void => {
      if (!signal.aborted) setCall((before) => ({ ...before, progress }))
    }
    setCall({ ...rest, isUnderWay: true })
    latest.current({ signal, onProgress }).then(
      (value) => {
        if (!signal.aborted) setCall({ ...rest, value })
      },
      (reason) => {
        if (!signal.aborted) setCall({ ...rest, error: toAppError(reason) })
      },
    )
    return () => giveUp.abort()
  }, [key])
  return call
}
