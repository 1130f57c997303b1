import { useState } from 'react'
import { useToasts } from '../state/services.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import type { NetworkDialogProps } from './NetworkRow.tsx'
import { successorOf } from './networks.ts'
import { useModels, useModelsStore } from './networks-context.ts'

/** Asks before a network goes to the system's trash, and says what takes its place. */
export function TrashNetworkDialog({ model, onClose }: NetworkDialogProps) {
  const store = useModelsStore()
  const successor = successorOf(model, useModels())
  const toasts = useToasts()
  const [isBusy, setBusy] = useState(false)
  const move = async (): Promise<void> => {
    setBusy(true)
    try {
      await store.change((client, project) =>
        client.call('models.trash', { project, model: model.id }),
      )
      toasts.tell(`${model.name} is in the trash`)
    } catch (error) {
      toasts.fail(error)
    }
    onClose()
  }
  return (
    <Dialog
      title={`Move ${model.name} to the trash?`}
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
        {successor
          ? `It is the network in use; “${successor.name}” takes its place. `
          : 'It is not in use. '}
        What it found on the tape so far stays. It can be put back from the trash by hand.
      </p>
    </Dialog>
  )
}
