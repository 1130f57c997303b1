import { useState } from 'react'
import type { Tape } from '../../../shared/contract/state.ts'
import { PathField } from '../projects/PathField.tsx'
import { useProject } from '../state/project-context.tsx'
import { useToasts } from '../state/services.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'

interface TapePathDialogProps {
  /** The tape that is looked for; absent = another one is added. */
  tape?: Tape
  onClose: () => void
}

/** Asks for the file of a tape. Reading it is a job, which the tray shows. */
export function TapePathDialog({ tape, onClose }: TapePathDialogProps) {
  const { client, handle } = useProject()
  const toasts = useToasts()
  const [path, setPath] = useState(tape?.path ?? '')
  const start = async (): Promise<void> => {
    try {
      const project = handle
      await (tape
        ? client.call('tapes.relink', { project, tape: tape.id, path })
        : client.call('tapes.add', { project, path }))
      onClose()
    } catch (error) {
      toasts.fail(error)
    }
  }
  return (
    <Dialog
      title={tape ? 'Where is the tape now?' : 'Add a tape'}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={path.trim() === ''} onClick={() => void start()}>
            {tape ? 'Use this file' : 'Add'}
          </Button>
        </>
      }
    >
      <PathField
        label="Video file"
        kind="tape"
        value={path}
        onChange={setPath}
        hint={
          tape
            ? 'It must be the same recording; it is compared with what was read before.'
            : 'Another recording of the same camera. It is read once, from start to end.'
        }
      />
    </Dialog>
  )
}
