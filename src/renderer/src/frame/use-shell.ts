import { useContext, useEffect } from 'react'
import type { ShellCommand } from '../../../shared/shell-bridge.ts'
import { isActionName } from '../keys/actions.ts'
import { KeysContext } from '../keys/use-action.ts'
import { useServices } from '../state/services.tsx'
import { useStore } from '../state/use-store.ts'

const textFields = 'input, textarea, [contenteditable="true"]'

/** Tells the desktop shell what the window shows, and does what its menu asks for. */
export function useShell(): void {
  const { route, arrivals } = useServices()
  const { dispatcher } = useContext(KeysContext)
  const { project } = useStore(route)
  useEffect(() => {
    // Another window that shows the project already comes to the front; this one goes back.
    void window.maskbench?.shows(project).then((isShownHere) => {
      if (!isShownHere) route.closeProject()
    })
  }, [project, route])
  useEffect(() => {
    const edit = (what: 'undo' | 'redo'): void => {
      if (document.activeElement?.matches(textFields)) document.execCommand(what)
      else if (!dispatcher.perform(`edit.${what}`)) dispatcher.perform(`region.${what}`)
    }
    const obey = (command: ShellCommand): void => {
      if (command.do === 'open-project') route.openProject(command.path)
      else if (command.do === 'open-tape') arrivals.arrive(command.path)
      else if (command.do !== 'action') edit(command.do)
      else if (isActionName(command.action)) dispatcher.perform(command.action)
    }
    return window.maskbench?.onCommand(obey)
  }, [dispatcher, route, arrivals])
}
