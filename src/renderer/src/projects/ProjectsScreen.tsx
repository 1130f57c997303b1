import { useEffect, useMemo, useState } from 'react'
import { ProjectsStore } from '../state/projects-store.ts'
import { useServices } from '../state/services.tsx'
import { useStore } from '../state/use-store.ts'
import { Button } from '../ui/Button.tsx'
import { FilmIcon, FolderIcon, PlusIcon } from '../ui/icons.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Waiting } from '../ui/Waiting.tsx'
import { choosePath } from './choose-path.ts'
import { FirstProject } from './FirstProject.tsx'
import { FolderPicker } from './FolderPicker.tsx'
import { NewProjectDialog } from './NewProjectDialog.tsx'
import { ProjectCard } from './ProjectCard.tsx'
import './ProjectsScreen.css'

/** What the dialog for a new project starts from. */
interface Draft {
  like: string | null
}

function useProjectsStore(): ProjectsStore {
  const { engine } = useServices()
  const { status } = useStore(engine)
  const store = useMemo(() => new ProjectsStore(engine.client), [engine])
  useEffect(() => (status === 'open' ? store.follow() : undefined), [store, status])
  useEffect(() => {
    // The command line adds projects without a word to this page.
    const refresh = (): void => void store.refresh()
    window.addEventListener('focus', refresh)
    return () => window.removeEventListener('focus', refresh)
  }, [store])
  return store
}

/** Makes the sample project and goes to it; true while it is being made. */
function useSample(): [boolean, () => void] {
  const { engine, route, toasts } = useServices()
  const [isMaking, setMaking] = useState(false)
  const make = async (): Promise<void> => {
    setMaking(true)
    try {
      const { path } = await engine.client.call('projects.createSample', {})
      route.openProject(path, 'tape')
    } catch (error) {
      toasts.fail(error)
      setMaking(false)
    }
  }
  return [isMaking, () => void make()]
}

/** The projects opened on this machine, and the ways to a new one. */
export function ProjectsScreen() {
  const { route } = useServices()
  const store = useProjectsStore()
  const { projects, error } = useStore(store)
  const [draft, setDraft] = useState<Draft | null>(null)
  const [isPicking, setPicking] = useState(false)
  const [isMakingSample, makeSample] = useSample()
  const start = (like: string | null = null): void => setDraft({ like })
  const openOther = async (): Promise<void> => {
    const path = await choosePath('project')
    if (path === undefined) setPicking(true)
    else if (path !== null) route.openProject(path)
  }
  const others = (
    <>
      <Button icon={<FolderIcon />} onClick={() => void openOther()}>
        Open…
      </Button>
      <Button icon={<FilmIcon />} disabled={isMakingSample} onClick={makeSample}>
        Sample project
      </Button>
    </>
  )
  return (
    <main className="home-screen projects">
      {error && error.code !== 'disconnected' && (
        <Notice error={error} action="Try again" onAction={() => void store.refresh()} />
      )}
      {!projects && !error && <Waiting text="Reading the list of projects…" />}
      {projects?.length === 0 && (
        <FirstProject onNew={() => start()} isMakingSample={isMakingSample} onSample={makeSample} />
      )}
      {projects && projects.length > 0 && (
        <>
          <header className="projects-header">
            <h1>Projects</h1>
            {others}
            <Button kind="primary" icon={<PlusIcon />} onClick={() => start()}>
              New project
            </Button>
          </header>
          <ul className="projects-grid">
            {projects.map((project) => (
              <ProjectCard
                key={project.path}
                project={project}
                onNewLike={() => start(project.path)}
                onForget={() => void store.forget(project.path)}
                onChanged={() => void store.refresh()}
              />
            ))}
          </ul>
        </>
      )}
      {draft && (
        <NewProjectDialog
          tape=""
          like={draft.like}
          onClose={() => {
            setDraft(null)
            void store.refresh()
          }}
        />
      )}
      {isPicking && (
        <FolderPicker
          kind="project"
          onChoose={(path) => route.openProject(path)}
          onClose={() => setPicking(false)}
        />
      )}
    </main>
  )
}
