/** @file The picture of a project in the list: a frame of its first tape, kept in its cache. */
import { createHash } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { bytesPrefix } from '../../shared/byte-routes.ts'
import { loadFrameIndex } from '../db/frame-indexes.ts'
import { cacheFolder } from '../db/layout.ts'
import { activeRecipe } from '../db/recipes.ts'
import { listSources } from '../db/sources.ts'
import type { Engine } from '../engine.ts'
import { filterChain } from '../preprocess/filter-chain.ts'
import { recentProjects } from '../projects/recent.ts'
import { replaceFile } from '../projects/replace-file.ts'
import type { Roots } from './roots.ts'

const size = { width: 320, height: 240 }

/** Later than what many tapes begin with. */
const placeInTape = 1 / 3

const posterFile = (dir: string): string => join(cacheFolder(dir), 'poster.jpg')

/** Names a project in an address without its path. */
const keyOf = (dir: string): string => createHash('sha256').update(dir).digest('hex').slice(0, 32)

/** Path of a project's picture below the page's address; null where there is none. */
export function posterAddress(dir: string): string | null {
  const stat = statSync(posterFile(dir), { throwIfNoEntry: false })
  return stat ? `${bytesPrefix}posters/${keyOf(dir)}?at=${Math.round(stat.mtimeMs)}` : null
}

/**
 * The JPEG behind the last part of such a path, without what follows the `?`. Null where no project on
 * the list, as far as the page may open it, has it.
 */
export async function readPoster(key: string, roots: Roots): Promise<Uint8Array | null> {
  const projects = await recentProjects()
  const project = projects.find(({ path }) => keyOf(path) === key)
  if (!project || !roots.allows(project.path)) return null
  return readFile(posterFile(project.path)).catch(() => null)
}

/** Makes the picture anew; false where the project has no tape that can be read. */
export async function makePoster({ project, compute }: Engine): Promise<boolean> {
  const source = listSources(project).find(({ path, frames }) => frames > 0 && existsSync(path))
  if (!source) return false
  const recipe = activeRecipe(project)?.recipe
  const picture = await compute.run('readFrame', {
    index: loadFrameIndex(project, source),
    frame: Math.floor(source.frames * placeInTape),
    filters: recipe ? filterChain(recipe, source.info) : '',
  })
  const raw = { width: picture.width, height: picture.height, channels: 3 } as const
  const jpeg = await sharp(picture.data, { raw })
    .resize({ ...size, fit: 'cover' })
    .jpeg({ quality: 80 })
    .toBuffer()
  await mkdir(cacheFolder(project.dir), { recursive: true })
  await replaceFile(posterFile(project.dir), jpeg)
  return true
}

/** Whether the project has its picture. */
export function hasPoster(dir: string): boolean {
  return existsSync(posterFile(dir))
}
