import { Command } from '../ui/Command.tsx'
import { createCommand, demoCommand } from './commands.ts'
import { LensPicture } from './LensPicture.tsx'
import './NoProjects.css'

/** What to do before there is a first project. */
export function NoProjects() {
  return (
    <section className="no-projects">
      <LensPicture />
      <h1>No projects yet</h1>
      <p>
        A project holds the tapes of one camera, the regions drawn on them and the frames in which
        somebody is there. Create one in a terminal; it then shows up here.
      </p>
      <div className="no-projects-commands">
        <h2>From your own tape</h2>
        <Command>{createCommand}</Command>
        <h2>To look around first, from a sample tape</h2>
        <Command>{demoCommand}</Command>
      </div>
    </section>
  )
}
