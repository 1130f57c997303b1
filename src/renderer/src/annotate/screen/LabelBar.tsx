import { useAction } from '../../keys/use-action.ts'
import { useFrameCursor } from '../../state/frame-cursor.ts'
import { useStore } from '../../state/use-store.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { NumberField } from '../../ui/inputs.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'
import './LabelBar.css'
import { countSuggested, labelledKeys } from '../session/suggestions.ts'
import { EyeIcon, FlagIcon, NextIcon, PreviousIcon, RedoIcon, UndoIcon } from './icons.tsx'
import { useLabel } from './label-context.ts'
import { MoreMenu } from './MoreMenu.tsx'
import type { LabelActions } from './use-label-actions.ts'

function FrameStepper() {
  const { tape, frame, step, go } = useFrameCursor()
  const last = Math.max(0, (tape?.frames ?? 1) - 1)
  return (
    <div className="frame-stepper">
      <IconButton
        label="Previous frame"
        action="frame.previous"
        icon={<PreviousIcon />}
        disabled={frame === 0}
        onClick={() => step(-1)}
      />
      <NumberField label="Frame" value={frame} min={0} max={last} onCommit={go} />
      <span className="frame-count">of {last.toLocaleString('en')}</span>
      <IconButton
        label="Next frame"
        action="frame.next"
        icon={<NextIcon />}
        disabled={frame === last}
        onClick={() => step(1)}
      />
    </div>
  )
}

export function UndoButtons() {
  const { painter, canWrite } = useLabel()
  const { undoable, redoable, isOpen } = useStore(painter)
  const canUndo = canWrite && (undoable > 0 || isOpen)
  useAction('edit.undo', () => painter.undo(), canUndo)
  useAction('edit.redo', () => painter.redo(), canWrite && redoable > 0)
  return (
    <>
      <IconButton
        label="Undo"
        action="edit.undo"
        icon={<UndoIcon />}
        disabled={!canUndo}
        onClick={() => painter.undo()}
      />
      <IconButton
        label="Redo"
        action="edit.redo"
        icon={<RedoIcon />}
        disabled={!canWrite || redoable === 0}
        onClick={() => painter.redo()}
      />
    </>
  )
}

/** "5 of 8 labelled", and what leads on. */
function Counter({ actions }: { actions: LabelActions }) {
  const { project, session } = useLabel()
  const { frames, looking } = useStore(session.suggestions)
  const labelled = labelledKeys(project.state.frames)
  const { done, all } = countSuggested(frames, labelled)
  const isDone = all > 0 && done === all
  const progress = looking?.progress
  const percent = progress && Math.round((100 * progress.done) / Math.max(1, progress.total))
  return (
    <>
      <p className="label-counter" role="status">
        {all > 0 ? (
          <>
            <strong>
              {done} of {all}
            </strong>{' '}
            labelled
          </>
        ) : (
          <>
            <strong>{labelled.size}</strong> {labelled.size === 1 ? 'frame' : 'frames'} labelled
          </>
        )}
      </p>
      {all === 0 || isDone ? (
        <Button disabled={looking !== null} onClick={actions.suggest}>
          {looking ? `Looking… ${percent ?? 0} %` : isDone ? 'Suggest more' : 'Suggest frames'}
        </Button>
      ) : (
        <Tooltip text="Next suggested frame" action="label.nextSuggested">
          <Button onClick={actions.nextSuggested}>Next suggested</Button>
        </Tooltip>
      )}
    </>
  )
}

interface LabelBarProps {
  actions: LabelActions
  isHidden: boolean
  onToggleHidden: () => void
}

/** The line above the picture: which frame, how far the labels are, and what is done with this one. */
export function LabelBar({ actions, isHidden, onToggleHidden }: LabelBarProps) {
  const { painter, canWrite, shown } = useLabel()
  useStore(painter)
  const accepts = painter.proposal !== null && shown?.document.isEmpty === true
  return (
    <header className="label-bar">
      <FrameStepper />
      <div className="label-bar-group">
        <UndoButtons />
        <IconButton
          label={isHidden ? 'Show the mask' : 'Hide the mask'}
          action="mask.hide"
          icon={<EyeIcon off={isHidden} />}
          pressed={isHidden}
          onClick={onToggleHidden}
        />
        <IconButton
          label={actions.isFlagged ? 'Take the flag off' : 'Flag this frame'}
          action="label.flag"
          icon={<FlagIcon />}
          pressed={actions.isFlagged}
          disabled={!canWrite}
          onClick={actions.toggleFlag}
        />
      </div>
      <span className="label-bar-space" />
      <Counter actions={actions} />
      <Tooltip text="Copy the mask of the labelled frame before" action="label.copy">
        <Button disabled={!canWrite} onClick={actions.copyPrevious}>
          Copy previous
        </Button>
      </Tooltip>
      <Tooltip text="Label it as a frame without people" action="label.empty">
        <Button disabled={!canWrite} onClick={actions.setEmpty}>
          Nobody here
        </Button>
      </Tooltip>
      <Tooltip text="Save it and go to the next suggested frame" action="label.accept" side="below">
        <Button kind="primary" disabled={!canWrite} onClick={actions.accept}>
          {accepts ? 'Accept and next' : 'Save and next'}
        </Button>
      </Tooltip>
      <MoreMenu actions={actions} />
    </header>
  )
}
