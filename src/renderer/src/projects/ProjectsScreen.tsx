import { useEffect, useMemo } from 'react'
import type { EngineClient } from '../state/engine-store.ts'
import { ProjectsStore } from '../state/projects-store.ts'
import { useStore } from '../state/use-store.ts'
import { Command } from '../ui/Command.tsx'
import { Notice } from '../ui/Notice.tsx'
import { Prose } from '../ui/Prose.tsx'
import { Waiting } from '../ui/Waiting.tsx'
import { createCommand } from './commands.ts'
import { NoProjects } from './NoProjects.tsx'
import { ProjectRow } from './ProjectRow.tsx'
import './ProjectsScreen.css'

/** The projects opened on this machine. */
export function ProjectsScreen({ client }: { client: EngineClient }) {
  const store = useMemo(() => new ProjectsStore(client), [client])
  const { projects, error } = useStore(store)
  useEffect(() => store.follow(), [store])
  useEffect(() => {
    // The command line adds projects without a word to this page.
    const refresh = (): void => void store.refresh()
    window.addEventListener('focus', refresh)
    return () => window.removeEventListener('focus', refresh)
  }, [store])

  return (
    <div className="projects">
      {error && <Notice error={error} action="Try again" onAction={() => void store.refresh()} />}
      {!projects && !error && <Waiting text="Reading the list of projects…" />}
      {projects?.length === 0 && <NoProjects />}
      {projects && projects.length > 0 && (
        <>
          <h1>Projects</h1>
          <ul className="projects-list">
            {projects.map((project) => (
              <ProjectRow
                key={project.path}
                project={project}
                onForget={() => void store.forget(project.path)}
              />
            ))}
          </ul>
          <section className="projects-new">
            <h2>New project</h2>
            <p>Run this in a terminal, with your own names. The project then shows up here.</p>
            <Command>{createCommand}</Command>
            <p>
              <Prose text="Projects are worked on in the terminal: `maskbench --help` lists what can be done." />
            </p>
          </section>
        </>
      )}
    </div>
  )
}
