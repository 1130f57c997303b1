import { useState } from 'react'
import { PathField } from '../../projects/PathField.tsx'
import { useFrameCursor } from '../../state/frame-cursor.ts'
import { useToasts } from '../../state/services.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useLabel } from './label-context.ts'

interface MasksDialogProps {
  way: 'export' | 'import'
  onClose: () => void
}

const words = {
  export: {
    title: 'Export masks',
    hint: 'One PNG file for each labelled frame of this tape, in the classes’ colours. Files of the same names are replaced.',
    start: 'Export',
  },
  import: {
    title: 'Import masks',
    hint: 'PNG files named by frame, such as 000120.png, as large as the tape’s picture or the straightened one. They replace the labels of these frames.',
    start: 'Import',
  },
} as const

/** Asks for a folder of mask files. Writing and reading them is a job, which the tray shows. */
export function MasksDialog({ way, onClose }: MasksDialogProps) {
  const { project, session, shown } = useLabel()
  const { tape } = useFrameCursor()
  const toasts = useToasts()
  const { path, name } = project.state
  const [folder, setFolder] = useState(
    way === 'export' ? path.replace(/[^\\/]+$/, `${name} masks`) : '',
  )
  const { title, hint, start } = words[way]
  const begin = async (): Promise<void> => {
    if (!tape) return
    try {
      // What was painted last goes out, too, and is not lost under what comes in.
      if (shown) await session.journal.settled(shown.place)
      const args = { project: project.handle, tape: tape.id, folder: folder.trim() }
      if (way === 'export') await project.client.call('labels.export', args)
      else await project.client.call('labels.import', args)
      onClose()
    } catch (error) {
      toasts.fail(error)
    }
  }
  return (
    <Dialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={folder.trim() === ''} onClick={() => void begin()}>
            {start}
          </Button>
        </>
      }
    >
      <PathField label="Folder" kind="folder" value={folder} onChange={setFolder} hint={hint} />
    </Dialog>
  )
}
