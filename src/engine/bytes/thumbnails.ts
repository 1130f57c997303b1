/** @file Small pictures of frames, kept in the project's cache. */

import type { Project } from '../db/project.ts'
import { activeRecipe } from '../db/recipes.ts'
import type { Source } from '../db/sources.ts'
import { ThumbnailCache } from '../db/thumbnail-cache.ts'
import { askAboutTape } from '../jobs/ask-about-tape.ts'
import { loadUserSettings } from '../projects/user-settings.ts'
import { bytesAnswer } from './answers.ts'
import type { FrameRequest } from './byte-request.ts'
import { projectFilters } from './pictures.ts'

const width = 160

/** Tasks that are cancelled between two thumbnails need no haste. */
const patienceMs = 20_000

/** A cache that nobody used for so long is closed: an open file cannot be deleted everywhere. */
const idleMs = 5000

/** Open caches by the project's folder. */
const caches = new Map<string, { cache: ThumbnailCache; timer: NodeJS.Timeout }>()

/** The project's cache of small pictures, to be used at once: it closes when nobody uses it. */
export function thumbnailCacheOf({ dir }: Project): ThumbnailCache {
  const open = caches.get(dir)
  clearTimeout(open?.timer)
  const cache = open?.cache ?? new ThumbnailCache(dir)
  const timer = setTimeout(() => {
    caches.delete(dir)
    cache.close()
  }, idleMs).unref()
  caches.set(dir, { cache, timer })
  return cache
}

/** The filters of the project's picture, made small. */
function smallFilters(project: Project, source: Source): string {
  const { size } = activeRecipe(project)?.recipe ?? { size: source.info }
  const height = Math.max(1, Math.round((size.height * width) / size.width))
  const small = `scale=${width}:${height}:flags=area`
  return [projectFilters(project, source), small].filter(Boolean).join(',')
}

/** @throws AppError `cancelled`, and what reading the tape throws */
export async function answerThumbnail({
  open,
  source,
  frame,
  request,
}: FrameRequest): Promise<Response> {
  const { project, compute } = open.engine
  const filters = smallFilters(project, source)
  const key = { view: `${source.sha256} ${filters}`, frame }
  const known = thumbnailCacheOf(project).get(key)
  if (known) return bytesAnswer(known, 'jpeg')
  const jpeg = await askAboutTape(project, source, (tape) =>
    compute.run('tapeThumbnail', { tape, frame, filters }, { signal: request.signal, patienceMs }),
  )
  const { cacheMegabytes } = await loadUserSettings()
  if (project.db.open) thumbnailCacheOf(project).add(key, jpeg, cacheMegabytes * 2 ** 20)
  return bytesAnswer(jpeg, 'jpeg')
}
