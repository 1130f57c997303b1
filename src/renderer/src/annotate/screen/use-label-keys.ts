/** @file The keys of the Label screen that belong to no button of their own. */
import { useEffect } from 'react'
import { useAction, useHeldAction } from '../../keys/use-action.ts'
import { useStore } from '../../state/use-store.ts'
import type { Label } from './label-context.ts'
import type { LabelActions } from './use-label-actions.ts'

const larger = 1
const muchLarger = 10

/** The keys of brush and open shapes, wherever something is painted. */
export function usePaintKeys(label: Label): void {
  const { painter, settings, canWrite } = label
  const { isOpen } = useStore(painter)
  const resize = (by: number): void => settings.resize(settings.size + by)
  useAction('brush.smaller', () => resize(-larger))
  useAction('brush.larger', () => resize(larger))
  useAction('brush.muchSmaller', () => resize(-muchLarger))
  useAction('brush.muchLarger', () => resize(muchLarger))
  useAction('tool.swap', () => settings.swap(), canWrite)
  useAction('drawing.close', () => painter.close(), isOpen)
  useAction('drawing.cancel', () => painter.cancel(), isOpen)
  useAction('drawing.removePoint', () => painter.back(), isOpen)
  useHeldAction(
    'brush.eraseHeld',
    (isHeld) => {
      painter.isErasing = isHeld
    },
    canWrite,
  )
}

export function useLabelKeys(label: Label, actions: LabelActions): void {
  const { canWrite } = label
  usePaintKeys(label)
  useAction('label.accept', actions.accept, canWrite)
  useAction('label.empty', actions.setEmpty, canWrite)
  useAction('label.copy', actions.copyPrevious, canWrite)
  useAction('label.flag', actions.toggleFlag, canWrite)
  useAction('label.nextSuggested', actions.nextSuggested)
}

/** Hiding the mask, for good or while a key is held; painting brings it back. */
export function useMaskOpacity(
  { stage, settings }: Label,
  isHidden: boolean,
  onToggle: () => void,
): void {
  const { opacity } = useStore(settings)
  const isPeeking = useHeldAction('mask.peek')
  useAction('mask.hide', onToggle)
  useEffect(
    () => stage.setOverlayOpacity(isHidden || isPeeking ? 0 : opacity / 100),
    [stage, opacity, isHidden, isPeeking],
  )
}
