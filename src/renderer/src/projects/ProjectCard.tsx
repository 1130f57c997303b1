import { useState } from 'react'
import type { ListedProject } from '../../../shared/contract.ts'
import { ago, count, dateTime } from '../format.ts'
import { formatRoute } from '../state/route.ts'
import { useServices } from '../state/services.tsx'
import {
  CloseIcon,
  LensIcon,
  MissingIcon,
  MoreIcon,
  PlusIcon,
  TrashIcon,
  UndoIcon,
  UpIcon,
} from '../ui/icons.tsx'
import { Menu, type MenuItem } from '../ui/Menu.tsx'
import { Prose, sentence } from '../ui/Prose.tsx'
import './ProjectCard.css'
import { backUp } from './project-actions.ts'
import { RestoreDialog } from './RestoreDialog.tsx'
import { TrashDialog } from './TrashDialog.tsx'

type Ready = Extract<ListedProject, { state: 'ready' }>

function Picture({ project }: { project: ListedProject }) {
  const [failed, setFailed] = useState<string | null>(null)
  const poster = project.state === 'ready' ? project.poster : null
  if (poster !== null && poster !== failed)
    return (
      <img
        className="project-poster"
        src={poster}
        alt=""
        loading="lazy"
        onError={() => setFailed(poster)}
      />
    )
  return (
    <span className="project-poster project-no-poster">
      {project.state === 'ready' ? <LensIcon /> : <MissingIcon />}
    </span>
  )
}

function JobsState({ running, unfinished }: Ready) {
  return (
    <>
      {running > 0 && <span className="project-badge">{count(running, 'job')} under way</span>}
      {unfinished > 0 && (
        <span className="project-badge project-badge-failed">
          {count(unfinished, 'job')} to look at
        </span>
      )}
    </>
  )
}

/** What it holds; or why it cannot be opened, and what to do. */
function Facts({ project }: { project: ListedProject }) {
  if (project.state === 'ready')
    return (
      <p className="project-facts">
        {project.labels === 0
          ? 'No frame labelled yet'
          : `${count(project.labels, 'frame')} labelled`}
        {' · '}
        {count(project.tapes, 'tape')}
        {project.frames > 0 && `, ${count(project.frames, 'frame')}`}
        <JobsState {...project} />
      </p>
    )
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

interface ProjectCardProps {
  project: ListedProject
  onNewLike: () => void
  onForget: () => void
  onChanged: () => void
}

type Open = 'restore' | 'trash' | null

/** What can be done with a project besides opening it. */
function useItems({ project, onNewLike, onForget }: ProjectCardProps, show: (open: Open) => void) {
  const { engine, page, toasts } = useServices()
  const { path, name, state } = project
  const keepCopy = async (): Promise<void> => {
    try {
      await backUp({ client: engine.client, page }, path)
      toasts.tell(`${name} is backed up`)
    } catch (error) {
      toasts.fail(error)
    }
  }
  const forReady: MenuItem[] = [
    { text: 'New project like this one…', icon: <PlusIcon />, perform: onNewLike },
    { text: 'Back up now', icon: <UpIcon />, perform: () => void keepCopy() },
  ]
  const forPresent: MenuItem[] = [
    { text: 'Restore a backup…', icon: <UndoIcon />, perform: () => show('restore') },
    {
      text: 'Move to trash…',
      icon: <TrashIcon />,
      isDanger: true,
      perform: () => show('trash'),
    },
  ]
  const remove: MenuItem = { text: 'Remove from this list', icon: <CloseIcon />, perform: onForget }
  return [
    ...(state === 'ready' ? forReady : []),
    remove,
    ...(state === 'missing' ? [] : forPresent),
  ]
}

/** One project: a picture, what it holds, when it was last opened. A click opens it. */
export function ProjectCard(props: ProjectCardProps) {
  const { project, onChanged } = props
  const [open, setOpen] = useState<Open>(null)
  const items = useItems(props, setOpen)
  const lastOpened = new Date(project.lastOpened)
  const address = formatRoute({ project: project.path, screen: 'label', tape: null, frame: 0 })
  const close = (): void => setOpen(null)
  return (
    <li className="project" data-state={project.state}>
      <Picture project={project} />
      <div className="project-text">
        <h2 className="project-name" title={project.path}>
          {project.state === 'ready' ? <a href={address}>{project.name}</a> : project.name}
        </h2>
        <p className="project-path" title={project.path}>
          <bdi>{project.path}</bdi>
        </p>
        <Facts project={project} />
        <time className="project-time" dateTime={project.lastOpened} title={dateTime(lastOpened)}>
          Opened {ago(lastOpened, new Date())}
        </time>
      </div>
      <div className="project-menu">
        <Menu label={`More about ${project.name}`} icon={<MoreIcon />} items={items} />
      </div>
      {open === 'restore' && <RestoreDialog project={project} onClose={close} onDone={onChanged} />}
      {open === 'trash' && <TrashDialog project={project} onClose={close} onDone={onChanged} />}
    </li>
  )
}
