/** @file A network that tells the class of every pixel of pictures of any size. */
import { join } from 'node:path'
import type { ClassMask, MaskClass } from '../../shared/mask.ts'
import type { Size } from '../../shared/recipe.ts'
import { isAveraged, type Look, plainLook } from '../../shared/segment.ts'
import { readJson } from '../formats/json.ts'
import { inputSizeFor } from '../models/input-size.ts'
import { type ModelDescription, modelDescriptionSchema } from '../models/types.ts'
import { floatsOf } from '../onnx/tensor.ts'
import { averagedMask, requireRoom, type SeenView } from './averaged-mask.ts'
import { classMasker } from './class-mask.ts'
import { contentSize, inputFiller } from './input-tensor.ts'
import { answerShape, badAnswer, gridCover, inputTensor } from './network.ts'
import { classesOfChannels, ownChannels } from './own-classes.ts'
import type { InputShapes } from './prepare-model.ts'
import { holdsScene } from './scene-of.ts'
import { openSession, type Session } from './session.ts'
import { pieceOf, requireLook, viewsOf } from './views.ts'

export interface SegmenterOptions {
  /** Folder that holds model.onnx and model.json. */
  modelFolder: string
  /** Size of the network's input; undefined = what it was trained with, else near that of each picture. */
  input?: Size | undefined
  /** A device's name or 'auto'. */
  device: string
  threads: number
  /** The classes that masks are to hold, which the network's go by name; null = the network's own. */
  classes: readonly Pick<MaskClass, 'index' | 'name'>[] | null
  /** How it looks at pictures, which are cropped already; once at all of each unless given. */
  look?: Look | undefined
  /** Longest side of the input where nothing else says its size; as long as the picture's unless given. */
  longest?: number | undefined
  /** Size of all pictures, where it is known: some networks then run faster. */
  size?: Size | undefined
}

/** Whoever opens it disposes of it. */
export interface Segmenter extends AsyncDisposable {
  readonly device: string
  /** The classes of a picture `[height, width, 3]`, at its size. */
  segment(picture: Size & { data: Uint8Array }): Promise<ClassMask>
}

/** What depends on the size of a picture alone. */
type Segment = (picture: Uint8Array) => Promise<ClassMask>

/** The size that a picture is shown in, unless something else says it. */
function usualSize({ width, height }: Size, { longest }: SegmenterOptions): Size {
  const scale = Math.min(1, (longest ?? Number.POSITIVE_INFINITY) / Math.max(width, height))
  return { width: width * scale, height: height * scale }
}

/** What every picture of an open network shares. */
interface Opened {
  session: Session
  description: ModelDescription
  options: SegmenterOptions
  classOf: readonly number[]
}

/** Runs the network on a picture of one size; the answer is valid until it is run again. */
function runnerOf({ session, description }: Opened, size: Size, input: Size) {
  const { tensor, data } = inputTensor(description, input)
  const filler = inputFiller(size, input, description.input)
  const content = contentSize(size, input, description.input.resize)
  const { name } = description.output
  return async (picture: Uint8Array) => {
    filler.fill(picture, data)
    const answer = (await session.run({ [description.input.name]: tensor }))[name]
    if (!answer) throw badAnswer(description, 'has no such output')
    const shape = answerShape(description, answer.shape)
    return { shape, cover: gridCover(shape, content, input), values: floatsOf(answer, name) }
  }
}

function onceOf(opened: Opened, size: Size): Segment {
  const { description, options, classOf } = opened
  const run = runnerOf(
    opened,
    size,
    inputSizeFor(description, options.input, usualSize(size, options)),
  )
  return async (picture) => {
    const { shape, cover, values } = await run(picture)
    return classMasker({ shape, cover, size, classOf })(values)
  }
}

/** Several looks at a picture, put together. */
function averagedOf(opened: Opened, size: Size, look: Look): Segment {
  const { description, options, classOf } = opened
  const inputOf = (piece: Size) =>
    inputSizeFor(description, options.input, usualSize(piece, options))
  const views = viewsOf(description, size, look, inputOf)
  const runners = new Map<string, ReturnType<typeof runnerOf>>()
  const runnerFor = ({ width, height, input }: (typeof views)[number]) => {
    const key = [width, height, input.width, input.height].join()
    const run = runners.get(key) ?? runnerOf(opened, { width, height }, input)
    runners.set(key, run)
    return run
  }
  return async (picture) => {
    const seen: SeenView[] = []
    let values = 0
    for (const view of views) {
      const answer = await runnerFor(view)(pieceOf(picture, size, view))
      values += answer.values.length
      requireRoom(values)
      seen.push({ view, ...answer })
    }
    return averagedMask(seen, size, classOf)
  }
}

/** The input's shape, where every picture has the same and is looked at once. */
function fixedShapes(
  description: ModelDescription,
  options: SegmenterOptions,
): InputShapes | undefined {
  const { look = plainLook, size, input } = options
  if (!size || isAveraged(look)) return undefined
  const shown = inputSizeFor(description, input, usualSize(size, options))
  const { tensor } = inputTensor(description, shown)
  return { [description.input.name]: tensor.shape }
}

/**
 * Opens a network for pictures of any size; it need not know people.
 * @throws AppError what `openSession` throws; `bad-value` for an input that it does not take,
 * `unsupported-model` for a look that it cannot take
 */
export async function openSegmenter(options: SegmenterOptions): Promise<Segmenter> {
  const { modelFolder, device, threads, classes, look = plainLook } = options
  const description = await readJson(join(modelFolder, 'model.json'), modelDescriptionSchema)
  const modelFile = join(modelFolder, 'model.onnx')
  requireLook(description, await holdsScene(description, modelFile), look)
  const shapes = fixedShapes(description, options)
  const session = await openSession(modelFile, { device, threads, ...(shapes && { shapes }) })
  const classOf = classes ? classesOfChannels(description, classes) : ownChannels(description)
  const opened: Opened = { session, description, options, classOf }
  let latest: { size: Size; segment: Segment } | null = null
  return {
    device: session.device,
    segment({ width, height, data }) {
      if (latest?.size.width !== width || latest.size.height !== height) {
        const size = { width, height }
        const segment = isAveraged(look) ? averagedOf(opened, size, look) : onceOf(opened, size)
        latest = { size, segment }
      }
      return latest.segment(data)
    },
    [Symbol.asyncDispose]: () => session.release(),
  }
}
