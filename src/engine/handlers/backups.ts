import { existsSync, statSync } from 'node:fs'
import type { Backup } from '../../shared/contract/projects.ts'
import type { Workbench } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/rpc.ts'
import { type BackupFile, readBackups, requested, rotateBackups } from '../db/backup.ts'
import { databaseFile } from '../db/layout.ts'
import { isLocked } from '../db/lock.ts'
import { noProject } from '../db/no-project.ts'
import { restoreBackup } from '../db/restore.ts'
import { forgetProject } from '../projects/recent.ts'
import { moveToTrash } from '../projects/trash.ts'
import type { OpenProjects } from '../workbench/open-projects.ts'

type Methods = `projects.${'backup' | 'backups' | 'restore' | 'trash'}`

export interface TrashOptions {
  /** The host's own way to the system's trash. */
  trash?: (path: string) => Promise<void>
}

/** What the makers of backups call their reasons, in the contract's words. */
const reasons: readonly [RegExp, string][] = [
  [/^before-recipe-change$/, 'recipe'],
  [/^before-version-/, 'migration'],
  [/^before-restore$/, 'restore'],
]

function describe({ file, at, reason }: BackupFile): Backup {
  const known = reasons.find(([form]) => form.test(reason))
  return { file, at, reason: known?.[1] ?? reason, bytes: statSync(file).size }
}

/** The folder of a project that nobody has open. */
async function unusedProject(projects: OpenProjects, given: string): Promise<string> {
  const path = projects.roots.require(given)
  await projects.settled(path)
  if (!existsSync(databaseFile(path))) throw noProject(path)
  const open = projects.find(path)
  if (!open && !isLocked(path)) return path
  throw new AppError(
    'project-locked',
    `${path} is open ${open ? 'here' : 'in another program'}, or has a job under way`,
    'Close it in every window and let its jobs end.',
  )
}

export function backupHandlers(
  projects: OpenProjects,
  { trash = moveToTrash }: TrashOptions,
): Pick<Handlers<Workbench>, Methods> {
  const listChanged = (): void => projects.events.emit('projects.changed', null)
  const backupsOf = (path: string): Backup[] => readBackups(path).map(describe)
  return {
    'projects.backup'({ project: handle }) {
      const { project } = projects.get(handle).engine
      const file = rotateBackups(project.db, project.dir, requested)
      const made = backupsOf(project.dir).find((backup) => backup.file === file)
      if (made) return made
      throw new AppError('internal', `the backup ${file} is not there`)
    },
    'projects.backups': ({ path }) => backupsOf(projects.roots.require(path)),
    async 'projects.restore'({ path, file }) {
      const backup = projects.roots.require(file)
      restoreBackup(await unusedProject(projects, path), backup)
      listChanged()
      return null
    },
    async 'projects.trash'({ path }) {
      const folder = await unusedProject(projects, path)
      await trash(folder)
      await forgetProject(folder)
      listChanged()
      return null
    },
  }
}
