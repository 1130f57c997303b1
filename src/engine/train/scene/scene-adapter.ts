/**
 * @file What makes a few painted frames enough for a fixed camera: the network is told how the picture
 * differs from the empty scene, and a small decoder at the resolution of its early features draws the
 * edges that its last layer is too coarse for.
 *
 * Before training the adapted network answers like the one it is made of: what is added ends in layers
 * of zeros. The empty scene and its features are constants of the new graph, which fixes the size of
 * its input.
 */
import { AppError } from '../../../shared/errors.ts'
import { prune } from '../../onnx/edit.ts'
import { addNode, type Graph } from '../../onnx/graph.ts'
import type { Tensor } from '../../onnx/tensor.ts'
import {
  constantName,
  convolution,
  differenceTo,
  type Growth,
  named,
  resize,
  scaled,
  sidesOf,
} from './scene-adapter-layers.ts'
import type { AdapterPoints, PointValues } from './scene-adapter-points.ts'
import { type ByteSteps, drawEdges } from './scene-decoder.ts'

export interface AdapterOptions {
  byteSteps: ByteSteps
  seed: number
}

/**
 * Sums over more middle features than these are scaled down, so that the same learning rate takes them
 * equally far.
 */
const usualChannels = 64

/**
 * Adds the adapter to a network, in place. Its output, of the same name, is then twice as fine as the
 * low features, or as the last layer where that is finer still; further outputs are dropped.
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
  const edges = drawEdges(growth, points, background, byteSteps)
  const sides = sidesOf(background.logits)
  const isCoarse = sides[0] * sides[1] < edges.sides[0] * edges.sides[1]
  const [small, large] = isCoarse ? [coarse, edges.value] : [edges.value, coarse]
  const [from, to] = isCoarse ? [sides, edges.sides] : [edges.sides, sides]
  const enlarged = resize(graph, small, from, to, 'logits/resized')
  addNode(graph, 'Add', [enlarged, large], output.name)
  const batch = graph.inputs[0]?.shape?.[0] ?? ''
  output.shape = [batch, background.logits.shape[1] ?? '', ...to]
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
