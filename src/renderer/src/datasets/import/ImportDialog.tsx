import { type FormEvent, useId, useState } from 'react'
import { type AppError, toAppError } from '../../../../shared/errors.ts'
import { count } from '../../format.ts'
import { PathField } from '../../projects/PathField.tsx'
import { useProject } from '../../state/project-context.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { SelectField, TextField } from '../../ui/inputs.tsx'
import { Prose, sentence } from '../../ui/Prose.tsx'
import { useCall } from '../use-call.ts'
import { useFormats } from '../use-formats.ts'
import { Worked } from '../Working.tsx'
import { Summary } from './Summary.tsx'
import { emptySource, type Source, sourceArgs } from './source.ts'
import './ImportDialog.css'

interface FieldsProps {
  source: Source
  onChange: (change: Partial<Source>) => void
}

/** Where the set lies and how it is to be read. */
function Fields({ source, onChange }: FieldsProps) {
  const formats = useFormats()
  return (
    <>
      <PathField
        label="File, folder or zip"
        kind="set"
        value={source.path}
        onChange={(path) => onChange({ path })}
        placeholder="/data/street/annotations.json"
        hint="What CVAT, Labelme, COCO, VOC and others write. It stays where it is and is not changed."
      />
      <SelectField
        label="Format"
        value={source.format}
        options={[
          { value: 'auto', text: 'Found by itself' },
          ...formats.map(({ format, title }) => ({ value: format, text: title })),
        ]}
        onChange={(format) => onChange({ format })}
      />
      <details className="dataset-more">
        <summary>Pictures elsewhere, meanings of colours</summary>
        <PathField
          label="Folder of the pictures"
          kind="folder"
          value={source.images}
          onChange={(images) => onChange({ images })}
          hint="Only where they do not lie beside the annotations."
        />
        <TextField
          label="What grey values or colours mean"
          value={source.map}
          onChange={(map) => onChange({ map })}
          placeholder="128=car, #ff0000=dog, 255=ignore"
          hint="Only for masks that come without a list of classes."
        />
      </details>
    </>
  )
}

interface ImportDialogProps {
  /** Where to look at first; '' = the user is asked. */
  path: string
  onStarted: () => void
  onClose: () => void
}

/** Asks for a set, shows what is in it, and takes it when the user says so. */
export function ImportDialog({ path, onStarted, onClose }: ImportDialogProps) {
  const { client, handle } = useProject()
  const form = useId()
  const [source, setSource] = useState<Source>({ ...emptySource, path })
  /** What is looked at, as JSON; null = nothing yet. */
  const [looked, setLooked] = useState<string | null>(path ? JSON.stringify(source) : null)
  const [error, setError] = useState<AppError | null>(null)
  const args = { project: handle, ...sourceArgs(source) }
  const look = useCall(looked, (work) => client.call('datasets.inspect', args, work))
  const summary = look.value
  const change = (part: Partial<Source>): void => {
    setSource({ ...source, ...part })
    setLooked(null)
    setError(null)
  }
  const begin = async (): Promise<void> => {
    try {
      await client.call('datasets.import', args)
      onStarted()
    } catch (reason) {
      setError(toAppError(reason))
    }
  }
  const canLook = source.path.trim() !== '' && !look.isUnderWay
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (summary) void begin()
    else if (canLook) setLooked(JSON.stringify([source, Date.now()]))
  }
  return (
    <Dialog
      title="Import a set of pictures"
      size="wide"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {summary ? (
            <Button kind="primary" type="submit" form={form} disabled={summary.images === 0}>
              Import {count(summary.images, 'picture')}
            </Button>
          ) : (
            <Button kind="primary" type="submit" form={form} disabled={!canLook}>
              Look what is in it
            </Button>
          )}
        </>
      }
    >
      <form id={form} className="dataset-form" onSubmit={submit}>
        <Fields source={source} onChange={change} />
        <Worked call={look} text="Reading the set…" onCancel={() => setLooked(null)} />
        {summary && <Summary summary={summary} />}
        {error && (
          <p className="field-error" role="alert">
            <Prose text={`${sentence(error.message)} ${error.hint}`} />
          </p>
        )}
      </form>
    </Dialog>
  )
}
