/** @file Gives a network the scene adapter for one camera: looks at its background, then grows. */
import type { Size } from '../../shared/recipe.ts'
import { inputFiller } from '../infer/input-tensor.ts'
import { openGraph, type SessionOptions } from '../infer/session.ts'
import type { ModelDescription } from '../models/types.ts'
import { onnxBytes } from '../onnx/file.ts'
import type { Graph } from '../onnx/graph.ts'
import { floatTensor, type Tensor } from '../onnx/tensor.ts'
import { addSceneAdapter } from './scene-adapter.ts'
import {
  type AdapterPoints,
  adapterPoints,
  type PointValues,
  pointsGraph,
} from './scene-adapter-points.ts'

export interface Scene {
  /** How the network is fed, and its features. */
  description: Pick<ModelDescription, 'input' | 'output' | 'features'>
  /** The median of the tape, `[height, width, 3]` of the recipe. */
  background: Uint8Array
  /** Of the recipe's pictures. */
  size: Size
  /** Size of the network's input, which is fixed from now on. */
  input: Size
  /** For the weights that start anew. */
  seed: number
}

/**
 * Adds the adapter to a network that has the classes it is to be trained with, in place. Returns the
 * names of the weights that start anew, or null where the adapter does not fit: nothing is changed
 * then. Throws what running the network throws.
 */
export async function adaptToScene(
  graph: Graph,
  scene: Scene,
  options: SessionOptions = {},
): Promise<string[] | null> {
  const { description, seed } = scene
  const { input, output, features } = description
  const points = input.layout === 'NCHW' ? adapterPoints(graph, features, output.name) : null
  if (!points) return null
  const background = await lookAt(graph, points, backgroundTensor(scene), options)
  const byteSteps = input.deviation.map((deviation) => input.scale / deviation)
  const [red = 1, green = 1, blue = 1] = byteSteps
  return addSceneAdapter(graph, points, background, { byteSteps: [red, green, blue], seed })
}

/** The background as the network's input. */
function backgroundTensor({ description, background, size, input }: Scene): Tensor {
  const data = new Float32Array(3 * input.width * input.height)
  inputFiller(size, input, description.input).fill(background, data)
  return floatTensor([1, 3, input.height, input.width], data)
}

async function lookAt(
  graph: Graph,
  points: AdapterPoints,
  image: Tensor,
  options: SessionOptions,
): Promise<PointValues> {
  await using session = await openGraph(onnxBytes(pointsGraph(graph, points)), options)
  const values = await session.run({ [points.image]: image })
  const at = (name: string): Tensor => values[name] ?? floatTensor([0, 0, 0, 0], new Float32Array())
  return {
    image,
    low: at(points.low),
    middle: at(points.middle),
    features: at(points.features),
    logits: at(points.logits),
  }
}
