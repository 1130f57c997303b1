/** @file Writes the sample: a tape of a made-up factory hall with everything that is true of it. */
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { AppError, throwIfCancelled, toAppError } from '../../shared/errors.ts'
import { type LongWork, progressMeter } from '../../shared/progress.ts'
import { drawBackground } from './draw/background.ts'
import { ceilingCamera } from './draw/camera.ts'
import { emptyFrame } from './draw/frame.ts'
import { Painter } from './draw/painter.ts'
import { randomFrom } from './random.ts'
import { SampleWriter } from './sample-writer.ts'
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

type Settings = Required<SampleOptions>

/** With this seed each region is occupied often enough and differences mislead. */
export const sampleDefaults: Settings = { frames: 600, seed: 4, size: 1024, framesPerSecond: 15 }

const mostFrames = 13_500

function checked(options: SampleOptions): Settings {
  const settings = { ...sampleDefaults, ...options }
  const { frames, seed, size, framesPerSecond } = settings
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
  if (size % 2 !== 0)
    throw new AppError('bad-value', `the size of a sample tape is ${size}, it must be even`)
  return settings
}

/**
 * Draws the sample into a new folder: `tape.mp4`, `masks/NNNNNN.png` (tape pixels: 255 person,
 * 0 everything else), `recipe.json`, `rois.json`, `truth.json`. The folder appears when all of it
 * is there; an error or a cancel leaves nothing behind.
 *
 * @throws AppError `bad-value` for options out of range, `file-exists` when there is something
 * else, `cancelled`, and whatever the disk says.
 */
export async function renderSample(
  folder: string,
  options: SampleOptions = {},
  work: LongWork = {},
): Promise<Sample> {
  const settings = checked(options)
  const target = resolve(folder)
  await makeWay(target)
  const beside = `${target}.partial`
  await rm(beside, { recursive: true, force: true })
  try {
    await mkdir(beside, { recursive: true })
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

/** Makes way for the sample: an empty folder may go, all else stays. */
async function makeWay(target: string): Promise<void> {
  if (!existsSync(target)) return
  const isEmpty = (await stat(target)).isDirectory() && (await readdir(target)).length === 0
  if (isEmpty) return rmdir(target)
  throw new AppError(
    'file-exists',
    `${target} is there already, a new folder was expected for the sample`,
    'Name another folder, or remove this one.',
  )
}

async function draw(folder: string, settings: Settings, work: LongWork): Promise<Truth> {
  const { frames, seed, size, framesPerSecond } = settings
  const camera = ceilingCamera(size)
  const recipe = sampleRecipe(camera)
  const regions = sampleRegions(camera, recipe)
  const keeper = new TruthKeeper({ width: size, height: size }, recipe, regions)
  const random = randomFrom(seed)
  const next = shift(random.fork(), framesPerSecond)
  const painter = new Painter(drawBackground(camera, scenery()), random.fork())
  await using writer = await SampleWriter.open(folder, settings, work.signal)
  // One is painted while the other is written.
  const buffers = [emptyFrame(size), emptyFrame(size)] as const
  const report = progressMeter('drawing the sample', frames, 'frames', work.onProgress)
  for (let index = 0; index < frames; index++) {
    throwIfCancelled(work.signal, 'drawing the sample')
    const { actors, levels } = next()
    const frame = buffers[index % 2 === 0 ? 0 : 1]
    painter.paint(actors, levels, frame)
    keeper.add(frame.mask)
    await writer.add(frame)
    report(index + 1)
  }
  await writer.close()
  const truth = keeper.truth(framesPerSecond)
  await writeJson(join(folder, 'recipe.json'), recipe)
  await writeJson(join(folder, 'rois.json'), { rois: regions })
  await writeJson(join(folder, 'truth.json'), truth)
  return truth
}

const writeJson = (path: string, value: unknown): Promise<void> =>
  writeFile(path, `${JSON.stringify(value, null, 2)}\n`)
