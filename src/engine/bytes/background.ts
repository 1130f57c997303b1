/** @file What the camera sees when nobody is there, made once and kept in the project's cache. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { loadFrameIndex } from '../db/frame-indexes.ts'
import { cacheFolder } from '../db/layout.ts'
import type { Source } from '../db/sources.ts'
import type { Engine } from '../engine.ts'
import { requireTape } from '../jobs/tapes.ts'
import { replaceFile } from '../projects/replace-file.ts'
import { bytesAnswer } from './answers.ts'
import { type TapeRequest, wordIn } from './byte-request.ts'
import { pictureFormats, projectFilters } from './pictures.ts'

/** Those being made, by file: several pages may ask for one at a time. */
const underWay = new Map<string, Promise<Uint8Array>>()

async function make({ project, compute }: Engine, source: Source, file: string) {
  requireTape(source)
  const index = loadFrameIndex(project, source)
  const filters = projectFilters(project, source)
  const { data, width, height } = await compute.run('tapeBackground', { index, filters })
  const raw = { width, height, channels: 3 } as const
  const png = await sharp(data, { raw }).png({ compressionLevel: 6 }).toBuffer()
  // A cache that cannot be written is no reason to have no background.
  await replaceFile(file, png).catch(() => {})
  return png
}

/** The PNG file's bytes. Throws what reading the tape throws. */
async function background(engine: Engine, source: Source): Promise<Uint8Array> {
  const { project } = engine
  const view = `${source.sha256} ${projectFilters(project, source)}`
  const name = createHash('sha256').update(view).digest('hex').slice(0, 32)
  const file = join(cacheFolder(project.dir), `background-${name}.png`)
  const known = await readFile(file).catch(() => null)
  if (known) return known
  const making = underWay.get(file) ?? make(engine, source, file)
  underWay.set(file, making)
  try {
    return await making
  } finally {
    underWay.delete(file)
  }
}

async function rawOf(png: Uint8Array): Promise<Uint8Array> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const header = Buffer.alloc(8)
  header.writeUInt32BE(info.width, 0)
  header.writeUInt32BE(info.height, 4)
  return Buffer.concat([header, data])
}

export async function answerBackground({ open, source, query }: TapeRequest): Promise<Response> {
  const format = wordIn(query, 'format', pictureFormats)
  const png = await background(open.engine, source)
  return bytesAnswer(format === 'png' ? png : await rawOf(png), format)
}
