import { useState } from 'react'
import type { ListedProject } from '../../../shared/contract.ts'
import { count } from '../format.ts'
import { useServices } from '../state/services.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Prose } from '../ui/Prose.tsx'

interface TrashDialogProps {
  project: ListedProject
  onClose: () => void
  onDone: () => void
}

/** Asks before a project goes to the system's trash. */
export function TrashDialog({ project, onClose, onDone }: TrashDialogProps) {
  const { engine, toasts } = useServices()
  const [isBusy, setBusy] = useState(false)
  const labels = project.state === 'ready' ? project.labels : 0
  const move = async (): Promise<void> => {
    setBusy(true)
    try {
      await engine.client.call('projects.trash', { path: project.path })
      toasts.tell(`${project.name} is in the trash`)
      onDone()
    } catch (error) {
      toasts.fail(error)
    }
    onClose()
  }
  return (
    <Dialog
      title={`Move ${project.name} to the trash?`}
      size="small"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button kind="danger" disabled={isBusy} onClick={() => void move()}>
            Move to trash
          </Button>
        </>
      }
    >
      <p>
        <Prose text={`The folder \`${project.path}\` goes to the system's trash`} />
        {labels > 0 && `, with ${count(labels, 'labelled frame')}`}. It can be put back from there.
        The tapes stay where they are.
      </p>
    </Dialog>
  )
}
