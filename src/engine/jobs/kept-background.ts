/** @file What a camera sees when nobody is there: made once for each view of a tape, and kept in the cache. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import type { LongWork } from '../../shared/progress.ts'
import type { Size } from '../../shared/recipe.ts'
import type { Scene } from '../compute/background-task.ts'
import type { ReaderRequest } from '../compute/recent-readers.ts'
import { cacheFolder } from '../db/layout.ts'
import type { Engine } from '../engine.ts'
import { replaceFile } from '../projects/replace-file.ts'

function fileOf({ project }: Engine, { index, filters }: ReaderRequest): string {
  const view = createHash('sha256').update(`${index.sha256} ${filters}`).digest('hex')
  return join(cacheFolder(project.dir), `background-${view.slice(0, 32)}.png`)
}

async function make(engine: Engine, view: ReaderRequest, file: string, work: LongWork) {
  const scene = await engine.compute.run('tapeBackground', view, work)
  const { data, width, height } = scene
  const raw = { width, height, channels: 3 } as const
  const png = await sharp(data, { raw }).png({ compressionLevel: 6 }).toBuffer()
  // A cache that cannot be written is no reason to have no background.
  await replaceFile(file, png).catch(() => {})
  return { scene, png }
}

async function sceneOf(png: Uint8Array): Promise<Scene> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  return { data, width: info.width, height: info.height }
}

/**
 * The median of a tape through filters, whoever asks for it first.
 * @throws AppError `cancelled`, and what reading the tape throws where it is not kept
 */
export async function keptBackground(
  engine: Engine,
  view: ReaderRequest,
  work: LongWork,
): Promise<Scene> {
  const file = fileOf(engine, view)
  // A file that is none is made anew.
  const known = await readFile(file)
    .then(sceneOf)
    .catch(() => null)
  return known ?? (await make(engine, view, file, work)).scene
}

/** Those being made, by file: several pages may ask for one at a time. */
const underWay = new Map<string, Promise<Uint8Array>>()

/**
 * The same as a PNG file's bytes.
 * @param check throws where the tape is not there to make it from
 */
export async function backgroundPng(
  engine: Engine,
  view: ReaderRequest,
  check: () => void,
): Promise<Uint8Array> {
  const file = fileOf(engine, view)
  const known = await readFile(file).catch(() => null)
  if (known) return known
  check()
  const making = underWay.get(file) ?? make(engine, view, file, {}).then(({ png }) => png)
  underWay.set(file, making)
  try {
    return await making
  } finally {
    underWay.delete(file)
  }
}

/** Runs over fewer frames do not pay for a background. */
const fewestFrames = 200

/**
 * What the frames of a run are compared with; null where that does not pay or cannot be had. Throws
 * `cancelled`.
 * @param frames how many the run has
 */
export async function backgroundForRun(
  engine: Engine,
  view: ReaderRequest,
  { frames, size }: { frames: number; size: Size },
  work: LongWork,
): Promise<Uint8Array | null> {
  if (frames < fewestFrames) return null
  try {
    const { width, height, data } = await keptBackground(engine, view, work)
    return width === size.width && height === size.height ? data : null
  } catch (error) {
    if (work.signal?.aborted) throw error
    // A frame that cannot be read is told of when it is its turn.
    return null
  }
}
