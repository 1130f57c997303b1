/** @file The first tape of a camera, that later ones are compared with. */
import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import { loadFrameIndex } from '../db/frame-indexes.ts'
import { openProject, type Project } from '../db/project.ts'
import { loadSettings } from '../db/settings.ts'
import { listSources, type Source } from '../db/sources.ts'
import type { TapeIndex } from '../media/types.ts'
import { projectSuffix } from '../projects/project-name.ts'
import { isThere } from './tapes.ts'

export interface EarlierTape {
  name: string
  /** Where it is in another project. */
  project: string | null
  index: TapeIndex
}

const asEarlier = (project: Project, source: Source, name: string | null): EarlierTape => ({
  name: basename(source.path),
  project: name,
  index: loadFrameIndex(project, source),
})

/** The first tape of the project that this one was made like; null where it cannot be read. */
function tapeOfLike(dir: string | null): EarlierTape | null {
  if (dir === null || !existsSync(dir)) return null
  const other = openProject(dir, { mode: 'read' })
  try {
    const [source] = listSources(other)
    return source && isThere(source) ? asEarlier(other, source, basename(dir, projectSuffix)) : null
  } finally {
    other.close()
  }
}

/** The first tape of this camera; null where this one is it, or the first cannot be read. */
export function earlierTape(project: Project, { id }: Source): EarlierTape | null {
  const [first] = listSources(project)
  if (first && first.id !== id) return isThere(first) ? asEarlier(project, first, null) : null
  return tapeOfLike(loadSettings(project).likeProject)
}
