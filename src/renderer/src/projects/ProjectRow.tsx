import type { ListedProject } from '../../../shared/contract.ts'
import { ago, count, dateTime } from '../format.ts'
import { CloseIcon, LensIcon, MissingIcon } from '../ui/icons.tsx'
import { Prose, sentence } from '../ui/Prose.tsx'
import './ProjectRow.css'

/** Why a project cannot be opened, and what to do. */
function Problem({ project }: { project: ListedProject }) {
  if (project.state === 'ready') return null
  const text =
    project.state === 'missing'
      ? 'The folder is not there any more. Was it moved, or is its disk not connected?'
      : `${sentence(project.problem)} ${project.hint}`
  return (
    <p className="project-problem">
      <Prose text={text} />
    </p>
  )
}

interface ProjectRowProps {
  project: ListedProject
  onForget: () => void
}

/** One project: its name and place, what it holds, and when it was last opened. */
export function ProjectRow({ project, onForget }: ProjectRowProps) {
  const lastOpened = new Date(project.lastOpened)
  const label = `Remove ${project.name} from this list`
  return (
    <li className="project" data-state={project.state}>
      <span className="project-icon">
        {project.state === 'ready' ? <LensIcon /> : <MissingIcon />}
      </span>
      <div className="project-text">
        <span className="project-name">{project.name}</span>
        <span className="project-path" title={project.path}>
          <bdi>{project.path}</bdi>
        </span>
        <Problem project={project} />
      </div>
      <div className="project-facts">
        {project.state === 'ready' && (
          <span>
            {count(project.tapes, 'tape')} · {count(project.frames, 'frame')}
          </span>
        )}
        <time dateTime={project.lastOpened} title={dateTime(lastOpened)}>
          {ago(lastOpened, new Date())}
        </time>
      </div>
      <button
        type="button"
        className="icon-button"
        aria-label={label}
        title={`${label}. Its folder stays as it is.`}
        onClick={onForget}
      >
        <CloseIcon />
      </button>
    </li>
  )
}
