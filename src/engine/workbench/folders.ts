/** @file What lies in a folder, for a page without native dialogs. */
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, extname, join, parse } from 'node:path'
import type { Folder } from '../../shared/contract/projects.ts'
import { AppError, toAppError } from '../../shared/errors.ts'
import { databaseFile } from '../db/layout.ts'
import { projectsFolder } from '../projects/data-folder.ts'
import { projectSuffix } from '../projects/project-name.ts'
import type { Roots } from './roots.ts'

type Entry = Folder['entries'][number]

/** Endings of files that may be tapes: whether one is, opening it says. */
const tapeEndings = new Set(
  (
    '.3gp .asf .avi .dav .flv .h264 .h265 .hevc .m2ts .m4v .mkv .mov .mp4 .mpeg .mpg .mts .mxf .ogv ' +
    '.ts .webm .wmv'
  ).split(' '),
)

/** What the list shows first, from top to bottom. */
const order: readonly Entry['kind'][] = ['folder', 'project', 'tape', 'other']

const naturally = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

const byKindAndName = (a: Entry, b: Entry): number =>
  order.indexOf(a.kind) - order.indexOf(b.kind) || naturally.compare(a.name, b.name)

function kindOf(path: string, isFolder: boolean): Entry['kind'] {
  if (!isFolder) return tapeEndings.has(extname(path).toLowerCase()) ? 'tape' : 'other'
  return path.endsWith(projectSuffix) || existsSync(databaseFile(path)) ? 'project' : 'folder'
}

/** Where a page that may go anywhere begins. */
function usualPlaces(): string[] {
  const home = homedir()
  const places = [
    home,
    ...['Videos', 'Movies', 'Documents', 'Desktop'].map((name) => join(home, name)),
  ]
  return [...places, projectsFolder(), parse(home).root].filter(
    (place, i, all) => existsSync(place) && all.indexOf(place) === i,
  )
}

function listRoots({ folders }: Roots): Folder {
  const entries = (folders ?? usualPlaces()).map((path): Entry => {
    const name = path === homedir() ? 'Home' : basename(path) || path
    return { name, path, kind: 'folder' }
  })
  return { path: '', parent: null, entries }
}

async function isFolder(path: string): Promise<boolean> {
  return readdir(path).then(
    () => true,
    () => false,
  )
}

/**
 * The content of a folder, hidden files left out: folders, projects, tapes and the rest, each by name.
 * Without a path the places to begin at.
 * @throws AppError `outside-roots`, `no-such-file`; `bad-value` for a file
 */
export async function listFolder(roots: Roots, path?: string): Promise<Folder> {
  if (path === undefined || path === '') return listRoots(roots)
  const folder = roots.require(path)
  try {
    const found = await readdir(folder, { withFileTypes: true })
    const entries = await Promise.all(
      found
        .filter(({ name }) => !name.startsWith('.'))
        .map(async (entry): Promise<Entry | null> => {
          const at = join(folder, entry.name)
          // A link may lead outside, or nowhere.
          if (entry.isSymbolicLink() && !(existsSync(at) && roots.allows(at))) return null
          const leads = entry.isDirectory() || (entry.isSymbolicLink() && (await isFolder(at)))
          return { name: entry.name, path: at, kind: kindOf(at, leads) }
        }),
    )
    const parent = dirname(folder)
    return {
      path: folder,
      parent: parent !== folder && roots.allows(parent) ? parent : null,
      entries: entries.filter((entry) => entry !== null).sort(byKindAndName),
    }
  } catch (error) {
    throw error instanceof AppError ? error : toAppError(error, folder)
  }
}
