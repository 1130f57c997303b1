/** @file What can be done with projects from the list of them, in calls to the engine. */
import type { Backup } from '../../../shared/contract/projects.ts'
import type { EngineClient } from '../state/engine-store.ts'

export interface NewProject {
  name: string
  /** Where its folder goes; null = the user's usual place. */
  folder: string | null
  /** Path of the tape to begin with; null = a project of pictures alone. */
  tape: string | null
  /** Path of the project whose recipe, regions, classes and network are taken over. */
  like: string | null
}

/** `/tapes/Hall A.2.mp4` → `Hall A.2` */
export function nameOfTape(path: string): string {
  const file = path.split(/[\\/]/).findLast((part) => part !== '') ?? ''
  return file.replace(/\.[^.]+$/, '')
}

export interface Caller {
  client: EngineClient
  page: string
}

/**
 * Makes a project's folder, or goes on with the one that an attempt before has made, then starts to
 * read its tape. The project stays open for this page, which shows it next.
 * @throws AppError as `projects.create`, `projects.like` and `tapes.add` do
 */
export async function fillProject(
  { client, page }: Caller,
  { tape, like }: NewProject,
  path: string,
): Promise<void> {
  const { project } = await client.call('projects.open', { path, page })
  if (like !== null) await client.call('projects.like', { project, path: like })
  if (tape !== null) await client.call('tapes.add', { project, path: tape })
}

/** @throws AppError `project-exists`, `bad-value` */
export async function makeProject(
  { client }: Caller,
  { name, folder }: NewProject,
): Promise<string> {
  const where = folder === null ? {} : { folder }
  const { path } = await client.call('projects.create', { name, ...where })
  return path
}

/** Keeps a copy of a project's data beside it. */
export async function backUp({ client, page }: Caller, path: string): Promise<Backup> {
  const { project } = await client.call('projects.open', { path, page })
  try {
    return await client.call('projects.backup', { project })
  } finally {
    await client.call('projects.close', { project })
  }
}
