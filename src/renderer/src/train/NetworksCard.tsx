import { useState } from 'react'
import type { Model } from '../../../shared/contract/models.ts'
import type { TrainingState } from '../../../shared/contract/training.ts'
import { useStore } from '../state/use-store.ts'
import { Notice } from '../ui/Notice.tsx'
import { CompareDialog } from './CompareDialog.tsx'
import { ExportDialog } from './ExportDialog.tsx'
import { NetworkRow, type NetworkWish } from './NetworkRow.tsx'
import { useModelsStore } from './networks-context.ts'
import { RenameDialog } from './RenameDialog.tsx'
import { TrashNetworkDialog } from './TrashNetworkDialog.tsx'

const dialogs = {
  rename: RenameDialog,
  compare: CompareDialog,
  export: ExportDialog,
  trash: TrashNetworkDialog,
} as const satisfies Record<NetworkWish, unknown>

interface NetworksCardProps {
  trainings: readonly TrainingState[]
}

/** The project's networks: where each comes from, which one is in use, and what can be done with them. */
export function NetworksCard({ trainings }: NetworksCardProps) {
  const store = useModelsStore()
  const { models, error } = useStore(store)
  const [open, setOpen] = useState<{ wish: NetworkWish; model: Model } | null>(null)
  const Dialog = open && dialogs[open.wish]
  return (
    <section className="train-card" aria-labelledby="train-networks">
      <h2 className="train-title" id="train-networks">
        Networks
      </h2>
      {error && <Notice error={error} action="Try again" onAction={() => void store.refresh()} />}
      <ul className="networks">
        {(models ?? []).map((model) => (
          <NetworkRow key={model.id} model={model} onWish={(wish) => setOpen({ wish, model })} />
        ))}
      </ul>
      {open && Dialog && (
        <Dialog model={open.model} trainings={trainings} onClose={() => setOpen(null)} />
      )}
    </section>
  )
}
