/** @file Another tape of the same camera: the network's picture of the empty scene is made anew. */
import { AppError } from '../../../shared/errors.ts'
import { openGraph } from '../../infer/session.ts'
import { prune } from '../../onnx/edit.ts'
import { onnxBytes } from '../../onnx/file.ts'
import type { Graph } from '../../onnx/graph.ts'
import type { Tensor } from '../../onnx/tensor.ts'
import { isSceneConstant } from './scene-adapter.ts'

/** Where a value of the network is compared with what it is for the empty scene. */
interface Comparison {
  value: string
  constant: string
}

function comparisonsIn({ nodes }: Graph): Comparison[] {
  return nodes.flatMap(({ op, inputs: [value = '', constant = ''] }) =>
    op === 'Sub' && isSceneConstant(constant) ? [{ value, constant }] : [],
  )
}

/** What the network computes at its comparisons for one picture. */
async function valuesFor(graph: Graph, comparisons: readonly Comparison[], image: Tensor) {
  const [input] = graph.inputs
  const name = input?.name ?? ''
  const computed = comparisons.map(({ value }) => value).filter((value) => value !== name)
  const outputs = [...new Set(computed)].map((each) => ({ name: each, type: null, shape: null }))
  const part: Graph = { ...graph, outputs }
  prune(part)
  await using session = await openGraph(onnxBytes(part), { device: 'cpu' })
  return { ...(await session.run({ [name]: image })), [name]: image }
}

/**
 * Replaces the empty scene that a network with the scene adapter compares pictures with, in place.
 * Nothing before the comparisons is changed by training, so that the network then knows this scene as
 * if it had been made with it; the scale of its low features stays what it was trained with.
 * @param image the empty scene as the network takes it, `[1, 3, H, W]`
 */
export async function tellScene(graph: Graph, image: Tensor): Promise<void> {
  const comparisons = comparisonsIn(graph)
  const values: Readonly<Record<string, Tensor>> = await valuesFor(graph, comparisons, image)
  for (const { value, constant } of comparisons) {
    const [tensor, known] = [values[value], graph.weights.get(constant)]
    if (!tensor || tensor.shape.join() !== known?.shape.join())
      throw new AppError('internal', `the network did not compute '${value}' as it did before`)
    graph.weights.set(constant, tensor)
  }
}
