/** @file A network that is fed with pictures of one size: session, input tensor, output tensor. */
import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import type { Size } from '../../shared/recipe.ts'
import { readJson } from '../formats/json.ts'
import { type ModelDescription, modelDescriptionSchema } from '../models/types.ts'
import { floatsOf, type Tensor } from '../onnx/tensor.ts'
import { contentSize, inputFiller } from './input-tensor.ts'
import type { OutputShape } from './network-output.ts'
import type { GridCover } from './score-plan.ts'
import { openSession, type Session, type Tensors } from './session.ts'

export interface NetworkOptions {
  /** Folder that holds model.onnx and model.json. */
  modelFolder: string
  /** Size of the pictures. */
  size: Size
  /** Size of the network's input. */
  input: Size
  /** A device's name or 'auto'. */
  device: string
  threads: number
}

/** Whoever opens it disposes of it. */
export interface Network extends AsyncDisposable {
  readonly device: string
  readonly shape: OutputShape
  /** Where a picture lies on the output. */
  readonly cover: GridCover
  /** The answer for a picture, `[height, width, 3]` bytes; valid until the next run. */
  run(picture: Uint8Array): Promise<Float32Array>
}

/**
 * Opens a network and runs it once, which tells the shape of its answer. Both tensors are reused by
 * every run.
 *
 * @throws AppError what `openSession` throws; `bad-model` when the answer is not what model.json says.
 */
export async function openNetwork(options: NetworkOptions): Promise<Network> {
  const { modelFolder, input, device, threads } = options
  const description = await readJson(join(modelFolder, 'model.json'), modelDescriptionSchema)
  const shapes = { [description.input.name]: inputTensor(description, input).tensor.shape }
  const session = await openSession(join(modelFolder, 'model.onnx'), { device, threads, shapes })
  return networkIn(session, description, options)
}

/**
 * The same in a session that is open, which goes with it. `fed` is what it is given in each run
 * besides the picture.
 * @throws AppError `bad-model` when the answer is not what `description` says
 */
export async function networkIn(
  session: Session,
  description: ModelDescription,
  { size, input }: Pick<NetworkOptions, 'size' | 'input'>,
  fed: Tensors = {},
): Promise<Network> {
  const { tensor, data } = inputTensor(description, input)
  const feeds = { ...fed, [description.input.name]: tensor }
  try {
    const { name } = description.output
    const answer = (await session.run(feeds))[name]
    if (!answer) throw badAnswer(description, 'has no such output')
    const values = floatsOf(answer, name)
    const shape = outputShape(description, answer.shape)
    const filler = inputFiller(size, input, description.input)
    return {
      device: session.device,
      shape,
      cover: gridCover(shape, contentSize(size, input, description.input.resize), input),
      async run(picture) {
        filler.fill(picture, data)
        await session.run(feeds, { [name]: answer })
        return values
      },
      [Symbol.asyncDispose]: () => session.release(),
    }
  } catch (error) {
    await session.release()
    throw error
  }
}

/** An input tensor for one picture, and its elements. */
export function inputTensor({ input: rule }: ModelDescription, { width, height }: Size) {
  const length = 3 * width * height
  const data = rule.type === 'uint8' ? new Uint8Array(length) : new Float32Array(length)
  const shape = rule.layout === 'NCHW' ? [1, 3, height, width] : [1, height, width, 3]
  const tensor: Tensor = { type: rule.type, shape, data }
  return { tensor, data }
}

/**
 * Checks that the answer's shape is one for one picture and the classes of model.json; `person` may be
 * empty.
 * @throws AppError `bad-model`
 */
export function answerShape(description: ModelDescription, sides: readonly number[]): OutputShape {
  const { classes, classMap, output } = description
  const [pictures, ...rest] = sides
  const [channels = 0, height = 0, width = 0] =
    output.layout === 'NCHW' ? rest : [rest[2], rest[0], rest[1]]
  if (sides.length !== 4 || pictures !== 1 || channels !== classes.length)
    throw badAnswer(
      description,
      `has the shape ${sides.join('x')}, expected were 4 sides with ${classes.length} classes`,
    )
  const person = classes.flatMap((name, index) => (classMap[name] === 'person' ? [index] : []))
  return { channels, height, width, layout: output.layout, kind: output.kind, person }
}

/** The same for networks that look for people. */
function outputShape(description: ModelDescription, sides: readonly number[]): OutputShape {
  const shape = answerShape(description, sides)
  if (shape.person.length > 0) return shape
  throw badAnswer(description, 'has no class that stands for a person')
}

/** @param problem what is wrong with the output, as the end of a sentence */
export function badAnswer({ id, output }: ModelDescription, problem: string): AppError {
  return new AppError(
    'bad-model',
    `network ${id}: output '${output.name}' ${problem}`,
    'Correct model.json: outputs, layout, classes and classMap.',
  )
}

/** Where a picture lies on the output: it fills the input from its upper left corner on, and the output in proportion. */
export function gridCover({ width, height }: OutputShape, content: Size, input: Size): GridCover {
  return {
    x: { points: width, start: 0, cover: (content.width / input.width) * width },
    y: { points: height, start: 0, cover: (content.height / input.height) * height },
  }
}
