/** @file The tasks of a live preview: look at a camera's latest frames, and record what it sends. */
import sharp from 'sharp'
import { AppError, toAppError } from '../../shared/errors.ts'
import { scrub } from '../../shared/live-address.ts'
import type { Recipe, Size } from '../../shared/recipe.ts'
import { checkRecipe } from '../../shared/recipe-check.ts'
import { recipeFor } from '../../shared/recipe-defaults.ts'
import type { TaskContext } from '../compute/types.ts'
import { type CameraPicture, LiveCamera } from '../media/live/live-camera.ts'
import { filterChain } from '../preprocess/filter-chain.ts'
import { Looker } from './looker.ts'
import type { LiveNews, LiveTask } from './types.ts'

/** The cameras that are connected, by the names of their connections. */
const cameras = new Map<number, LiveCamera>()

/**
 * Looks at a camera until the signal is aborted or the camera lost, and says what it sees.
 *
 * @throws AppError `bad-address`, `camera-unreachable`, `camera-lost`, `tape-size-differs`, `cancelled`,
 *   what opening the network throws; never with a secret of the address in it
 */
export async function live(task: LiveTask, context: TaskContext<LiveNews>): Promise<never> {
  try {
    await using camera = await LiveCamera.open(task.address, context.signal)
    return await watch(camera, task, context)
  } catch (error) {
    const { code, message, hint } = toAppError(error)
    throw new AppError(code, scrub(message, task.address), scrub(hint, task.address))
  }
}

async function watch(
  camera: LiveCamera,
  task: LiveTask,
  { emit }: TaskContext<LiveNews>,
): Promise<never> {
  const recipe = recipeOf(task, camera.info)
  await using looker = await Looker.open(task, recipe.size)
  cameras.set(task.live, camera)
  try {
    const { width, height, codec } = camera.info
    const { device } = looker
    await emit({ t: 'connected', camera: { width, height, codec, shown: recipe.size }, device })
    for await (const picture of camera.pictures(filterChain(recipe, camera.info))) {
      // The picture's memory is given to another one while both are under way.
      const jpeg = jpegOf(picture)
      const { sums, map } = await looker.look(picture.data, picture.number)
      const delay = Math.max(0, Date.now() / 1000 - picture.capturedAt)
      const recorded = camera.recording?.frames ?? null
      const { number } = picture
      const told = { t: 'picture', number, delay, seen: camera.seen, sums, map, recorded } as const
      await emit({ ...told, jpeg: await jpeg })
    }
    throw new Error('a camera has ended without a reason')
  } finally {
    cameras.delete(task.live)
    const ended = await camera.endRecording()
    if (ended) await emit({ t: 'recorded', ...ended })
  }
}

/** Where nobody has said how to look at the camera, more would make the network slow. */
const longestSide = 640

/** All of the camera's picture, made smaller where it is large. */
function wholePicture(camera: Size): Recipe {
  const scale = Math.min(1, longestSide / Math.max(camera.width, camera.height))
  const side = (length: number): number => Math.max(16, 2 * Math.round((length * scale) / 2))
  if (scale === 1) return recipeFor({}, camera)
  return recipeFor({ size: { width: side(camera.width), height: side(camera.height) } }, camera)
}

function recipeOf({ recipe, tape }: LiveTask, camera: Size): Recipe {
  if (!recipe) return wholePicture({ width: camera.width, height: camera.height })
  if (tape && (tape.width !== camera.width || tape.height !== camera.height))
    throw new AppError(
      'tape-size-differs',
      `the camera's pictures are ${camera.width}x${camera.height}, the project's tapes are ` +
        `${tape.width}x${tape.height}`,
      'Set the camera to that size, or make another project for it.',
    )
  return checkRecipe(recipe, { width: camera.width, height: camera.height })
}

function jpegOf({ width, height, data }: CameraPicture): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 80 })
    .toBuffer()
}

function connected(live: number): LiveCamera {
  const camera = cameras.get(live)
  if (camera) return camera
  throw new AppError('no-camera', 'no camera is connected', 'Connect to one first.')
}

/** Begins to record into a file of this name, and says which. Throws `no-camera`, and what the disk says. */
export function recordLive({ live: of, path }: { live: number; path: string }): Promise<string> {
  return connected(of).record(path)
}

/** Finishes the recording; null where there is none. Throws `no-camera`. */
export function endRecordLive({ live: of }: { live: number }) {
  return connected(of).endRecording()
}
