import { useServices } from '../state/services.tsx'
import { useStore } from '../state/use-store.ts'
import './Outside.css'
import { useShell } from './use-shell.ts'
import { useTapeDrop } from './use-tape-drop.ts'

/** What comes from outside of the page: the shell's menu, and tapes dropped on the window. */
export function Outside() {
  const { arrivals, route } = useServices()
  const isOver = useTapeDrop((path) => arrivals.arrive(path))
  useShell()
  const isForSets = useStore(route).screen === 'datasets'
  const what = isForSets ? 'pictures or annotations' : 'tape'
  return isOver ? <div className="drop-here">Drop the {what} here</div> : null
}
