/** @file What the parts of the Label screen share. */
import { createContext, useContext } from 'react'
import type { Stage } from '../../canvas/stage.ts'
import type { OpenProject } from '../../state/project-context.tsx'
import { useStore } from '../../state/use-store.ts'
import type { Painter } from '../paint/painter.ts'
import type { PaintSettings, PaintSettingsStore } from '../paint/settings.ts'
import type { LabelSession, Shown } from '../session/label-session.ts'
import type { ReadoutStore } from './readout.ts'

export interface Label {
  project: OpenProject
  session: LabelSession
  settings: PaintSettingsStore
  readout: ReadoutStore
  stage: Stage
  painter: Painter
  /** Null until the first frame is there. */
  shown: Shown | null
  canWrite: boolean
}

export const LabelContext = createContext<Label | null>(null)

export function useLabel(): Label {
  const label = useContext(LabelContext)
  if (!label) throw new Error('useLabel is used outside of the Label screen')
  return label
}

export function usePaintSettings(): PaintSettings {
  return useStore(useLabel().settings)
}
