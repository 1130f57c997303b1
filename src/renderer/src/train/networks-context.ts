import { createContext, useContext, useEffect, useMemo } from 'react'
import type { Model } from '../../../shared/contract/models.ts'
import { useProject } from '../state/project-context.tsx'
import { useToasts } from '../state/services.tsx'
import { useStore } from '../state/use-store.ts'
import { ModelsStore } from './models-store.ts'

export const ModelsContext = createContext<ModelsStore | null>(null)

/** The store of the screen's networks. */
export function useModelsStore(): ModelsStore {
  const store = useContext(ModelsContext)
  if (!store) throw new Error('useModelsStore is used outside of the Train screen')
  return store
}

export function useModels(): readonly Model[] {
  return useStore(useModelsStore()).models ?? []
}

/** Makes the store, for as long as the screen is there. */
export function useNewModelsStore(): ModelsStore {
  const { client, store } = useProject()
  const models = useMemo(() => new ModelsStore(client, store), [client, store])
  useEffect(() => models.follow(), [models])
  return models
}

/** Makes a network the one in use, and says so. */
export function useActivate(): (model: Pick<Model, 'id' | 'name'>) => Promise<void> {
  const models = useModelsStore()
  const toasts = useToasts()
  return async ({ id, name }) => {
    try {
      await models.change((client, project) =>
        client.call('models.activate', { project, model: id }),
      )
      toasts.tell(`${name} is in use now`)
    } catch (error) {
      toasts.fail(error)
    }
  }
}
