/** @file A network that tells the class of every pixel of pictures of any size. */
import { join } from 'node:path'
import { backgroundIndex, type ClassMask, type MaskClass } from '../../shared/mask.ts'
import type { Size } from '../../shared/recipe.ts'
import { readJson } from '../formats/json.ts'
import { inputSizeFor } from '../models/input-size.ts'
import { type ModelDescription, modelDescriptionSchema } from '../models/types.ts'
import { floatsOf } from '../onnx/tensor.ts'
import { classMasker } from './class-mask.ts'
import { contentSize, inputFiller } from './input-tensor.ts'
import { answerShape, badAnswer, gridCover, inputTensor } from './network.ts'
import { openSession, type Session } from './session.ts'

export interface SegmenterOptions {
  /** Folder that holds model.onnx and model.json. */
  modelFolder: string
  /** Size of the network's input; undefined = what it was trained with, else near that of each picture. */
  input?: Size | undefined
  /** A device's name or 'auto'. */
  device: string
  threads: number
  /** The classes that masks are to hold, which the network's go by name. */
  classes: readonly Pick<MaskClass, 'index' | 'name'>[]
}

/** Whoever opens it disposes of it. */
export interface Segmenter extends AsyncDisposable {
  readonly device: string
  /** The classes of a picture `[height, width, 3]`, at its size. */
  segment(picture: Size & { data: Uint8Array }): Promise<ClassMask>
}

/** What depends on the size of a picture alone. */
type Segment = (picture: Uint8Array) => Promise<ClassMask>

/**
 * For each channel the class that it stands for: that of model.json's class map, else the one of the
 * same name; what has none is background.
 */
export function classesOfChannels(
  { classes, classMap }: Pick<ModelDescription, 'classes' | 'classMap'>,
  wanted: SegmenterOptions['classes'],
): number[] {
  const indexOf = new Map(wanted.map(({ name, index }) => [name, index]))
  return classes.map((name) => indexOf.get(classMap[name] ?? name) ?? backgroundIndex)
}

function segmentOf(
  session: Session,
  description: ModelDescription,
  size: Size,
  options: SegmenterOptions,
): Segment {
  const input = inputSizeFor(description, options.input, size)
  const { tensor, data } = inputTensor(description, input)
  const filler = inputFiller(size, input, description.input)
  const content = contentSize(size, input, description.input.resize)
  const classOf = classesOfChannels(description, options.classes)
  const { name } = description.output
  return async (picture) => {
    filler.fill(picture, data)
    const answer = (await session.run({ [description.input.name]: tensor }))[name]
    if (!answer) throw badAnswer(description, 'has no such output')
    const shape = answerShape(description, answer.shape)
    const cover = gridCover(shape, content, input)
    return classMasker({ shape, cover, size, classOf })(floatsOf(answer, name))
  }
}

/**
 * Opens a network for pictures of any size; it need not know people.
 * @throws AppError what `openSession` throws; `bad-value` for an input that it does not take
 */
export async function openSegmenter(options: SegmenterOptions): Promise<Segmenter> {
  const { modelFolder, device, threads } = options
  const description = await readJson(join(modelFolder, 'model.json'), modelDescriptionSchema)
  const session = await openSession(join(modelFolder, 'model.onnx'), { device, threads })
  let latest: { size: Size; segment: Segment } | null = null
  return {
    device: session.device,
    segment({ width, height, data }) {
      if (latest?.size.width !== width || latest.size.height !== height) {
        const size = { width, height }
        latest = { size, segment: segmentOf(session, description, size, options) }
      }
      return latest.segment(data)
    },
    [Symbol.asyncDispose]: () => session.release(),
  }
}
