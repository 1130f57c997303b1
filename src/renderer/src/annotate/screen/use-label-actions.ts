/** @file What is done with a frame's label as a whole: save and go on, nobody here, copy, flag. */

import { useFrameCursor } from '../../state/frame-cursor.ts'
import { useToasts } from '../../state/services.tsx'
import { useStore } from '../../state/use-store.ts'
import { isSamePlace, keyOf } from '../journal/frame-place.ts'
import { labelledKeys, nextSuggestion } from '../session/suggestions.ts'
import type { Label } from './label-context.ts'
import { previousLabelled } from './use-views.ts'

export interface LabelActions {
  accept(): void
  setEmpty(): void
  copyPrevious(): void
  /** Makes the frame one that nobody has labelled. */
  removeLabel(): void
  /** Whether the shown frame has a label. */
  isLabelled: boolean
  toggleFlag(): void
  nextSuggested(): void
  suggest(): void
  isFlagged: boolean
}

export function useLabelActions(label: Label): LabelActions {
  const { session, painter, shown, project } = label
  const { state, client, handle } = project
  const { choose, go } = useFrameCursor()
  const suggestions = useStore(session.suggestions)
  const toasts = useToasts()
  const flagged = state.frames.some(
    (known) => known.flagged && shown !== null && isSamePlace(known, shown.place),
  )
  const attempt = (work: () => Promise<unknown>): void => {
    work().catch((error) => toasts.fail(error))
  }
  const goOn = (): void => {
    if (!shown) return
    const labelled = labelledKeys(state.frames).add(keyOf(shown.place))
    const next = nextSuggestion(suggestions.frames, labelled, shown.place)
    if (next) choose(next.tape, next.frame)
    else if (suggestions.frames.length > 0) toasts.tell('All suggested frames have a label.')
    else go(shown.place.frame + 1)
  }
  const isLabelled = shown !== null && labelledKeys(state.frames).has(keyOf(shown.place))
  return {
    isFlagged: flagged,
    isLabelled,
    nextSuggested: goOn,
    suggest: () => void session.suggestions.ask(client, handle),
    accept() {
      if (!shown) return
      const isUntouched = shown.document.isEmpty
      if (isUntouched) painter.acceptAll()
      if (shown.document.isEmpty && !isLabelled) {
        toasts.tell('Nothing is painted here. Press N if nobody is in this frame.')
        return
      }
      attempt(() => session.fold(shown.document))
      goOn()
    },
    setEmpty() {
      if (!shown) return
      const { document, place } = shown
      if (!document.isEmpty) painter.clear()
      attempt(async () => {
        await session.journal.settled(place)
        const at = { tape: place.tape, frame: place.frame }
        await client.call('labels.setEmpty', { project: handle, ...at })
        document.isTouched = false
      })
      goOn()
    },
    copyPrevious() {
      const before = shown && previousLabelled(state.frames, shown.place)
      if (!shown) return
      if (before === null) {
        toasts.tell('No frame before this one has a label.')
        return
      }
      attempt(async () => {
        const place = session.placeOf({ tape: shown.place.tape, frame: before })
        const { mask } = await session.files.documents.get(place)
        if (painter.document === shown.document) painter.replace(mask.data)
      })
    },
    removeLabel() {
      if (!shown) return
      const { document, place } = shown
      if (!document.isEmpty) painter.clear()
      attempt(async () => {
        await session.journal.settled(place)
        const { tape, frame } = place
        await client.call('labels.remove', { project: handle, tape, frame })
        document.isTouched = false
        toasts.tell(`Frame ${frame} has no label any more`)
      })
    },
    toggleFlag() {
      if (!shown) return
      const { tape, frame } = shown.place
      const args = { project: handle, tape, frame, flagged: !flagged }
      attempt(() => client.call('labels.flag', args))
    },
  }
}
