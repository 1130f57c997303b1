import { useEffect, useRef, useState } from 'react'
import { type AppError, toAppError } from '../../../shared/errors.ts'

export interface Loaded<Value> {
  /** What came last; it stays until the next is there. */
  value: Value | null
  /** The key that `value` was loaded for. */
  key: string | null
  error: AppError | null
}

const nothing = { value: null, key: null, error: null } as const

/**
 * Loads something anew for every key, and gives up what is not wanted any more. No key = nothing is
 * wanted. The latest `load` is called: it need not be memoised.
 */
export function useLoaded<Value>(
  key: string | null,
  load: (signal: AbortSignal) => Promise<Value>,
): Loaded<Value> {
  const [loaded, setLoaded] = useState<Loaded<Value>>(nothing)
  const latest = useRef(load)
  latest.current = load
  useEffect(() => {
    if (key === null) {
      setLoaded(nothing)
      return
    }
    const giveUp = new AbortController()
    latest.current(giveUp.signal).then(
      (value) => {
        if (!giveUp.signal.aborted) setLoaded({ value, key, error: null })
      },
      (reason) => {
        if (giveUp.signal.aborted) return
        setLoaded((before) => ({ ...before, key, error: toAppError(reason) }))
      },
    )
    return () => giveUp.abort()
  }, [key])
  return loaded
}
