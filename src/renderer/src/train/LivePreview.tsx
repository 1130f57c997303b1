import { useMemo } from 'react'
import { byteAddress } from '../../../shared/byte-routes.ts'
import type { TrainingState } from '../../../shared/contract/training.ts'
import { useProject } from '../state/project-context.tsx'
import { useLoaded } from '../state/use-loaded.ts'
import { FrameView } from './FrameView.tsx'
import { foundPixels, loadLayer, loadPainted, maskPixels } from './layers.ts'
import './LivePreview.css'

const waitingText = 'Shows up after the first steps'

function aboutFrame({ preview, heldOut }: TrainingState): string {
  if (!preview) return ''
  const { tape, frame } = preview
  const isHeldOut = heldOut.some((held) => held.tape === tape && held.frame === frame)
  return isHeldOut ? `frame ${frame}, held out of the trial` : `frame ${frame}`
}

/** A painted frame, and what the network finds in it now; null as long as there is none. */
function usePreview({ id, preview }: TrainingState) {
  const { handle } = useProject()
  const place = { project: handle, tape: preview?.tape ?? 0, frame: preview?.frame ?? 0 }
  const at = preview && `${handle} ${preview.tape}/${preview.frame}`
  const painted = useLoaded(at, (signal) => loadPainted(handle, place, signal))
  const found = useLoaded(at && `${at} ${id} ${preview?.version}`, (signal) =>
    loadLayer(byteAddress.trainingPrediction(place, id, 'live'), signal),
  )
  return { painted: painted.value, found: found.value, error: painted.error }
}

/** What the network finds in one frame while it is trained, beside what was painted there. */
export function LivePreview({ training }: { training: TrainingState }) {
  const { classes } = useProject().state
  const { painted, found, error } = usePreview(training)
  const picture = painted?.picture ?? null
  const mask = painted?.mask ?? null
  const maskOverlay = useMemo(() => mask && maskPixels(mask, classes), [mask, classes])
  const overlay = useMemo(() => found && foundPixels(found, mask, classes), [found, mask, classes])
  const frame = training.preview?.frame ?? ''
  return (
    <section className="train-live" aria-label="Live preview">
      <FrameView
        title={
          <>
            The network now <small>{aboutFrame(training)}</small>
          </>
        }
        label={`What the network finds in frame ${frame} now`}
        {...{ picture, overlay }}
        note={error?.message ?? (overlay ? null : waitingText)}
      />
      <FrameView
        title="Your mask"
        label={`What you painted in frame ${frame}`}
        picture={picture}
        overlay={maskOverlay}
      />
    </section>
  )
}
