import { useMemo } from 'react'
import { byteAddress } from '../../../shared/byte-routes.ts'
import type { TrainingState } from '../../../shared/contract/training.ts'
import { useProject } from '../state/project-context.tsx'
import { FrameView } from './FrameView.tsx'
import { foundPixels, loadLayer, loadPainted, maskPixels } from './layers.ts'
import { useLoaded } from './use-loaded.ts'

const waitingText = 'Shows up after the first steps'

interface LivePreviewProps {
  training: number
  preview: NonNullable<TrainingState['preview']>
  isHeldOut: boolean
}

/** What the network finds in one frame while it is trained, beside what was painted there. */
export function LivePreview({ training, preview, isHeldOut }: LivePreviewProps) {
  const { handle, state } = useProject()
  const { tape, frame, version } = preview
  const place = { project: handle, tape, frame }
  const painted = useLoaded(`${handle} ${tape}/${frame}`, (signal) =>
    loadPainted(handle, { tape, frame }, signal),
  )
  const found = useLoaded(version > 0 ? `${handle} ${training} ${version}` : null, (signal) =>
    loadLayer(byteAddress.trainingPrediction(place, training, 'live'), signal),
  )
  const picture = painted.value?.picture ?? null
  const mask = painted.value?.mask ?? null
  const maskOverlay = useMemo(() => mask && maskPixels(mask, state.classes), [mask, state.classes])
  const overlay = useMemo(
    () => found.value && foundPixels(found.value, mask, state.classes),
    [found.value, mask, state.classes],
  )
  const about = isHeldOut ? `frame ${frame}, which it does not learn from` : `frame ${frame}`
  return (
    <section className="train-live" aria-label="Live preview">
      <FrameView
        title={
          <>
            The network now <small>{about}</small>
          </>
        }
        label={`What the network finds in frame ${frame} now`}
        {...{ picture, overlay }}
        note={painted.error?.message ?? (picture && !overlay ? waitingText : null)}
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
