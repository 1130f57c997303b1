import { type FormEvent, useId, useState } from 'react'
import { type AppError, toAppError } from '../../../../shared/errors.ts'
import { joinedPath } from '../../projects/joined-path.ts'
import { PathField } from '../../projects/PathField.tsx'
import { useProject } from '../../state/project-context.tsx'
import { useToasts } from '../../state/services.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/inputs.tsx'
import { FormError } from '../FormError.tsx'

/** Writes a comparison as a file; its ending says as what. */
export function SaveDialog({ job, onClose }: { job: number; onClose: () => void }) {
  const { client, handle } = useProject()
  const toasts = useToasts()
  const form = useId()
  const [folder, setFolder] = useState('')
  const [name, setName] = useState('comparison.html')
  const [error, setError] = useState<AppError | null>(null)
  const canSave = folder.trim() !== '' && name.trim() !== ''
  const save = async (): Promise<void> => {
    try {
      const about = { project: handle, job, path: joinedPath(folder, name) }
      toasts.tell(`Written: ${(await client.call('compare.save', about)).path}`)
      onClose()
    } catch (reason) {
      setError(toAppError(reason))
    }
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (canSave) void save()
  }
  return (
    <Dialog
      title="Save the comparison"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form={form} disabled={!canSave}>
            Save
          </Button>
        </>
      }
    >
      <form id={form} className="experiment-form" onSubmit={submit}>
        <PathField label="Folder" kind="folder" value={folder} onChange={setFolder} />
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          hint="Its ending says what it becomes: .html, .md, .csv, .json, or .svg for the plot alone."
        />
        <FormError error={error} />
      </form>
    </Dialog>
  )
}
