import { useState } from 'react'
import type { RecipeEffect } from '../../../shared/contract/tapes.ts'
import { useAction } from '../keys/use-action.ts'
import { useProject } from '../state/project-context.tsx'
import { useToasts } from '../state/services.tsx'
import { useStore } from '../state/use-store.ts'
import { Button } from '../ui/Button.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { RedoIcon, UndoIcon } from '../ui/icons.tsx'
import { ApplyDialog } from './ApplyDialog.tsx'
import { effectLines } from './effect-text.ts'
import type { RecipeEditor } from './recipe-editor.ts'

/** Undo, redo, and the buttons that make the draft the project's recipe or give it up. */
export function ApplyBar({ editor, canEdit }: { editor: RecipeEditor; canEdit: boolean }) {
  const { client, handle, store } = useProject()
  const toasts = useToasts()
  const draft = useStore(editor)
  const [effect, setEffect] = useState<RecipeEffect | null>(null)
  const [isBusy, setBusy] = useState(false)
  useAction('tape.undo', () => editor.undo())
  useAction('tape.redo', () => editor.redo())
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    try {
      await work()
    } catch (error) {
      toasts.fail(error)
    } finally {
      setBusy(false)
    }
  }
  const set = (): Promise<void> =>
    attempt(async () => {
      await client.call('recipe.set', { project: handle, recipe: draft.recipe })
      await store.refresh()
      setEffect(null)
      toasts.tell('The picture is set')
    })
  const apply = (): Promise<void> =>
    attempt(async () => {
      const would = await client.call('recipe.effect', { project: handle, recipe: draft.recipe })
      if (effectLines(would).length === 0) await set()
      else setEffect(would)
    })
  const { problem, isChanged, isFirst } = draft
  return (
    <footer className="apply-bar">
      {problem && (
        <p className="apply-problem" role="alert">
          {problem.message}. {problem.hint}
        </p>
      )}
      <div className="apply-buttons">
        <IconButton
          label="Undo"
          icon={<UndoIcon />}
          action="tape.undo"
          side="above"
          disabled={!draft.canUndo}
          onClick={() => editor.undo()}
        />
        <IconButton
          label="Redo"
          icon={<RedoIcon />}
          action="tape.redo"
          side="above"
          disabled={!draft.canRedo}
          onClick={() => editor.redo()}
        />
        <span className="apply-gap" />
        {isChanged && !isFirst && (
          <Button kind="quiet" onClick={() => editor.discard()}>
            Discard
          </Button>
        )}
        <Button
          kind="primary"
          disabled={!canEdit || !isChanged || problem !== null || isBusy}
          onClick={() => void apply()}
        >
          {isFirst ? 'Use this picture' : isChanged ? 'Apply' : 'Applied'}
        </Button>
      </div>
      {effect && (
        <ApplyDialog
          effect={effect}
          isBusy={isBusy}
          onApply={() => void set()}
          onClose={() => setEffect(null)}
        />
      )}
    </footer>
  )
}
