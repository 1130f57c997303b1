/** @file Opening projects and tapes: from the menu, from the command line, from the system. */
import { basename } from 'node:path'
import { recentProjects } from '../engine/projects/recent.ts'
import { choose } from './dialogs.ts'
import { setMenu } from './menu.ts'
import type { OpenedPath } from './opened-paths.ts'
import type { Windows } from './windows.ts'

/** As many as one reads at a glance. */
const recentCount = 12

/** Opens what came from outside: a project in its window, a tape in the one that the user looks at. */
export function openPath(windows: Windows, { kind, path }: OpenedPath): void {
  if (kind === 'project') windows.openProject(path)
  else windows.tell(windows.current(), { do: 'open-tape', path })
}

async function openChosen(windows: Windows, kind: 'tapes' | 'project'): Promise<void> {
  for (const path of await choose(windows.current(), kind))
    openPath(windows, { kind: kind === 'tapes' ? 'tape' : 'project', path })
}

/** Sets the menu, with the projects that were opened last. */
export async function refreshMenu(windows: Windows): Promise<void> {
  const recent = (await recentProjects()).slice(0, recentCount)
  setMenu(
    recent.map(({ path }) => ({ path, name: basename(path, '.maskbench') })),
    {
      tell: (command) => windows.tell(windows.current(), command),
      openTape: () => void openChosen(windows, 'tapes'),
      openProject: () => void openChosen(windows, 'project'),
      newWindow: () => void windows.open(null),
      open: (project) => windows.openProject(project),
    },
  )
}
