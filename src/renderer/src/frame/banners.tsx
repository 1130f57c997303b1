/** @file What the user must know before going on, in a strip below the title. */
import type { ReactNode } from 'react'
import type { OpenedProject } from '../../../shared/contract/projects.ts'
import { useServices } from '../state/services.tsx'
import { useStore } from '../state/use-store.ts'
import { Button } from '../ui/Button.tsx'
import { LockIcon, WarningIcon } from '../ui/icons.tsx'
import { Prose, sentence } from '../ui/Prose.tsx'
import './banners.css'

interface BannerProps {
  icon: ReactNode
  role: 'alert' | 'status'
  children: ReactNode
  action?: ReactNode
}

/** A strip with an icon, words and perhaps a button. */
export function Banner({ icon, role, children, action }: BannerProps) {
  return (
    <div className="banner" role={role}>
      {icon}
      <p className="banner-text">{children}</p>
      {action}
    </div>
  )
}

/** The connection is lost while a project is open; its screens stay as they are. */
export function ConnectionBanner() {
  const { engine } = useServices()
  const state = useStore(engine)
  if (state.status !== 'lost') return null
  const { error, retrying } = state
  return (
    <Banner
      role="alert"
      icon={<WarningIcon />}
      action={<Button onClick={() => void engine.open()}>Connect again</Button>}
    >
      <b>
        <Prose text={sentence(error.message)} />
      </b>{' '}
      {retrying ? 'Trying to connect again… ' : ''}
      <Prose text={error.hint} />
    </Banner>
  )
}

const writers: Readonly<Record<OpenedProject['writer'], string>> = {
  'this page': '',
  nobody: 'It lies on a disk, or in a folder, that cannot be written.',
  'another window': 'It is open in another window, which can change it.',
  'another program': 'Another program, such as the command line, is changing it.',
}

interface ReadOnlyBannerProps {
  opened: OpenedProject
  onTryAgain: () => void
}

/** Somebody else writes; this window shows, and changes nothing. */
export function ReadOnlyBanner({ opened, onTryAgain }: ReadOnlyBannerProps) {
  if (opened.mode === 'write') return null
  return (
    <Banner
      role="status"
      icon={<LockIcon />}
      action={<Button onClick={onTryAgain}>Try again to change it</Button>}
    >
      <b>You can look at this project, but not change it.</b> {writers[opened.writer]}
    </Banner>
  )
}
