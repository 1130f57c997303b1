/** @file Tasks that give pictures of a tape to the engine, or look at them for it. */
import sharp from 'sharp'
import { parseFrameList } from '../../shared/frame-list.ts'
import { openReader } from '../media/tape.ts'
import type { Picture, TapeIndex } from '../media/types.ts'
import { type FoundLens, findLens } from '../preprocess/find-lens.ts'
import { type ReaderRequest, RecentReaders } from './recent-readers.ts'
import type { TaskContext } from './types.ts'

/** Pictures in which a lens is looked for; people and light differ between them. */
const lensSamples = 9

const readers = new RecentReaders()

/** One frame through the filters. Throws `no-such-frame` and what opening the tape throws. */
export function readFrame(request: ReaderRequest & { frame: number }): Promise<Picture> {
  return readers.read(request, request.frame)
}

/** As `readFrame`, as the bytes of a PNG file. */
export async function framePng(request: ReaderRequest & { frame: number }): Promise<Uint8Array> {
  const { width, height, data } = await readFrame(request)
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 6 })
    .toBuffer()
}

/** Emits the frames of an ascending list, each decoded once. */
export async function readFrames(
  { index, filters, frames }: ReaderRequest & { frames: readonly number[] },
  context: TaskContext<Picture>,
): Promise<void> {
  await using reader = await openReader(index.info, index, { filters })
  for await (const picture of reader.frames(frames, context)) await context.emit(picture)
}

/** Proposes lens and view from pictures spread over the tape. Throws `no-lens-found`. */
export async function findLensInTape(
  { index }: { index: TapeIndex },
  context: TaskContext<never>,
): Promise<FoundLens> {
  const { width, height } = index.info
  const frames = parseFrameList(`even:${Math.min(lensSamples, index.frames)}`, index.frames)
  const pictures: Uint8Array[] = []
  await using reader = await openReader(index.info, index, { filters: '' })
  for await (const { data } of reader.frames(frames, context)) pictures.push(new Uint8Array(data))
  return findLens(pictures, { width, height })
}
