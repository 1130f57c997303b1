import { useState } from 'react'
import type { Tape } from '../../../shared/contract/state.ts'
import type { Recipe } from '../../../shared/recipe.ts'
import { useAction } from '../keys/use-action.ts'
import { useFrameCursor } from '../state/frame-cursor.ts'
import { useProject } from '../state/project-context.tsx'
import { useToasts } from '../state/services.tsx'
import { useStore } from '../state/use-store.ts'
import { Notice } from '../ui/Notice.tsx'
import { ApplyBar } from './ApplyBar.tsx'
import { LensPanel } from './LensPanel.tsx'
import { NoTape } from './NoTape.tsx'
import { CropPanel, SizePanel } from './PicturePanel.tsx'
import { ResultPane } from './ResultPane.tsx'
import { SourcePane } from './SourcePane.tsx'
import { TapeBar } from './TapeBar.tsx'
import './TapeScreen.css'
import { Transport } from './Transport.tsx'
import { useRecipeEditor } from './use-recipe-editor.ts'
import { useTapePicture } from './use-tape-picture.ts'
import { ViewPanel } from './ViewPanel.tsx'

/** Where a tape is looked at, and where its picture is straightened and cut. */
export function TapeScreen() {
  const { tape } = useFrameCursor()
  return tape ? <TapeBench key={tape.id} tape={tape} /> : <NoTape />
}

function TapeBench({ tape }: { tape: Tape }) {
  const { mode } = useProject()
  const { frame } = useFrameCursor()
  const editor = useRecipeEditor(tape)
  const { recipe } = useStore(editor)
  const { shown, store } = useTapePicture(tape.id, frame, 'tape')
  const [active, setActive] = useState<'source' | 'result'>('source')
  const [wantsCrop, setWantsCrop] = useState(false)
  const { guess, isGuessing } = useGuess(tape, (next) => editor.change(() => next))
  const canEdit = mode === 'write'
  const isCropping = wantsCrop && recipe.lens !== null
  useAction('tape.guess', guess, canEdit)
  return (
    <div className="tape-screen">
      <TapeBar tape={tape} canEdit={canEdit} />
      <div className="tape-bench">
        <div className="tape-pictures">
          <SourcePane
            {...{ editor, shown, canEdit }}
            isActive={active === 'source'}
            onEnter={() => setActive('source')}
          />
          <ResultPane
            {...{ editor, shown, canEdit, isCropping }}
            tape={tape.id}
            isActive={active === 'result'}
            onEnter={() => setActive('result')}
          />
        </div>
        <aside className="tape-recipe" aria-label="Recipe">
          <fieldset className="tape-recipe-fields" disabled={!canEdit}>
            <LensPanel {...{ editor, isGuessing }} lens={recipe.lens} onGuess={guess} />
            <ViewPanel {...{ editor, recipe }} />
            <CropPanel {...{ editor, recipe, isCropping }} onCropping={setWantsCrop} />
            <SizePanel {...{ editor, recipe }} />
          </fieldset>
          <ApplyBar {...{ editor, canEdit }} />
        </aside>
      </div>
      {shown.error && (
        <Notice error={shown.error} action="Try again" onAction={() => store.want(frame)} />
      )}
      <Transport tape={tape} isReady={() => store.isIdle} />
    </div>
  )
}

/** Asks the engine for the lens circle that the tape shows. */
function useGuess(tape: Tape, onGuess: (recipe: Recipe) => void) {
  const { client, handle } = useProject()
  const toasts = useToasts()
  const [isGuessing, setGuessing] = useState(false)
  const guess = (): void => {
    setGuessing(true)
    client
      .call('recipe.guess', { project: handle, tape: tape.id })
      .then(onGuess)
      .catch((error: unknown) => toasts.fail(error))
      .finally(() => setGuessing(false))
  }
  return { guess, isGuessing }
}
