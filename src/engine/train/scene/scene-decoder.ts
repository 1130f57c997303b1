/**
 * @file The scene adapter's decoder: at the resolution of the low features it looks at them, at how they
 * and the picture differ from the empty scene, and at what the last layer looks at; it answers twice
 * as finely.
 */
import { addNode, type Graph } from '../../onnx/graph.ts'
import { floatsOf, floatTensor, type Tensor } from '../../onnx/tensor.ts'
import {
  average,
  convolution,
  differenceTo,
  type Growth,
  named,
  relu,
  resize,
  type Sides,
  scaled,
  sidesOf,
} from './scene-adapter-layers.ts'
import type { AdapterPoints, PointValues } from './scene-adapter-points.ts'

/** By how much the network's input changes with one step of a byte, for each channel. */
export type ByteSteps = readonly [number, number, number]

/** Channels inside the decoder. */
const width = 32
/** ONNX Runtime's fast convolutions take channels in blocks of as many. */
const channelBlock = 16
/** The decoder sees at least so many numbers of what the last layer looks at. */
const leastMeaning = 16
/** The picture is compared and people are drawn so many times as finely as the low features are. */
const fineness = 2
/** What a difference of the whole range of a byte counts as. */
const wholeDifference = 8
/**
 * Root mean square of the built-in network's low features on pictures of rooms. Those of other networks
 * are scaled to it, so that the same learning rate takes the decoder equally far.
 */
const usualLow = 10

/** Adds the decoder. What it answers is to be added to the logits; it begins with zeros. */
export function drawEdges(
  growth: Growth,
  points: AdapterPoints,
  background: PointValues,
  byteSteps: ByteSteps,
): { value: string; sides: Sides } {
  const { graph } = growth
  const { low, features, logits } = background
  const [height, lowWidth] = sidesOf(low)
  const sides: Sides = [fineness * height, fineness * lowWidth]
  const seen = [
    ...sharpFeatures(graph, points.low, low),
    pictureDifference(graph, points.image, background.image, sides, byteSteps),
  ]
  const seenChannels = 2 * (low.shape[1] ?? 0) + 3 * fineness ** 2
  const all = channelBlock * Math.ceil((seenChannels + leastMeaning) / channelBlock)
  const taken = { from: features.shape[1] ?? 0, to: all - seenChannels, kernel: 1 }
  const meaning = relu(graph, convolution(growth, points.features, 'decoder/features', taken))
  const name = 'decoder/features/resized'
  const enlarged = resize(graph, meaning, sidesOf(features), sidesOf(low), name)
  const axis = { int: 1 }
  const joined = addNode(graph, 'Concat', [...seen, enlarged], named('decoder/joined'), { axis })
  const first = { from: all, to: width, kernel: 3 }
  const second = { from: width, to: width, kernel: 3 }
  const inner = relu(graph, convolution(growth, joined, 'decoder/first', first))
  const outer = relu(graph, convolution(growth, inner, 'decoder/second', second))
  const answers = (logits.shape[1] ?? 0) * fineness ** 2
  const last = { from: width, to: answers, kernel: 1, zero: true }
  const blocks = convolution(growth, outer, 'decoder/edges', last)
  return { value: rearranged(graph, 'DepthToSpace', blocks, 'decoder/answer'), sides }
}

/** Squares of pixels as channels of one, or back. */
function rearranged(
  graph: Graph,
  op: 'DepthToSpace' | 'SpaceToDepth',
  value: string,
  name: string,
): string {
  return addNode(graph, op, [value], named(name), { blocksize: { int: fineness } })
}

/** The low features, and how they differ from the background's. */
function sharpFeatures(graph: Graph, low: string, background: Tensor): [string, string] {
  const values = floatsOf(background, low)
  const size = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)
  const factor = size > 0 ? usualLow / size : 1
  const usual = scaled(graph, low, [factor])
  const constant = floatTensor(
    background.shape,
    values.map((value) => value * factor),
  )
  return [usual, differenceTo(graph, usual, constant, 'low')]
}

/** |picture − background|, averaged over squares of pixels, those of a low feature as channels of it. */
function pictureDifference(
  graph: Graph,
  image: string,
  background: Tensor,
  sides: Sides,
  byteSteps: ByteSteps,
): string {
  const difference = differenceTo(graph, image, background, 'image')
  const factors = byteSteps.map((step) => wholeDifference / (255 * step))
  const even = scaled(graph, difference, factors)
  const squares = average(graph, even, sidesOf(background), sides, 'image/average')
  return rearranged(graph, 'SpaceToDepth', squares, 'image/squares')
}
