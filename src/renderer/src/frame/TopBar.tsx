import { useState } from 'react'
import { JobsTray } from '../jobs/JobsTray.tsx'
import { KeysHelp } from '../keys/KeysHelp.tsx'
import { useAction } from '../keys/use-action.ts'
import { useProject } from '../state/project-context.tsx'
import { useServices } from '../state/services.tsx'
import { useStore } from '../state/use-store.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { KeysIcon } from '../ui/icons.tsx'
import './TopBar.css'
import { TapeChoice } from './TapeChoice.tsx'

/** The strip above a project's screens: which project, which tape, its jobs, the keys. */
export function TopBar() {
  const { state, mode } = useProject()
  const { route } = useServices()
  const { screen } = useStore(route)
  const [showsKeys, setShowsKeys] = useState(false)
  useAction('keys.show', () => setShowsKeys(true))
  return (
    <header className="top-bar">
      <h1 className="top-bar-name" title={state.path}>
        {state.name}
      </h1>
      {mode === 'read' && <span className="top-bar-badge">Read only</span>}
      <TapeChoice />
      <span className="top-bar-space" />
      <JobsTray />
      <IconButton
        label="Keys of this screen"
        action="keys.show"
        icon={<KeysIcon />}
        side="left"
        onClick={() => setShowsKeys(true)}
      />
      {showsKeys && <KeysHelp screen={screen} onClose={() => setShowsKeys(false)} />}
    </header>
  )
}
