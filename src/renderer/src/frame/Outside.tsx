import { useServices } from '../state/services.tsx'
import './Outside.css'
import { useShell } from './use-shell.ts'
import { useTapeDrop } from './use-tape-drop.ts'

/** What comes from outside of the page: the shell's menu, and tapes dropped on the window. */
export function Outside() {
  const { arrivals } = useServices()
  const isOver = useTapeDrop((path) => arrivals.arrive(path))
  useShell()
  return isOver ? <div className="drop-here">Drop the tape here</div> : null
}
