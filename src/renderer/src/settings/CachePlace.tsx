import { useContext } from 'react'
import { ProjectContext } from '../state/project-context.tsx'
import { Command } from '../ui/Command.tsx'

/** Where the cache of the open project lies; nothing while none is open. */
export function CachePlace() {
  const project = useContext(ProjectContext)
  if (!project) return null
  const { path, name } = project.state
  // As paths are written on the engine's machine.
  const separator = path.includes('\\') ? '\\' : '/'
  return (
    <div className="field">
      <span className="field-label">Cache of {name}</span>
      <Command hasPrompt={false}>{`${path}${separator}cache`}</Command>
    </div>
  )
}
