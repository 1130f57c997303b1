/** @file Writes the sample: a tape of a made-up factory hall with everything that is true of it. */
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import { AppError, throwIfCancelled, toAppError } from '../../shared/errors.ts'
import { type LongWork, progressMeter } from '../../shared/progress.ts'
import { maskFileName } from '../dataset/mask-names.ts'
import { encodeTape, type TapeWriter } from '../media/encode.ts'
import { drawBackground } from './draw/background.ts'
import { ceilingCamera } from './draw/camera.ts'
import { Painter } from './draw/painter.ts'
import { randomFrom } from './random.ts'
import { scenery, shift } from './shift.ts'
import { type Truth, TruthKeeper } from './truth.ts'
import { sampleRecipe, sampleRegions } from './view.ts'

export interface SampleOptions {
  /** 600 frames are 40 seconds. */
  frames?: number
  /** The same seed gives the same people, masks and truth. */
  seed?: number
  /** Width and height of the tape in pixels, an even number. */
  size?: number
  framesPerSecond?: number
}

export interface Sample {
  tape: string
  masks: string
  recipe: string
  rois: string
  truth: Truth
}

const mostFrames = 13_500
/** Surveillance recorders compress about this hard. */
const crf = 27

interface Settings {
  frames: number
  seed: number
  size: number
  framesPerSecond: number
}

function checked({
  frames = 600,
  seed = 1,
  size = 1024,
  framesPerSecond = 15,
}: SampleOptions): Settings {
  const limits: [string, number, number, number][] = [
    ['the number of frames', frames, 1, mostFrames],
    ['the seed', seed, 0, 0xffffffff],
    ['the size', size, 64, 4096],
    ['the number of frames per second', framesPerSecond, 1, 60],
  ]
  for (const [what, value, low, high] of limits)
    if (!Number.isInteger(value) || value < low || value > high)
      throw new AppError(
        'bad-value',
        `${what} of a sample tape is ${value}, a whole number from ${low} to ${high} was expected`,
      )
  return { frames, seed, size, framesPerSecond }
}

/**
 * Draws the sample into a new folder: `tape.mp4`, `masks/NNNNNN.png` (tape pixels: 255 person,
 * 0 everything else), `recipe.json`, `rois.json`, `truth.json`. The folder appears when all of it
 * is there; an error or a cancel leaves nothing behind.
 *
 * @throws AppError `bad-value` for options out of range, `file-exists` when the folder is there and
 * not empty, `cancelled`, and whatever the disk says.
 */
export async function renderSample(
  folder: string,
  options: SampleOptions = {},
  work: LongWork = {},
): Promise<Sample> {
  const settings = checked(options)
  const target = resolve(folder)
  await refuseUsed(target)
  const beside = `${target}.partial`
  await rm(beside, { recursive: true, force: true })
  try {
    await mkdir(join(beside, 'masks'), { recursive: true })
    const truth = await draw(beside, settings, work)
    await rename(beside, target)
    return {
      tape: join(target, 'tape.mp4'),
      masks: join(target, 'masks'),
      recipe: join(target, 'recipe.json'),
      rois: join(target, 'rois.json'),
      truth,
    }
  } catch (error) {
    throw toAppError(error, target)
  } finally {
    await rm(beside, { recursive: true, force: true })
  }
}

async function refuseUsed(folder: string): Promise<void> {
  const files = await readdir(folder).catch(() => [])
  if (files.length > 0)
    throw new AppError(
      'file-exists',
      `the folder ${folder} is not empty, a new one was expected for the sample`,
      'Name another folder, or remove this one.',
    )
}

async function draw(folder: string, settings: Settings, work: LongWork): Promise<Truth> {
  const { frames, seed, size, framesPerSecond } = settings
  const { signal, onProgress } = work
  const camera = ceilingCamera(size)
  const random = randomFrom(seed)
  const next = shift(random.fork(), framesPerSecond)
  const painter = new Painter(drawBackground(camera, scenery()), random.fork())
  const recipe = sampleRecipe(camera)
  const regions = sampleRegions(camera, recipe)
  const keeper = new TruthKeeper({ width: size, height: size }, recipe, regions)
  await using tape = await encodeTape(join(folder, 'tape.mp4'), {
    width: size,
    height: size,
    framesPerSecond,
    crf,
    signal,
  })
  const report = progressMeter('drawing the sample', frames, 'frames', onProgress)
  for (let frame = 0; frame < frames; frame++) {
    throwIfCancelled(signal, 'drawing the sample')
    const { actors, levels } = next()
    const { picture, mask } = painter.paint(actors, levels)
    keeper.add(mask)
    await Promise.all([
      writeFrame(tape, picture),
      writeMask(join(folder, 'masks', maskFileName(frame)), mask, size),
    ])
    report(frame + 1)
  }
  await tape.close()
  const truth = keeper.truth(framesPerSecond)
  await writeJson(join(folder, 'recipe.json'), recipe)
  await writeJson(join(folder, 'rois.json'), { rois: regions })
  await writeJson(join(folder, 'truth.json'), truth)
  return truth
}

const writeFrame = (tape: TapeWriter, { buffer }: Uint8ClampedArray<ArrayBuffer>): Promise<void> =>
  tape.write(new Uint8Array(buffer))

const writeMask = (path: string, mask: Uint8Array, size: number): Promise<unknown> =>
  sharp(mask, { raw: { width: size, height: size, channels: 1 } })
    .toColourspace('b-w')
    .png({ compressionLevel: 3, adaptiveFiltering: false })
    .toFile(path)

const writeJson = (path: string, value: unknown): Promise<void> =>
  writeFile(path, `${JSON.stringify(value, null, 2)}\n`)
