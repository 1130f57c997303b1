import { useState } from 'react'
import type { ExperimentSummary } from '../../../../shared/contract/experiments.ts'
import { useProject } from '../../state/project-context.tsx'
import { useToasts } from '../../state/services.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { titleOf } from '../words.ts'

interface RemoveProps {
  experiment: ExperimentSummary
  onClose: () => void
}

/** Asks before an experiment and its curves go. */
export function RemoveDialog({ experiment, onClose }: RemoveProps) {
  const { client, handle } = useProject()
  const toasts = useToasts()
  const [keepModels, setKeep] = useState(true)
  const hasModels = experiment.runs.some(({ checkpoints }) => checkpoints.length > 0)
  const remove = async (): Promise<void> => {
    onClose()
    try {
      const about = { project: handle, experiment: experiment.id, keepModels }
      await client.call('experiments.remove', about)
    } catch (error) {
      toasts.fail(error)
    }
  }
  return (
    <Dialog
      title={`Remove ${titleOf(experiment)}?`}
      size="small"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button kind="danger" onClick={() => void remove()}>
            Remove
          </Button>
        </>
      }
    >
      <p>Its settings and its curves go, and cannot be had again.</p>
      {hasModels && (
        <Checkbox
          label="Keep the networks that came of it"
          hint="Else they are moved to the trash."
          checked={keepModels}
          onChange={setKeep}
        />
      )}
    </Dialog>
  )
}
