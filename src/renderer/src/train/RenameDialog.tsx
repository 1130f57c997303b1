import { useState } from 'react'
import { useToasts } from '../state/services.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { TextField } from '../ui/inputs.tsx'
import type { NetworkDialogProps } from './NetworkRow.tsx'
import { useModelsStore } from './networks-context.ts'

/** Gives a network another name. */
export function RenameDialog({ model, onClose }: NetworkDialogProps) {
  const models = useModelsStore()
  const toasts = useToasts()
  const [name, setName] = useState(model.name)
  const next = name.trim()
  const canRename = next !== '' && next !== model.name && next.length <= 200
  const rename = async (): Promise<void> => {
    onClose()
    try {
      await models.change((client, project) =>
        client.call('models.rename', { project, model: model.id, name: next }),
      )
    } catch (error) {
      toasts.fail(error)
    }
  }
  return (
    <Dialog
      title={`Rename ${model.name}`}
      size="small"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form="rename-network" disabled={!canRename}>
            Rename
          </Button>
        </>
      }
    >
      <form
        id="rename-network"
        onSubmit={(event) => {
          event.preventDefault()
          if (canRename) void rename()
        }}
      >
        <TextField label="Name" value={name} onChange={setName} />
      </form>
    </Dialog>
  )
}
