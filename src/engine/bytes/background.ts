/** @file What the camera sees when nobody is there. */
import sharp from 'sharp'
import { loadFrameIndex } from '../db/frame-indexes.ts'
import { backgroundPng } from '../jobs/kept-background.ts'
import { requireTape } from '../jobs/tapes.ts'
import { bytesAnswer } from './answers.ts'
import { type TapeRequest, wordIn } from './byte-request.ts'
import { pictureFormats, projectFilters } from './pictures.ts'

async function rawOf(png: Uint8Array): Promise<Uint8Array> {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const header = Buffer.alloc(8)
  header.writeUInt32BE(info.width, 0)
  header.writeUInt32BE(info.height, 4)
  return Buffer.concat([header, data])
}

/** @throws AppError what reading the tape throws */
export async function answerBackground({ open, source, query }: TapeRequest): Promise<Response> {
  const format = wordIn(query, 'format', pictureFormats)
  const { engine } = open
  const index = loadFrameIndex(engine.project, source)
  const view = { index, filters: projectFilters(engine.project, source) }
  const png = await backgroundPng(engine, view, () => requireTape(source))
  return bytesAnswer(format === 'png' ? png : await rawOf(png), format)
}
