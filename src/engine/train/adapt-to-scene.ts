/** @file Adds the scene adapter to a network, with what the network sees in the empty scene. */
import { AppError } from '../../shared/errors.ts'
import { inputFiller } from '../infer/input-tensor.ts'
import { openGraph } from '../infer/session.ts'
import type { ModelDescription } from '../models/types.ts'
import { onnxBytes } from '../onnx/file.ts'
import type { Graph } from '../onnx/graph.ts'
import { floatTensor, type Tensor } from '../onnx/tensor.ts'
import { addSceneAdapter } from './scene-adapter.ts'
import { adapterPoints, pointsGraph } from './scene-adapter-points.ts'
import type { TrainRequest } from './types.ts'

/** The empty scene as the network's input. */
function backgroundTensor(
  { input }: ModelDescription,
  { settings, size }: TrainRequest,
  background: Uint8Array,
): Tensor {
  const { width, height } = settings.input
  const data = new Float32Array(3 * width * height)
  inputFiller(size, settings.input, input).fill(background, data)
  return floatTensor([1, 3, height, width], data)
}

/**
 * Changes the graph in place and returns the names of the weights that start anew. Throws `bad-value` where the network does not fit the adapter or there
 * is no background.
 */
export async function adaptToScene(
  graph: Graph,
  description: ModelDescription,
  request: TrainRequest,
  background: Uint8Array | null,
): Promise<string[]> {
  const points = adapterPoints(graph, description.features, description.output.name)
  if (!points || !background)
    throw new AppError(
      'bad-value',
      points
        ? 'the scene adapter needs pictures of the background'
        : `the scene adapter does not fit the network ${description.id}`,
      'Use another preset.',
    )
  const { input } = description
  const image = backgroundTensor(description, request, background)
  await using session = await openGraph(onnxBytes(pointsGraph(graph, points)), { device: 'cpu' })
  const found = await session.run({ [points.image]: image })
  const at = (name: string): Tensor => {
    const value = found[name]
    if (value) return value
    throw new AppError('internal', `the background gave no '${name}'`)
  }
  const values = {
    image,
    low: at(points.low),
    middle: at(points.middle),
    features: at(points.features),
    logits: at(points.logits),
  }
  const [red, green, blue] = input.deviation
  const byteSteps = [input.scale / red, input.scale / green, input.scale / blue] as const
  return addSceneAdapter(graph, points, values, { byteSteps, seed: request.settings.seed })
}
