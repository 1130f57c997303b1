import { useEffect } from 'react'
import { localKeep } from '../paint/settings.ts'
import type { Label } from './label-context.ts'

/** Lets the network propose as soon as another one is in use: whoever trained it wants to see it. */
export function useNewNetwork({ project, settings }: Label): void {
  const { path, model } = project.state
  useEffect(() => {
    const keep = localKeep(`maskbench-network ${path}`)
    const before = keep.read()
    if (before === model.id) return
    keep.write(model.id)
    if (before !== null) settings.change({ proposer: 'network' })
  }, [path, model.id, settings])
}
