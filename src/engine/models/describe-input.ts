/** @file What an imported network's image input is like, from its graph. */
import { AppError } from '../../shared/errors.ts'
import type { Graph, Side, ValueInfo } from '../onnx/graph.ts'
import type { ModelDescription } from './types.ts'

type Input = ModelDescription['input']

/** What the graph tells of the input; how it is normalised no graph tells. */
export type InputShape = Pick<Input, 'name' | 'width' | 'height' | 'layout' | 'type'>

function unsupported(problem: string): AppError {
  return new AppError(
    'unsupported-model',
    `${problem}; a network with one image input, [1, 3, height, width] or [1, height, width, 3], was expected`,
    'Export the network with that input alone.',
  )
}

function show({ name, shape }: ValueInfo): string {
  return `'${name}' is [${shape?.map((side) => (side === '' ? '?' : side)).join(', ')}]`
}

function onlyInput(graph: Graph): ValueInfo {
  const [input, ...more] = graph.inputs
  if (!input) throw unsupported('the network has no input')
  if (more.length === 0) return input
  const names = graph.inputs.map(({ name }) => `'${name}'`).join(', ')
  throw unsupported(`the network has ${graph.inputs.length} inputs, ${names}`)
}

const sideOf = (side: Side | undefined): number | null => (typeof side === 'number' ? side : null)

/** Channels last only where the shape says so; a free side counts as channels in front. */
function layoutOf(input: ValueInfo, [, front, , back]: readonly Side[]): Input['layout'] {
  if (front === 3) return 'NCHW'
  if (back === 3) return 'NHWC'
  if (typeof front === 'string') return 'NCHW'
  throw unsupported(`the input ${show(input)} has no 3 channels`)
}

/**
 * The one image input. Throws `unsupported-model` for a network without one, with several, or with
 * one of unknown rank.
 */
export function describeInput(graph: Graph): InputShape {
  const input = onlyInput(graph)
  const { name, type, shape } = input
  if (!shape) throw unsupported(`the input '${name}' has a dynamic number of dimensions`)
  if (shape.length !== 4) throw unsupported(`the input ${show(input)}, which is no image`)
  if (type !== 'float32' && type !== 'uint8')
    throw unsupported(`the input '${name}' takes ${type ?? 'no numbers'}, not float32 or uint8`)
  if (typeof shape[0] === 'number' && shape[0] !== 1)
    throw unsupported(`the input ${show(input)}: it takes ${shape[0]} images at once`)
  const layout = layoutOf(input, shape)
  const [height, width] = layout === 'NCHW' ? shape.slice(2) : shape.slice(1)
  return { name, type, layout, width: sideOf(width), height: sideOf(height) }
}

/** What a network may ask its sides to be multiples of. */
const multiples = [1, 2, 4, 8, 16, 32, 64]

/**
 * Shapes to try the network with, from the least to the most regular one, and what their sides are
 * multiples of. The sides lie just below and just above a power of two, so that halving them goes
 * wrong soon, whether it rounds up or down; and they differ, so that rows and columns can be told
 * apart in the answer.
 */
export function probeShapes(
  input: Pick<Input, 'width' | 'height' | 'layout'>,
): { multiple: number; shape: number[] }[] {
  return multiples.map((multiple) => {
    const sides = [input.height ?? 128 - multiple, input.width ?? 256 + multiple]
    return { multiple, shape: input.layout === 'NCHW' ? [1, 3, ...sides] : [1, ...sides, 3] }
  })
}
