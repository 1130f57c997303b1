import { useEffect, useId, useState } from 'react'
import type { Backup } from '../../../shared/contract/projects.ts'
import type { ListedProject } from '../../../shared/contract.ts'
import { ago, bytes, dateTime } from '../format.ts'
import { useServices } from '../state/services.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Waiting } from '../ui/Waiting.tsx'
import './RestoreDialog.css'

const reasons: Readonly<Record<string, string>> = {
  recipe: 'before the picture was changed',
  migration: 'before a newer version opened it',
  request: 'asked for',
  restore: 'before a backup was restored',
}

interface ChoiceProps {
  backups: readonly Backup[]
  chosen: string | null
  onChoose: (file: string) => void
}

function Choice({ backups, chosen, onChoose }: ChoiceProps) {
  const name = useId()
  return (
    <fieldset className="backups">
      <legend className="unseen">Backups</legend>
      {backups.map(({ file, at, reason, bytes: size }) => (
        <label className="backup" key={file}>
          <input
            type="radio"
            name={name}
            checked={chosen === file}
            onChange={() => onChoose(file)}
          />
          <span>
            <b>{dateTime(new Date(at))}</b>, {ago(new Date(at), new Date())}
            <span className="backup-about">
              {reasons[reason] ?? reason} · {bytes(size)}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

interface RestoreDialogProps {
  project: ListedProject
  onClose: () => void
  onDone: () => void
}

/** Puts a project back to how it was when a backup was made. */
export function RestoreDialog({ project, onClose, onDone }: RestoreDialogProps) {
  const { engine, toasts } = useServices()
  const { path, name } = project
  const [backups, setBackups] = useState<readonly Backup[] | null>(null)
  const [chosen, setChosen] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  useEffect(() => {
    engine.client.call('projects.backups', { path }).then(setBackups, (error) => {
      toasts.fail(error)
      setBackups([])
    })
  }, [engine, toasts, path])
  const restore = async (): Promise<void> => {
    if (chosen === null) return
    setBusy(true)
    try {
      await engine.client.call('projects.restore', { path, file: chosen })
      toasts.tell(`${name} is as it was in the backup`)
      onDone()
      onClose()
    } catch (error) {
      toasts.fail(error)
      setBusy(false)
    }
  }
  const restoreButton = (
    <Button kind="primary" disabled={chosen === null || isBusy} onClick={() => void restore()}>
      Restore
    </Button>
  )
  return (
    <Dialog
      title={`Restore a backup of ${name}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {backups && backups.length > 0 && restoreButton}
        </>
      }
    >
      {backups === null && <Waiting text="Looking for backups…" />}
      {backups?.length === 0 && (
        <p>
          There is no backup yet. One is made before each change of the picture, and by “Back up
          now”.
        </p>
      )}
      {backups && backups.length > 0 && (
        <>
          <p>
            Regions, labels and settings go back to how they were then. What the project holds now
            is backed up first, so this can be undone.
          </p>
          <Choice backups={backups} chosen={chosen} onChoose={setChosen} />
        </>
      )}
    </Dialog>
  )
}
