import { useEffect, useMemo, useState } from 'react'
import { LatestLoader } from '../../canvas/latest-loader.ts'
import { useProject } from '../../state/project-context.tsx'
import { loadPrediction, tintedCanvas } from './prediction.ts'

export interface ShownPrediction {
  frame: number
  canvas: OffscreenCanvas | null
}

/**
 * What the network sees in the frame; null until that is there. `version` changes with the run, which
 * may not hold the frame: then nothing is asked for.
 */
export function usePrediction(
  { tape, run, version }: { tape: number; run: number; version: string },
  frame: number,
  isInRun: boolean,
): ShownPrediction | null {
  const { handle } = useProject()
  const [shown, setShown] = useState<ShownPrediction | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run sees something else.
  const loader = useMemo(
    () =>
      new LatestLoader(
        (at: number) => loadPrediction({ project: handle, tape, frame: at }, run),
        (mask, at) => setShown({ frame: at, canvas: mask && tintedCanvas(mask) }),
        // Without it the picture is shown alone.
        (_, at) => setShown({ frame: at, canvas: null }),
      ),
    [handle, tape, run, version],
  )
  useEffect(() => {
    if (isInRun) loader.want(frame)
  }, [loader, frame, isInRun])
  return shown
}
