import { createContext, useContext } from 'react'
import type { ExperimentSummary } from '../../../shared/contract/experiments.ts'
import type { ExperimentsView } from './experiments-store.ts'

/** What the parts of the screen share: the experiments, which of them is looked at, which are drawn. */
export interface ExperimentsDesk extends Omit<ExperimentsView, 'experiments' | 'error'> {
  experiments: readonly ExperimentSummary[]
  /** The one that the details are about; null where there is none. */
  here: ExperimentSummary | null
  show: (experiment: number) => void
  /** Ids of those that are drawn and compared, in the order of the list. */
  drawn: readonly number[]
  draw: (experiment: number, isDrawn: boolean) => void
  /** Name of a colour of tokens.css, for one that is drawn. */
  colourOf: (experiment: number) => string
}

export const ExperimentsContext = createContext<ExperimentsDesk | null>(null)

export function useExperimentsDesk(): ExperimentsDesk {
  const desk = useContext(ExperimentsContext)
  if (!desk) throw new Error('useExperimentsDesk is used outside of the Experiments screen')
  return desk
}
