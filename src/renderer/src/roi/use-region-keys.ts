import type { Point } from '../../../shared/region.ts'
import { useAction } from '../keys/use-action.ts'
import { useStore } from '../state/use-store.ts'
import type { RegionsEditor } from './regions-editor.ts'
import type { RegionTools } from './tools.ts'

/** Renaming happens in a field, which is found by this id. */
export const nameFieldId = 'region-name'

/** The keys of the Regions screen. */
export function useRegionKeys(
  { editor, tools }: { editor: RegionsEditor; tools: RegionTools },
  canEdit: boolean,
): void {
  const { selected } = useStore(editor)
  const { drawing } = useStore(tools)
  const isDrawing = canEdit && drawing.length > 0
  const hasSelection = canEdit && selected.length > 0
  useAction('region.select', () => tools.choose('select'), canEdit)
  useAction('region.polygon', () => tools.choose('polygon', 'count'), canEdit)
  useAction('region.rectangle', () => tools.choose('rectangle', 'count'), canEdit)
  useAction('region.delete', () => editor.remove(), hasSelection)
  useAction('region.duplicate', () => editor.duplicate(), hasSelection)
  useAction('region.rename', () => document.getElementById(nameFieldId)?.focus(), hasSelection)
  useAction('region.lock', () => toggleLock(editor), hasSelection)
  useAction('region.up', () => editor.reorder(-1), hasSelection)
  useAction('region.down', () => editor.reorder(1), hasSelection)
  useAction('region.undo', () => editor.undo(), canEdit && !isDrawing)
  useAction('region.redo', () => editor.redo(), canEdit && !isDrawing)
  useAction('region.close', () => tools.close(), isDrawing)
  useAction('region.cancel', () => tools.cancel(), isDrawing)
  useAction('region.removePoint', () => tools.removeLast(), isDrawing)
  useAction('region.deselect', () => editor.select([]), hasSelection && !isDrawing)
  const nudge = (by: Point) => (): void => editor.nudge(by)
  const canNudge = hasSelection && !isDrawing
  useAction('region.left', nudge([-1, 0]), canNudge)
  useAction('region.right', nudge([1, 0]), canNudge)
  useAction('region.above', nudge([0, -1]), canNudge)
  useAction('region.below', nudge([0, 1]), canNudge)
  useAction('region.farLeft', nudge([-10, 0]), canNudge)
  useAction('region.farRight', nudge([10, 0]), canNudge)
  useAction('region.farAbove', nudge([0, -10]), canNudge)
  useAction('region.farBelow', nudge([0, 10]), canNudge)
}

export function toggleLock(editor: RegionsEditor): void {
  const { regions, selected } = editor.get()
  const isLocked = regions.some(({ key, locked }) => selected.includes(key) && locked)
  editor.setProperties({ locked: !isLocked })
}
