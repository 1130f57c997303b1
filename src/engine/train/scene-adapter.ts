/**
 * @file What makes a few painted frames enough for a fixed camera: the network is told how the picture
 * differs from the empty scene, and a small decoder at the resolution of its early features draws the
 * edges that its last layer is too coarse for.
 *
 * Before training the adapted network answers like the one it is made of: what is added ends in layers
 * of zeros. The empty scene and its features are constants of the new graph, which fixes the size of
 * its input.
 */
import { AppError } from '../../shared/errors.ts'
import { prune } from '../onnx/edit.ts'
import { addNode, addWeight, type Graph } from '../onnx/graph.ts'
import { floatsOf, floatTensor, type Tensor } from '../onnx/tensor.ts'
import {
  areaOf,
  average,
  convolution,
  type Growth,
  named,
  relu,
  resize,
  scaled,
} from './scene-adapter-layers.ts'
import type { AdapterPoints, PointValues } from './scene-adapter-points.ts'

export interface AdapterOptions {
  /** By how much the network's input changes with one step of a byte, for each channel. */
  byteSteps: readonly [number, number, number]
  seed: number
}

/** Channels inside the decoder. */
const decoderWidth = 32
/** ONNX Runtime's fast convolutions take channels in blocks of as many. */
const channelBlock = 16
/** What a difference of the whole range of a byte counts as in the decoder. */
const wholeDifference = 8
/**
 * Root mean square of the built-in network's low features on pictures of rooms. Those of other networks
 * are scaled to it, so that the same learning rate takes the decoder equally far.
 */
const usualLow = 10
/** The built-in network's middle features; sums over more are scaled down, for the same reason. */
const usualChannels = 64

/**
 * Adds the adapter to a network, in place. Its output, of the same name, is then at the resolution of
 * the low features, or of the last layer where that is finer; further outputs are dropped.
 * `background` holds the values at the points for the picture of the empty scene, `[1, C, H, W]` each.
 * Returns the names of the weights that start anew.
 */
export function addSceneAdapter(
  graph: Graph,
  points: AdapterPoints,
  background: PointValues,
  { byteSteps, seed }: AdapterOptions,
): string[] {
  const growth: Growth = { graph, seed, weights: [] }
  const [output] = graph.outputs
  if (!output) throw new AppError('internal', 'a network without an output was to be adapted')
  const coarse = releaseName(graph, output.name, points.logits)
  tellMiddle(growth, points.middle, background.middle)
  const seen = [
    ...sharpFeatures(graph, points.low, background.low),
    pictureDifference(graph, points.image, background, byteSteps),
  ]
  const edges = decode(growth, points.features, seen, background)
  const { low, logits } = background
  const isCoarse = areaOf(logits) < areaOf(low)
  const [small, large] = isCoarse ? [coarse, edges] : [edges, coarse]
  const [from, to] = isCoarse ? [logits, low] : [low, logits]
  const enlarged = resize(graph, small, from, to, 'logits/resized')
  addNode(graph, 'Add', [enlarged, large], output.name)
  const batch = graph.inputs[0]?.shape?.[0] ?? ''
  output.shape = [batch, logits.shape[1] ?? '', ...to.shape.slice(2)]
  graph.outputs = [output]
  for (const input of graph.inputs) input.shape = [batch, ...background.image.shape.slice(1)]
  graph.values.clear()
  prune(graph)
  return growth.weights
}

/** Whether a network has the adapter already. */
export function hasSceneAdapter(graph: Graph): boolean {
  return graph.weights.has(constantName('image'))
}

/** Whether a weight is the empty scene or one of its features, which no training changes. */
export function isSceneConstant(name: string): boolean {
  return name.startsWith(constantName(''))
}

const constantName = (name: string): string => named(`background/${name}`)

/** Gives the output's name free for another value; returns the name that the logits then have. */
function releaseName(graph: Graph, output: string, logits: string): string {
  const renamed = (name: string) => (name === output ? named('logits/base') : name)
  for (const node of graph.nodes) {
    node.name = renamed(node.name)
    node.inputs = node.inputs.map(renamed)
    node.outputs = node.outputs.map(renamed)
  }
  return renamed(logits)
}

/** middle + W · |middle − middle of the background| takes the place of the middle features. */
function tellMiddle(growth: Growth, middle: string, background: Tensor): void {
  const { graph } = growth
  const users = graph.nodes.filter(({ inputs }) => inputs.includes(middle))
  const place = graph.nodes.findIndex(({ outputs }) => outputs.includes(middle)) + 1
  const after = graph.nodes.splice(place)
  const channels = background.shape[1] ?? 0
  const difference = differenceTo(graph, middle, background, 'middle')
  const factor = Math.min(1, usualChannels / channels)
  const shape = { from: channels, to: channels, kernel: 1, zero: true }
  const told = convolution(growth, scaled(graph, difference, [factor]), 'middle', shape)
  const sum = addNode(graph, 'Add', [middle, told], named('middle/told'))
  graph.nodes.push(...after)
  for (const user of users)
    user.inputs = user.inputs.map((input) => (input === middle ? sum : input))
}

/** |value − that of the background| */
function differenceTo(graph: Graph, value: string, background: Tensor, name: string): string {
  const constant = addWeight(graph, constantName(name), background)
  const change = addNode(graph, 'Sub', [value, constant], named(`${name}/change`))
  return addNode(graph, 'Abs', [change], named(`${name}/difference`))
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

/** |picture − background|, averaged over the pixels of each low feature. */
function pictureDifference(
  graph: Graph,
  image: string,
  background: PointValues,
  byteSteps: AdapterOptions['byteSteps'],
): string {
  const difference = differenceTo(graph, image, background.image, 'image')
  const factors = byteSteps.map((step) => wholeDifference / (255 * step))
  const even = scaled(graph, difference, factors)
  return average(graph, even, background.image, background.low, 'image/average')
}

/** Logits of edges from the features of the last layer and from what is seen at full sharpness. */
function decode(
  growth: Growth,
  features: string,
  seen: readonly string[],
  background: PointValues,
): string {
  const { graph } = growth
  const { low } = background
  const seenChannels = 2 * (low.shape[1] ?? 0) + 3
  // As many channels of the last layer's features as fill up the last block.
  const all = channelBlock * Math.round((seenChannels + decoderWidth) / channelBlock)
  const taken = { from: background.features.shape[1] ?? 0, to: all - seenChannels, kernel: 1 }
  const meaning = relu(graph, convolution(growth, features, 'decoder/features', taken))
  const enlarged = resize(graph, meaning, background.features, low, 'decoder/features/resized')
  const joined = addNode(graph, 'Concat', [...seen, enlarged], named('decoder/joined'), {
    axis: { int: 1 },
  })
  const first = { from: all, to: decoderWidth, kernel: 3 }
  const second = { from: decoderWidth, to: decoderWidth, kernel: 3 }
  const inner = relu(graph, convolution(growth, joined, 'decoder/first', first))
  const outer = relu(graph, convolution(growth, inner, 'decoder/second', second))
  const classes = background.logits.shape[1] ?? 0
  const last = { from: decoderWidth, to: classes, kernel: 1, zero: true }
  return convolution(growth, outer, 'decoder/edges', last)
}
