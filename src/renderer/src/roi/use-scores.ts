import { useEffect, useMemo, useState } from 'react'
import { LatestLoader } from '../canvas/latest-loader.ts'
import { useProject } from '../state/project-context.tsx'

export interface RegionScore {
  region: number
  sum: number | null
  threshold: number
  occupied: boolean | null
}

/** Sum and state of each region in a frame, by the region's id; empty before anything was counted. */
export function useScores(tape: number, frame: number): ReadonlyMap<number, RegionScore> {
  const { client, handle, state } = useProject()
  const [scores, setScores] = useState<ReadonlyMap<number, RegionScore>>(new Map())
  const loader = useMemo(
    () =>
      new LatestLoader(
        (at: number, signal) =>
          client.call('regions.scores', { project: handle, tape, frame: at }, { signal }),
        (found) => setScores(new Map(found.map((score) => [score.region, score]))),
        // Without a run there is nothing to show; the list then shows no numbers.
        () => setScores(new Map()),
      ),
    [client, handle, tape],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: other regions have other scores.
  useEffect(() => loader.want(frame), [loader, frame, state.regions, state.rule])
  useEffect(() => () => loader.giveUp(), [loader])
  return scores
}
