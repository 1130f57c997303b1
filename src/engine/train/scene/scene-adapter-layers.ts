/** @file The layers that the scene adapter is made of: convolutions that start anew, resizes, averages. */
import { type Attribute, addNode, addWeight, type Graph } from '../../onnx/graph.ts'
import { floatTensor, sizeOf, type Tensor } from '../../onnx/tensor.ts'
import { randomFor } from '../samples/random.ts'

/** The graph that grows, and the names of the weights that training is to find. */
export interface Growth {
  graph: Graph
  seed: number
  weights: string[]
}

/** Names of everything the adapter adds begin so. */
export const named = (name: string): string => `scene/${name}`

/** Names of the empty scene and its features. */
export const constantName = (name: string): string => named(`background/${name}`)

/** |value − that of the background| */
export function differenceTo(
  graph: Graph,
  value: string,
  background: Tensor,
  name: string,
): string {
  const constant = addWeight(graph, constantName(name), background)
  const change = addNode(graph, 'Sub', [value, constant], named(`${name}/change`))
  return addNode(graph, 'Abs', [change], named(`${name}/difference`))
}

export interface ConvolutionShape {
  from: number
  to: number
  kernel: number
  /** Starts with zeros, so that it changes nothing yet. */
  zero?: boolean
}

/**
 * A convolution that keeps the size, with new weights. They start like PyTorch's: evenly distributed
 * within 1 / sqrt(inputs of an output).
 */
export function convolution(
  { graph, seed, weights }: Growth,
  input: string,
  name: string,
  { from, to, kernel, zero = false }: ConvolutionShape,
): string {
  const random = randomFor(seed, weights.length)
  const bound = zero ? 0 : 1 / Math.sqrt(from * kernel * kernel)
  const drawn = (shape: number[]): Tensor => {
    const values = Float32Array.from({ length: sizeOf(shape) }, () => random.between(-bound, bound))
    return floatTensor(shape, values)
  }
  const weight = addWeight(graph, named(`${name}/weight`), drawn([to, from, kernel, kernel]))
  const bias = addWeight(graph, named(`${name}/bias`), drawn([to]))
  weights.push(weight, bias)
  const pad = (kernel - 1) / 2
  const attributes: Record<string, Attribute> = {
    kernel_shape: { ints: [kernel, kernel] },
    pads: { ints: [pad, pad, pad, pad] },
  }
  return addNode(graph, 'Conv', [input, weight, bias], named(name), attributes)
}

export function relu(graph: Graph, value: string): string {
  return addNode(graph, 'Relu', [value], `${value}/relu`)
}

/** Height and width. */
export type Sides = readonly [number, number]

export function sidesOf({ shape: [, , height = 1, width = 1] }: Tensor): Sides {
  return [height, width]
}

/** Each channel of a value, or all of them, multiplied by a factor. */
export function scaled(graph: Graph, value: string, factors: readonly number[]): string {
  if (factors.every((factor) => factor === 1)) return value
  const tensor = floatTensor([1, factors.length, 1, 1], Float32Array.from(factors))
  const name = `${value}/scaled`
  return addNode(graph, 'Mul', [value, addWeight(graph, `${name}/by`, tensor)], name)
}

/** Bilinear, between half-pixel centres. */
export function resize(graph: Graph, value: string, from: Sides, to: Sides, name: string): string {
  if (from.every((side, i) => side === to[i])) return value
  // Sizes would fix the batch, too. ONNX Runtime rounds size · scale down: a little more is safe.
  const scales = [to[0] / from[0], to[1] / from[1]].map((scale) => scale * (1 + 1e-6))
  const tensor = floatTensor([4], Float32Array.of(1, 1, ...scales))
  const weight = addWeight(graph, named(`${name}/scales`), tensor)
  return addNode(graph, 'Resize', [value, '', weight], named(name), {
    mode: { string: 'linear' },
    coordinate_transformation_mode: { string: 'half_pixel' },
  })
}

/**
 * The average over the pixels of each place of a coarser value. The last squares are cut off where they
 * do not cover the picture evenly.
 */
export function average(graph: Graph, value: string, from: Sides, to: Sides, name: string): string {
  const [height, width] = [Math.ceil(from[0] / to[0]), Math.ceil(from[1] / to[1])]
  const [below, right] = [height * to[0] - from[0], width * to[1] - from[1]]
  if (below >= height || right >= width) return resize(graph, value, from, to, name)
  return addNode(graph, 'AveragePool', [value], named(name), {
    kernel_shape: { ints: [height, width] },
    strides: { ints: [height, width] },
    pads: { ints: [0, 0, below, right] },
    count_include_pad: { int: 0 },
  })
}
