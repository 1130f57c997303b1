import { type FormEvent, useId, useState } from 'react'
import type { DatasetFormat } from '../../../shared/contract/datasets.ts'
import { type AppError, toAppError } from '../../../shared/errors.ts'
import { joinedPath } from '../projects/joined-path.ts'
import { PathField } from '../projects/PathField.tsx'
import { useProject } from '../state/project-context.tsx'
import { Button } from '../ui/Button.tsx'
import { Checkbox } from '../ui/Checkbox.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { SelectField, TextField } from '../ui/inputs.tsx'
import { Prose, sentence } from '../ui/Prose.tsx'
import { type Call, useCall } from './use-call.ts'
import { useFormats } from './use-formats.ts'
import { useSet } from './use-sets.ts'
import { Worked } from './Working.tsx'

/** What the format cannot hold of the set. */
function Dropped({ call }: { call: Call<readonly string[]> }) {
  if (!call.value) return <Worked call={call} text="Looking what the format can hold…" />
  if (call.value.length === 0)
    return <p role="status">The format holds all that is in the set: nothing is lost.</p>
  return (
    <section className="dataset-warning" aria-label="What is lost">
      <p>The format cannot hold these; they will not be in what is written:</p>
      <ul>
        {call.value.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </section>
  )
}

interface FieldsProps {
  formats: readonly DatasetFormat[]
  onClose: () => void
}

/** Writes the set in a format, after saying what that format drops. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const formats = useFormats()
  // The formats come in a moment; the first one is chosen then.
  return formats.length > 0 ? <Export formats={formats} onClose={onClose} /> : null
}

function Export({ formats, onClose }: FieldsProps) {
  const { client, handle } = useProject()
  const set = useSet()
  const form = useId()
  const [format, setFormat] = useState(
    formats.find((each) => each.format === set.format)?.format ?? formats[0]?.format ?? '',
  )
  const usual = formats.find((each) => each.format === format)?.pictures ?? 'none'
  const [chosen, setPictures] = useState<'copy' | 'none' | null>(null)
  const pictures = chosen ?? usual
  const [folder, setFolder] = useState('')
  const [name, setName] = useState(`${set.name.replace(/\.[^.]+$/, '')}-export.zip`)
  const [error, setError] = useState<AppError | null>(null)
  const about = { project: handle, set: set.id, format, pictures }
  const dropped = useCall(JSON.stringify(about), (work) =>
    client.call('datasets.dropped', about, work),
  )
  const canWrite = folder.trim() !== '' && name.trim() !== '' && dropped.value !== null
  const write = async (): Promise<void> => {
    try {
      await client.call('datasets.export', { ...about, path: joinedPath(folder, name) })
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
      title={`Export ${set.name}`}
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
      <form id={form} className="dataset-form" onSubmit={submit}>
        <SelectField
          label="Format"
          value={format}
          options={formats.map((each) => ({ value: each.format, text: each.title }))}
          onChange={setFormat}
        />
        <Checkbox
          label="Copy the pictures as well"
          checked={pictures === 'copy'}
          onChange={(isCopied) => setPictures(isCopied ? 'copy' : 'none')}
        />
        <Dropped call={dropped} />
        <PathField label="Folder" kind="folder" value={folder} onChange={setFolder} />
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          hint="A name that ends in .zip makes a zip, another one a folder."
        />
        {error && (
          <p className="field-error" role="alert">
            <Prose text={`${sentence(error.message)} ${error.hint}`} />
          </p>
        )}
      </form>
    </Dialog>
  )
}
