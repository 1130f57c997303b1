import { useState } from 'react'
import { NewProjectDialog } from '../projects/NewProjectDialog.tsx'
import { nameOfTape } from '../projects/project-actions.ts'
import { useProject } from '../state/project-context.tsx'
import { useServices } from '../state/services.tsx'
import { useStore } from '../state/use-store.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Prose } from '../ui/Prose.tsx'

/** A tape came while no project is open: a new project begins with it. */
export function ArrivedTape() {
  const { arrivals } = useServices()
  const path = useStore(arrivals)
  if (path === null) return null
  return <NewProjectDialog key={path} tape={path} like={null} onClose={() => arrivals.clear()} />
}

/** A tape came while a project is open: it goes into that one, or begins another. */
export function ArrivedTapeInProject() {
  const { arrivals, toasts, route } = useServices()
  const { client, handle, mode, state } = useProject()
  const path = useStore(arrivals)
  const { screen } = useStore(route)
  const [isNew, setNew] = useState(false)
  const close = (): void => {
    arrivals.clear()
    setNew(false)
  }
  // That screen takes what arrives as a set of pictures.
  if (path === null || screen === 'datasets') return null
  if (isNew) return <NewProjectDialog tape={path} like={state.path} onClose={close} />
  const add = async (): Promise<void> => {
    close()
    try {
      await client.call('tapes.add', { project: handle, path })
      route.show('tape')
    } catch (error) {
      toasts.fail(error)
    }
  }
  return (
    <Dialog
      title={`What is ${nameOfTape(path)} for?`}
      size="small"
      onClose={close}
      actions={
        <>
          <Button onClick={() => setNew(true)}>New project like this one…</Button>
          <Button kind="primary" disabled={mode === 'read'} onClick={() => void add()}>
            Add to {state.name}
          </Button>
        </>
      }
    >
      <p>
        <Prose
          text={`\`${path}\` can join this project, if the same camera recorded it, or begin a new one.`}
        />
      </p>
    </Dialog>
  )
}
