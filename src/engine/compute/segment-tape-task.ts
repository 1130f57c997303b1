/** @file Looks at every frame of a tape and writes what is seen as a tape, or as a folder of masks. */
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { throwIfCancelled, toAppError } from '../../shared/errors.ts'
import { type LongWork, progressMeter } from '../../shared/progress.ts'
import type { Size } from '../../shared/recipe.ts'
import { openSegmenter } from '../infer/segmenter.ts'
import { encodeTape } from '../media/encode.ts'
import { indexTape, openReader } from '../media/tape.ts'
import type { Picture, TapeIndex } from '../media/types.ts'
import { replaceFile } from '../projects/replace-file.ts'
import { pictureEncodings } from '../segment/encode-picture.ts'
import { classCounts, countClasses, renderings, type Seen } from '../segment/render.ts'
import { look, type SegmentOptions } from '../segment/segment-options.ts'
import type { TaskContext } from './types.ts'

export interface SegmentTapeRequest extends SegmentOptions {
  path: string
  /** The mp4 to write; for masks the folder. */
  target: string
}

export interface SegmentedTape {
  device: string
  frames: number
  seconds: number
  classes: { index: number; pixels: number }[]
  /** What the tape lacks, in a sentence; null when it is whole. */
  problem: string | null
}

/** Where the frames' results go. Leaving its scope without `close` removes what is not whole. */
interface FrameSink extends AsyncDisposable {
  write(seen: Seen, picture: Picture): Promise<void>
  close(): Promise<void>
}

/** A visually lossless tape of usual size. */
const quality = { crf: 18, preset: 'veryfast' }

/** H.264 has even sides: an odd last row or column is left out. */
const even = (length: number): number => length - (length % 2)

function evenPart(data: Uint8Array, { width, height }: Size): Uint8Array {
  if (width % 2 === 0) return data.subarray(0, 3 * width * even(height))
  const rowBytes = 3 * even(width)
  const part = new Uint8Array(rowBytes * even(height))
  for (let y = 0; y < even(height); y++)
    part.set(data.subarray(3 * y * width, 3 * y * width + rowBytes), y * rowBytes)
  return part
}

async function tapeSink(
  { mode, target }: SegmentTapeRequest,
  { info, pts }: TapeIndex,
  size: Size,
  { signal }: LongWork,
): Promise<FrameSink> {
  await mkdir(dirname(target), { recursive: true })
  const writer = await encodeTape(target, {
    width: even(size.width),
    height: even(size.height),
    framesPerSecond: info.framesPerSecond,
    timeBase: info.timeBase,
    ...quality,
    signal,
  })
  const render = renderings[mode === 'mask' ? 'colour' : mode]
  const first = pts[0] ?? 0
  return {
    write: (seen, picture) => writer.write(evenPart(render(seen), size), picture.pts - first),
    close: () => writer.close(),
    [Symbol.asyncDispose]: () => writer[Symbol.asyncDispose](),
  }
}

/** A mask a frame: a tape would change their values. */
async function maskSink({ target }: SegmentTapeRequest): Promise<FrameSink> {
  await mkdir(target, { recursive: true })
  return {
    async write(seen, { frame }) {
      const name = `${String(frame).padStart(6, '0')}.png`
      await replaceFile(join(target, name), await pictureEncodings.mask(seen))
    },
    close: async () => {},
    [Symbol.asyncDispose]: async () => {},
  }
}

function sizeOfResult({ look: { crop } }: SegmentTapeRequest, { info }: TapeIndex): Size {
  return crop ? { width: crop.size, height: crop.size } : { width: info.width, height: info.height }
}

/**
 * Reads a tape once for its index and once for its pictures. Progress counts frames.
 * @throws AppError what reading the tape and running the network throw, `disk-full`, `cancelled`
 */
export async function segmentTape(
  request: SegmentTapeRequest,
  { signal, onProgress }: TaskContext<never>,
): Promise<SegmentedTape> {
  const index = await indexTape(request.path, { signal, onProgress })
  const size = sizeOfResult(request, index)
  await using segmenter = await openSegmenter({ ...request, classes: null, size })
  await using reader = await openReader(index.info, index, { filters: '' })
  const sink = request.mode === 'mask' ? maskSink : tapeSink
  try {
    await using frames = await sink(request, index, size, { signal })
    const progress = progressMeter('frames', index.frames, 'frames', onProgress)
    const counts = new Float64Array(256)
    const all = Array.from({ length: index.frames }, (_, frame) => frame)
    const started = performance.now()
    let done = 0
    for await (const picture of reader.frames(all, { signal })) {
      throwIfCancelled(signal, 'looking at frames')
      const seen = await look(segmenter, picture, request)
      await frames.write(seen, picture)
      countClasses(seen.mask, counts)
      progress(++done)
    }
    await frames.close()
    const seconds = (performance.now() - started) / 1000
    const { device } = segmenter
    return { device, frames: done, seconds, classes: classCounts(counts), problem: index.problem }
  } catch (error) {
    throw toAppError(error, request.target)
  }
}
