import { useEffect, useMemo, useRef, useState } from 'react'
import { useProject } from '../state/project-context.tsx'
import { useStore } from '../state/use-store.ts'
import { colours, drawnOf } from './drawn.ts'
import type { ExperimentsDesk } from './experiments-context.ts'
import { ExperimentsStore } from './experiments-store.ts'

const none: ExperimentsDesk['experiments'] = []

/** The experiments of the open project, and what of them is looked at. */
export function useExperiments() {
  const { client, store } = useProject()
  const experiments = useMemo(() => new ExperimentsStore(client, store), [client, store])
  useEffect(() => experiments.follow(), [experiments])
  const { experiments: list, error, curves, step } = useStore(experiments)
  const [place, show] = useState<number | null>(null)
  const [chosen, setChosen] = useState<ReadonlySet<number> | null>(null)
  const known = list ?? none
  const drawn = drawnOf(known, chosen)
  const here = known.find(({ id }) => id === place) ?? known[0] ?? null
  const kept = useRef<ReadonlyMap<number, string>>(new Map())
  kept.current = colours(drawn, kept.current)
  const wanted = here && !drawn.includes(here.id) ? [...drawn, here.id] : drawn
  useEffect(() => experiments.want(wanted))
  const desk: ExperimentsDesk = {
    ...{ experiments: known, curves, step, here, show, drawn },
    draw(id, isDrawn) {
      const next = new Set(drawn)
      if (isDrawn) next.add(id)
      else next.delete(id)
      setChosen(next)
    },
    colourOf: (id) => kept.current.get(id) ?? 'text-quiet',
  }
  /** Shows one that was just made; who has chosen what is drawn wants to see it, too. */
  const showNew = (id: number): void => {
    show(id)
    setChosen((before) => before && new Set([...before, id]))
  }
  return { desk, showNew, isLoading: list === null, error, refresh: () => experiments.refresh() }
}
