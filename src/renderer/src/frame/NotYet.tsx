import type { ReactNode } from 'react'
import { Command } from '../ui/Command.tsx'
import { Empty } from '../ui/Empty.tsx'
import { ReviewIcon, TrainIcon } from '../ui/icons.tsx'
import './NotYet.css'

interface NotYetProps {
  icon: ReactNode
  title: string
  children: ReactNode
  command: string
}

function NotYet({ icon, title, children, command }: NotYetProps) {
  return (
    <Empty
      picture={<span className="not-yet-icon">{icon}</span>}
      title={title}
      action={<Command>{command}</Command>}
    >
      {children}
    </Empty>
  )
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`
}

/** What training will be here, and how to train until then. */
export function TrainScreen({ path }: { path: string }) {
  return (
    <NotYet
      icon={<TrainIcon />}
      title="Training is not in the window yet"
      command={`maskbench train ${quoted(path)}`}
    >
      <p>
        Here the network will learn from the frames that you have painted, and show whether it got
        better. Until then close this project and train it in a terminal:
      </p>
    </NotYet>
  )
}

/** What reviewing will be here, and how to get the counts until then. */
export function ReviewScreen({ path }: { path: string }) {
  return (
    <NotYet
      icon={<ReviewIcon />}
      title="Reviewing is not in the window yet"
      command={`maskbench infer ${quoted(path)}`}
    >
      <p>
        Here you will check the doubtful frames of each region until the counts can be signed. Until
        then close this project and let the network look at the tape in a terminal; `maskbench
        count` then counts.
      </p>
    </NotYet>
  )
}
