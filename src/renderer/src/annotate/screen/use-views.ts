/** @file What is shown with the mask: the backdrop, the previous mask's outline, proposals. */
import { useCallback, useEffect, useState } from 'react'
import { type AppError, toAppError } from '../../../../shared/errors.ts'
import { rgbaOf } from '../../canvas/raw-pixels.ts'
import { useStore } from '../../state/use-store.ts'
import { differenceMap, differencePicture, ghostOf } from '../paint/backdrop.ts'
import type { Label } from './label-context.ts'

const cutSteps = 255

/** Shows the frame, alone or with the background of its tape. */
export function useBackdrop({ session, stage, shown, settings }: Label): AppError | null {
  const { backdrop } = useStore(settings)
  const [error, setError] = useState<AppError | null>(null)
  useEffect(() => {
    setError(null)
    if (!shown || backdrop === 'picture') return
    let isWanted = true
    const { picture, place } = shown
    session.files.backgrounds.get(place).then(
      (background) => {
        if (!isWanted) return
        const mixed = backdrop === 'ghost' ? ghostOf : differencePicture
        const pixels = rgbaOf(mixed(picture, background))
        stage.setPicture(new ImageData(pixels, picture.width, picture.height), picture)
      },
      (reason) => isWanted && setError(toAppError(reason)),
    )
    return () => {
      isWanted = false
      stage.setPicture(picture.bitmap, picture)
    }
  }, [session, stage, shown, backdrop])
  return error
}

/** Shows the outline of the mask of the labelled frame before this one. */
export function useOnion({ session, painter, shown, settings, project }: Label): void {
  const { onion } = useStore(settings)
  const { frames } = project.state
  const before = shown && previousLabelled(frames, shown.place)
  useEffect(() => {
    if (!shown || !onion || before === null) return
    let isWanted = true
    session.files.documents.get(session.placeOf({ tape: shown.place.tape, frame: before })).then(
      ({ mask }) => isWanted && painter.setOnion(mask.data),
      () => isWanted && painter.setOnion(null),
    )
    return () => {
      isWanted = false
      if (painter.document === shown.document) painter.setOnion(null)
    }
  }, [session, painter, shown, onion, before])
}

/** The last labelled frame of the tape before a frame; null where there is none. */
export function previousLabelled(
  frames: Label['project']['state']['frames'],
  { tape, frame }: { tape: number; frame: number },
): number | null {
  const before = frames.filter(
    (known) => known.tape === tape && known.frame < frame && known.label !== 'none',
  )
  return before.reduce<number | null>(
    (latest, known) => Math.max(latest ?? known.frame, known.frame),
    null,
  )
}

export interface ProposalState {
  state: 'none' | 'looking' | 'there' | 'failed'
  error: AppError | null
  /** Lets the network look at this frame, though it is not asked to look at all. */
  look(): void
}

/** A frame that is only passed is not worth the network's time. */
const restMs = 250

/** Shows where somebody may be, as the network or the difference to the background says. */
export function useProposal({ session, painter, shown, settings, project }: Label): ProposalState {
  const { proposer, networkCut, differenceCut } = useStore(settings)
  const [map, setMap] = useState<Uint8Array | null>(null)
  const [status, setStatus] = useState<Omit<ProposalState, 'look'>>({ state: 'none', error: null })
  const { handle, client } = project
  const model = project.state.model.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: another network finds something else.
  useEffect(() => {
    setMap(null)
    setStatus({ state: 'none', error: null })
    if (!shown || proposer === 'none') return
    let isWanted = true
    const { place, picture } = shown
    const { predictions, backgrounds } = session.files
    const predict = async (): Promise<Uint8Array | null> => {
      const known = await predictions.get(place)
      if (known) return known.map
      await client.call('labels.predict', { project: handle, tape: place.tape, frame: place.frame })
      predictions.forget(place)
      return (await predictions.get(place))?.map ?? null
    }
    const differ = async (): Promise<Uint8Array> =>
      differenceMap(picture, await backgrounds.get(place))
    const timer = setTimeout(() => {
      setStatus({ state: 'looking', error: null })
      const found = proposer === 'network' ? predict() : differ()
      found.then(
        (next) => {
          if (!isWanted) return
          setMap(next)
          setStatus({ state: 'there', error: null })
        },
        (reason) => isWanted && setStatus({ state: 'failed', error: toAppError(reason) }),
      )
    }, restMs)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [session, client, handle, shown, proposer, model])
  const cut = proposer === 'network' ? Math.ceil((networkCut / 100) * cutSteps) : differenceCut
  useEffect(() => {
    if (!shown || painter.document !== shown.document) return
    painter.setProposal(map && { map, cut })
  }, [painter, shown, map, cut])
  const look = useCallback(() => settings.change({ proposer: 'network' }), [settings])
  return { ...status, look }
}
