import { createContext, useCallback, useContext, useEffect, useState } from 'react'
import type { Dataset } from '../../../shared/contract/datasets.ts'
import { type AppError, toAppError } from '../../../shared/errors.ts'
import { useProject } from '../state/project-context.tsx'

export interface Sets {
  /** In the order in which they were imported; null until the first answer. */
  sets: readonly Dataset[] | null
  error: AppError | null
  refresh: () => Promise<void>
}

/** The image sets of the open project, asked for again whenever something of it has changed. */
export function useSets(): Sets {
  const { client, handle, state } = useProject()
  const [found, setFound] = useState<Omit<Sets, 'refresh'>>({ sets: null, error: null })
  const refresh = useCallback(async () => {
    try {
      setFound({ sets: await client.call('datasets.list', { project: handle }), error: null })
    } catch (reason) {
      const error = toAppError(reason)
      // A lost connection is told elsewhere, and the next one asks again.
      if (error.code !== 'disconnected') setFound((before) => ({ ...before, error }))
    }
  }, [client, handle])
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever changed, it may be a set.
  useEffect(() => void refresh(), [refresh, state])
  return { ...found, refresh }
}

/** The set that is looked at. */
export const SetContext = createContext<Dataset | null>(null)

export function useSet(): Dataset {
  const set = useContext(SetContext)
  if (!set) throw new Error('useSet is used where no set is chosen')
  return set
}
