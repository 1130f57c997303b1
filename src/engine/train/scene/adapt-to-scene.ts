/** @file Gives a network the scene adapter for one camera: looks at its background, then grows. */
import { AppError } from '../../../shared/errors.ts'
import type { Size } from '../../../shared/recipe.ts'
import type { TrainSettings } from '../../../shared/train-settings.ts'
import { inputFiller } from '../../infer/input-tensor.ts'
import { openGraph } from '../../infer/session.ts'
import { onnxBytes } from '../../onnx/file.ts'
import type { Graph } from '../../onnx/graph.ts'
import { floatTensor, type Tensor } from '../../onnx/tensor.ts'
import { isAdaptable, type NetworkDescription } from './is-adaptable.ts'
import { addSceneAdapter, hasSceneAdapter } from './scene-adapter.ts'
import {
  type AdapterPoints,
  adapterPoints,
  type PointValues,
  pointsGraph,
} from './scene-adapter-points.ts'

export interface SceneOptions {
  /** Of the recipe's pictures. */
  size: Size
  /** The input's size is fixed from now on; the seed is for the weights that start anew. */
  settings: Pick<TrainSettings, 'input' | 'seed' | 'threads'>
}

/**
 * Adds the adapter to a network that has the classes it is to be trained with, in place. `background`
 * is the median of the tape, `[height, width, 3]` of the recipe. Returns the names of the weights that
 * start anew: none where a network that has the adapter already is trained on. Throws
 * `unsupported-model` where the adapter does not fit.
 */
export async function adaptToScene(
  graph: Graph,
  description: NetworkDescription,
  { size, settings }: SceneOptions,
  background: Uint8Array | null,
): Promise<string[]> {
  if (hasSceneAdapter(graph)) return []
  const { input, output, features } = description
  const points = isAdaptable(description) ? adapterPoints(graph, features, output.name) : null
  if (!points || !background)
    throw new AppError(
      'unsupported-model',
      `the scene adapter does not fit: ${points ? 'there is no background' : 'low and middle features were expected'}`,
      'Train all layers without it.',
    )
  const data = new Float32Array(3 * settings.input.width * settings.input.height)
  inputFiller(size, settings.input, input).fill(background, data)
  const image = floatTensor([1, 3, settings.input.height, settings.input.width], data)
  const values = await valuesAt(graph, points, image, settings.threads)
  const [red = 1, green = 1, blue = 1] = input.deviation.map((each) => input.scale / each)
  const options = { byteSteps: [red, green, blue] as const, seed: settings.seed }
  return addSceneAdapter(graph, points, values, options)
}

async function valuesAt(
  graph: Graph,
  points: AdapterPoints,
  image: Tensor,
  threads: number | null,
): Promise<PointValues> {
  const bytes = onnxBytes(pointsGraph(graph, points))
  await using session = await openGraph(bytes, { device: 'cpu', ...(threads && { threads }) })
  const values = await session.run({ [points.image]: image })
  const at = (name: string): Tensor => {
    const value = values[name]
    if (value) return value
    throw new AppError('internal', `the network did not compute '${name}'`)
  }
  return {
    image,
    low: at(points.low),
    middle: at(points.middle),
    features: at(points.features),
    logits: at(points.logits),
  }
}
