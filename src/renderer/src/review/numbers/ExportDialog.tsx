import { useState } from 'react'
import { PathField } from '../../projects/PathField.tsx'
import { useProject } from '../../state/project-context.tsx'
import { useJobs, useToasts } from '../../state/services.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { SelectField, TextField } from '../../ui/inputs.tsx'
import { useReview } from '../review-context.ts'
import { type ExportFormat, exportFormats, joinPath, suggestedName } from './export-formats.ts'

type People = 'show' | 'blur' | 'none'

/** What to write, and where. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const { client, handle, state } = useProject()
  const { data, tape } = useReview()
  const toasts = useToasts()
  const jobs = useJobs()
  const [format, setFormat] = useState<ExportFormat>('csv')
  const [people, setPeople] = useState<People>('blur')
  const [folder, setFolder] = useState(() => state.path.replace(/[\\/][^\\/]*$/, ''))
  const [name, setName] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const file = name ?? suggestedName(tape.name, format)
  const write = async (): Promise<void> => {
    setBusy(true)
    try {
      const path = joinPath(folder, file)
      const { job } = await client.call('review.export', {
        ...{ project: handle, run: data.review.run.id, format, path },
        ...(format === 'html' ? { people } : {}),
      })
      onClose()
      const ended = await jobs.ended(job)
      if (ended.state === 'done') toasts.tell(`Written: ${path}`)
    } catch (error) {
      toasts.fail(error)
    }
    setBusy(false)
  }
  const chosen = exportFormats.find((one) => one.format === format)
  return (
    <Dialog
      title="Export"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind="primary"
            disabled={isBusy || folder.trim() === '' || file.trim() === ''}
            onClick={() => void write()}
          >
            Export
          </Button>
        </>
      }
    >
      <div className="export-fields">
        <SelectField
          label="What"
          hint={chosen?.about}
          value={format}
          options={exportFormats.map((one) => ({ value: one.format, text: one.title }))}
          onChange={setFormat}
        />
        {format === 'html' && (
          <SelectField
            label="People in its pictures"
            value={people}
            options={[
              { value: 'blur', text: 'Blurred' },
              { value: 'none', text: 'Left out' },
              { value: 'show', text: 'Shown' },
            ]}
            onChange={setPeople}
          />
        )}
        <PathField label="Folder" kind="folder" value={folder} onChange={setFolder} />
        <TextField label="File name" value={file} onChange={setName} />
      </div>
    </Dialog>
  )
}
