import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import type { ListedProject } from '../../../shared/contract.ts'
import { type AppError, toAppError } from '../../../shared/errors.ts'
import { useServices } from '../state/services.tsx'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { SelectField, TextField } from '../ui/inputs.tsx'
import { Prose, sentence } from '../ui/Prose.tsx'
import { PathField } from './PathField.tsx'
import { fillProject, makeProject, nameOfTape } from './project-actions.ts'

interface NewProjectDialogProps {
  /** A tape and a project to be like, to start from. */
  tape: string
  like: string | null
  onClose: () => void
}

const nothing = ''

/** Projects that another can be like. */
function useReadyProjects(): readonly ListedProject[] {
  const { engine } = useServices()
  const [projects, setProjects] = useState<readonly ListedProject[]>([])
  useEffect(() => {
    // Without an answer a project can begin afresh.
    engine.client.call('projects.list', {}).then(setProjects, () => setProjects([]))
  }, [engine])
  return projects.filter(({ state }) => state === 'ready')
}

/** Asks for what a project begins with, and makes it. */
export function NewProjectDialog({ onClose, ...draft }: NewProjectDialogProps) {
  const { engine, page, route } = useServices()
  const form = useId()
  const alike = useReadyProjects()
  const [tape, setTape] = useState(draft.tape)
  const [typedName, setTypedName] = useState<string | null>(null)
  const [folder, setFolder] = useState('')
  const [like, setLike] = useState(draft.like ?? nothing)
  const [error, setError] = useState<AppError | null>(null)
  const [isBusy, setBusy] = useState(false)
  /** What an attempt has made before its tape turned out to be none. */
  const made = useRef<{ key: string; path: string } | null>(null)
  const name = typedName ?? nameOfTape(tape.trim())
  const canMake = name.trim() !== '' && !isBusy
  const make = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    const caller = { client: engine.client, page }
    const wanted = {
      name: name.trim(),
      folder: folder.trim() || null,
      tape: tape.trim() || null,
      like: like || null,
    }
    const key = JSON.stringify([wanted.name, wanted.folder])
    try {
      if (made.current?.key !== key) made.current = { key, path: await makeProject(caller, wanted) }
      await fillProject(caller, wanted, made.current.path)
      onClose()
      route.openProject(made.current.path, wanted.tape === null ? 'datasets' : 'tape')
    } catch (reason) {
      setError(toAppError(reason))
      setBusy(false)
    }
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (canMake) void make()
  }
  return (
    <Dialog
      title="New project"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form={form} disabled={!canMake}>
            {isBusy ? 'Making it…' : 'Make the project'}
          </Button>
        </>
      }
    >
      <form id={form} className="new-project" onSubmit={submit}>
        <PathField
          label="Tape"
          kind="tape"
          value={tape}
          onChange={setTape}
          placeholder="/tapes/hall.mp4"
          hint="A video of the camera, or a folder of pictures. It stays where it is and is not changed. Leave it empty for a project of annotated pictures."
        />
        <TextField label="Name" value={name} onChange={setTypedName} />
        {alike.length > 0 && (
          <SelectField
            label="Like an earlier project"
            hint="For the next tape of the same camera: takes over picture, regions, classes and network."
            value={like}
            options={[
              { value: nothing, text: 'No, begin afresh' },
              ...alike.map((project) => ({ value: project.path, text: project.name })),
            ]}
            onChange={setLike}
          />
        )}
        <PathField
          label="Where its folder goes"
          kind="folder"
          value={folder}
          onChange={setFolder}
          placeholder="The usual place"
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
