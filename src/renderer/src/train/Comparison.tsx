import { useMemo, useState } from 'react'
import { byteAddress, type TrainingNetwork } from '../../../shared/byte-routes.ts'
import type { TrainingState } from '../../../shared/contract/training.ts'
import { NextIcon, PreviousIcon } from '../annotate/screen/icons.tsx'
import { useAction } from '../keys/use-action.ts'
import { useProject } from '../state/project-context.tsx'
import { useLoaded } from '../state/use-loaded.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { sentence } from '../ui/Prose.tsx'
import { FrameView } from './FrameView.tsx'
import {
  type FrameAt,
  foundPixels,
  type Layer,
  loadLayer,
  loadPainted,
  maskPixels,
} from './layers.ts'
import { overlapNote, overlapText } from './verdict.ts'
import './Comparison.css'

type HeldOut = TrainingState['heldOut'][number]

/** A held-out frame with everything that is shown of it, so that nothing of two frames is mixed. */
function useFrame(training: number, { tape, frame }: FrameAt) {
  const { handle } = useProject()
  const found = (network: TrainingNetwork, signal: AbortSignal): Promise<Layer | null> =>
    loadLayer(
      byteAddress.trainingPrediction({ project: handle, tape, frame }, training, network),
      signal,
    )
  return useLoaded(`${handle} ${training} ${tape}/${frame}`, async (signal) => {
    const [painted, base, trained] = await Promise.all([
      loadPainted(handle, { tape, frame }, signal),
      found('base', signal),
      found('new', signal),
    ])
    return { ...painted, base, trained }
  })
}

interface ThumbnailsProps {
  frames: readonly HeldOut[]
  here: number
  onChoose: (index: number) => void
}

function Thumbnails({ frames, here, onChoose }: ThumbnailsProps) {
  const { handle } = useProject()
  return (
    <ul className="train-thumbnails">
      {frames.map(({ tape, frame, base, new: trained }, at) => (
        <li key={`${tape}/${frame}`}>
          <button
            type="button"
            className="train-thumbnail"
            aria-current={at === here ? 'true' : undefined}
            aria-label={`Frame ${frame}: ${overlapText(base)} before, ${overlapText(trained)} after`}
            onClick={() => onChoose(at)}
          >
            <img src={byteAddress.thumbnail({ project: handle, tape, frame })} alt="" />
            <span className="train-thumbnail-text">
              <span>Frame {frame}</span>
              <span>
                {overlapText(base)} → {overlapText(trained)}
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}

/** The network before and the one after on frames that were held out, beside what was painted there. */
export function Comparison({ training }: { training: TrainingState }) {
  const { state } = useProject()
  const { heldOut: frames } = training
  const [chosen, setChosen] = useState(0)
  const [isHidden, setHidden] = useState(false)
  const here = Math.min(chosen, frames.length - 1)
  const at = frames[here]
  const go = (step: number): void => setChosen((here + step + frames.length) % frames.length)
  useAction('train.next', () => go(1), frames.length > 1)
  useAction('train.previous', () => go(-1), frames.length > 1)
  useAction('train.overlay', () => setHidden((before) => !before), frames.length > 0)
  const { value, error } = useFrame(training.id, at ?? { tape: 0, frame: 0 })
  const { classes } = state
  const overlays = useMemo(() => {
    if (!value) return null
    const { mask, base, trained } = value
    return {
      mask: mask && maskPixels(mask, classes),
      base: base && foundPixels(base, mask, classes),
      trained: trained && foundPixels(trained, mask, classes),
    }
  }, [value, classes])
  if (!at) return null
  const picture = value?.picture ?? null
  const over = (overlay: ImageData | null | undefined) => (isHidden ? null : (overlay ?? null))
  const lacks = (overlay: ImageData | null | undefined) =>
    value && !overlay ? 'Not kept by the engine' : null
  return (
    <section className="train-comparison" aria-label="Before and after">
      <header className="train-comparison-head">
        <h3 className="train-subtitle">
          Frame {at.frame}, {here + 1} of {frames.length} held out
        </h3>
        <span className="train-quiet">
          The dashed line is what you painted, the colour what the network finds.
        </span>
        <IconButton
          label="Previous held-out frame"
          action="train.previous"
          icon={<PreviousIcon />}
          disabled={frames.length < 2}
          side="left"
          onClick={() => go(-1)}
        />
        <IconButton
          label="Next held-out frame"
          action="train.next"
          icon={<NextIcon />}
          disabled={frames.length < 2}
          side="left"
          onClick={() => go(1)}
        />
      </header>
      {error && <p className="train-error">{sentence(error.message)}</p>}
      <div className="train-views">
        <FrameView
          title={
            <>
              Before <small>{overlapNote(at.base)}</small>
            </>
          }
          label={`What ${training.base.name} finds in frame ${at.frame}`}
          picture={picture}
          overlay={over(overlays?.base)}
          note={lacks(overlays?.base)}
        />
        <FrameView
          title={
            <>
              After <small>{overlapNote(at.new)}</small>
            </>
          }
          label={`What the new network finds in frame ${at.frame}`}
          picture={picture}
          overlay={over(overlays?.trained)}
          note={lacks(overlays?.trained)}
        />
        <FrameView
          title="Your mask"
          label={`What you painted in frame ${at.frame}`}
          picture={picture}
          overlay={over(overlays?.mask)}
        />
      </div>
      {frames.length > 1 && <Thumbnails frames={frames} here={here} onChoose={setChosen} />}
    </section>
  )
}
