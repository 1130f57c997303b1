import { type FormEvent, useId, useState } from 'react'
import type { ExperimentExportFormat } from '../../../shared/contract/experiments.ts'
import { type AppError, toAppError } from '../../../shared/errors.ts'
import { joinedPath } from '../projects/joined-path.ts'
import { PathField } from '../projects/PathField.tsx'
import { useProject } from '../state/project-context.tsx'
import { useToasts } from '../state/services.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { SelectField, TextField } from '../ui/inputs.tsx'
import { useExperimentsDesk } from './experiments-context.ts'
import { FormError } from './FormError.tsx'

const formats = [
  { value: 'html', text: 'HTML, a page with curves' },
  { value: 'csv', text: 'CSV, a table' },
  { value: 'markdown', text: 'Markdown, a table' },
  { value: 'tensorboard', text: 'TensorBoard event files' },
] as const satisfies readonly { value: ExperimentExportFormat; text: string }[]

const names: Readonly<Record<ExperimentExportFormat, string>> = {
  html: 'experiments.html',
  csv: 'experiments.csv',
  markdown: 'experiments.md',
  tensorboard: 'experiments-tensorboard',
}

const which = [
  { value: 'drawn', text: 'Those that are drawn' },
  { value: 'all', text: 'All' },
] as const

/** Writes experiments as a table, a page or event files. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const { client, handle } = useProject()
  const { experiments, drawn } = useExperimentsDesk()
  const toasts = useToasts()
  const form = useId()
  const [format, setFormat] = useState<ExperimentExportFormat>('html')
  const [chosen, setChosen] = useState<'drawn' | 'all'>(drawn.length > 0 ? 'drawn' : 'all')
  const [folder, setFolder] = useState('')
  const [name, setName] = useState(names.html)
  const [error, setError] = useState<AppError | null>(null)
  const canWrite = folder.trim() !== '' && name.trim() !== ''
  const write = async (): Promise<void> => {
    const ids = chosen === 'drawn' ? [...drawn] : experiments.map(({ id }) => id)
    const path = joinedPath(folder, name)
    try {
      await client.call('experiments.export', { project: handle, experiments: ids, format, path })
      toasts.tell(`Written: ${path}`)
      onClose()
    } catch (reason) {
      setError(toAppError(reason))
    }
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (canWrite) void write()
  }
  return (
    <Dialog
      title="Export experiments"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form={form} disabled={!canWrite}>
            Export
          </Button>
        </>
      }
    >
      <form id={form} className="experiment-form" onSubmit={submit}>
        <SelectField
          label="Format"
          value={format}
          options={formats}
          onChange={(next) => {
            if (name === names[format]) setName(names[next])
            setFormat(next)
          }}
        />
        <SelectField
          label="Experiments"
          value={chosen}
          options={which.map((one) => {
            return { ...one, disabled: one.value === 'drawn' && drawn.length === 0 }
          })}
          onChange={setChosen}
        />
        <PathField label="Folder" kind="folder" value={folder} onChange={setFolder} />
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          {...(format === 'tensorboard' && { hint: 'Of the folder that is made.' })}
        />
        <FormError error={error} />
      </form>
    </Dialog>
  )
}
