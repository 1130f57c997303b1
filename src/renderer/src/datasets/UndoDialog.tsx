import { useState } from 'react'
import { type AppError, toAppError } from '../../../shared/errors.ts'
import { count } from '../format.ts'
import { useProject } from '../state/project-context.tsx'
import { useToasts } from '../state/services.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Prose, sentence } from '../ui/Prose.tsx'
import { useSet } from './use-sets.ts'

/** Says what goes with a set before it goes. */
export function UndoDialog({ onClose }: { onClose: () => void }) {
  const { client, handle } = useProject()
  const { id, name, images, painted, path } = useSet()
  const toasts = useToasts()
  const [error, setError] = useState<AppError | null>(null)
  const undo = async (): Promise<void> => {
    try {
      await client.call('datasets.undo', { project: handle, set: id, painted: painted > 0 })
      toasts.tell(`${name} is not in the project any more`)
      onClose()
    } catch (reason) {
      setError(toAppError(reason))
    }
  }
  return (
    <Dialog
      title={`Undo the import of ${name}?`}
      size="small"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button kind={painted > 0 ? 'danger' : 'primary'} onClick={() => void undo()}>
            Undo the import
          </Button>
        </>
      }
    >
      <p>
        {count(images, 'picture')}, their masks, and the classes that nothing else uses leave the
        project. <Prose text={`\`${path}\``} /> stays as it is.
      </p>
      {painted > 0 && (
        <p className="dataset-warning">
          {count(painted, 'picture')} {painted === 1 ? 'was' : 'were'} painted in since. That work
          is lost, unless you export the set first.
        </p>
      )}
      {error && (
        <p className="field-error" role="alert">
          <Prose text={`${sentence(error.message)} ${error.hint}`} />
        </p>
      )}
    </Dialog>
  )
}
