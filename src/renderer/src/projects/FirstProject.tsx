import { Button } from '../ui/Button.tsx'
import { FilmIcon, PlusIcon } from '../ui/icons.tsx'
import './FirstProject.css'
import { LensPicture } from './LensPicture.tsx'

interface FirstProjectProps {
  onNew: () => void
  onSample: () => void
  isMakingSample: boolean
}

/** What to do before there is a first project. */
export function FirstProject({ onNew, onSample, isMakingSample }: FirstProjectProps) {
  return (
    <section className="first-project">
      <LensPicture />
      <h1>No projects yet</h1>
      <p>
        A project holds the tapes of one camera, the regions that you draw on them, and the frames
        in which somebody is there. Begin with a tape of your own, or look around with a sample.
      </p>
      <div className="first-project-ways">
        <Button kind="primary" size="large" icon={<PlusIcon />} onClick={onNew}>
          New project from a tape
        </Button>
        <Button size="large" icon={<FilmIcon />} disabled={isMakingSample} onClick={onSample}>
          Try the sample project
        </Button>
      </div>
      {window.maskbench && <p>A tape can also be dropped on this window.</p>}
    </section>
  )
}
