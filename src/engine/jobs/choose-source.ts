import { AppError } from '../../shared/errors.ts'
import type { Project } from '../db/project.ts'
import { getSource, listSources, type Source } from '../db/sources.ts'

/**
 * The tape that a command is about: the one asked for, or the only one there is.
 * @throws AppError `no-such-tape`
 */
export function chooseSource(project: Project, id: number | undefined): Source {
  if (id !== undefined) return getSource(project, id)
  const sources = listSources(project)
  const [only, second] = sources
  if (only && !second) return only
  const list = sources.map((source) => `${source.id} (${source.path})`).join(', ')
  throw new AppError(
    'no-such-tape',
    only ? `the project has several tapes: ${list}` : 'the project has no tape',
    only ? 'Say which one with --tape.' : 'Add one with `maskbench tape add`.',
  )
}
