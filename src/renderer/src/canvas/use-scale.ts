import { useSyncExternalStore } from 'react'
import type { Stage } from './stage.ts'

const never = (): (() => void) => () => {}

/** The stage's zoom: CSS pixels per pixel of the picture. */
export function useScale(stage: Stage | null): number {
  return useSyncExternalStore(stage?.viewport.subscribe ?? never, () => stage?.scale ?? 1)
}
