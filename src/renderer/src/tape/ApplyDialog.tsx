import type { RecipeEffect } from '../../../shared/contract/tapes.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { effectLines } from './effect-text.ts'

interface ApplyDialogProps {
  effect: RecipeEffect
  isBusy: boolean
  onApply: () => void
  onClose: () => void
}

/** Says what another picture means for what has been done already. */
export function ApplyDialog({ effect, isBusy, onApply, onClose }: ApplyDialogProps) {
  return (
    <Dialog
      title="Change the picture?"
      size="small"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep the old one</Button>
          <Button kind="primary" disabled={isBusy} onClick={onApply}>
            Change it
          </Button>
        </>
      }
    >
      <ul className="effect-lines">
        {effectLines(effect).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className="recipe-about">
        A backup is made first. Going back to the old picture brings everything back as it was.
      </p>
    </Dialog>
  )
}
