import { describe, expect, it } from 'vitest'
import { inputFiller } from '../../../../src/engine/infer/input-tensor.ts'
import { builtInDescription, builtInId } from '../../../../src/engine/models/built-in.ts'
import { architectureOf } from '../../../../src/engine/models/zoo/architectures.ts'
import type { Graph } from '../../../../src/engine/onnx/graph.ts'
import { floatsOf, floatTensor } from '../../../../src/engine/onnx/tensor.ts'
import { adaptToScene } from '../../../../src/engine/train/scene/adapt-to-scene.ts'
import { isSceneConstant } from '../../../../src/engine/train/scene/scene-adapter.ts'
import { tellScene } from '../../../../src/engine/train/scene/tell-scene.ts'

const size = { width: 80, height: 48 }

/** A picture of bytes that differs from seed to seed. */
const picture = (seed: number): Uint8Array =>
  Uint8Array.from(
    { length: 3 * size.width * size.height },
    (_, i) => (i * (seed + 7) + (i >> 5) * 31 * seed) % 256,
  )

async function adapted(background: Uint8Array): Promise<Graph> {
  const architecture = architectureOf(builtInId)
  const graph = await architecture.build({ classes: architecture.classes.length })
  const settings = { input: size, seed: 3, threads: null }
  await adaptToScene(graph, builtInDescription, { size, settings }, background)
  return graph
}

const lowScene = 'scene/background/low'

/** By how much a network scales its low features, which depends on the scene that it was made with. */
function lowScale({ nodes, weights }: Graph): number {
  const comparison = nodes.find(({ inputs }) => inputs[1] === lowScene)
  const scaling = nodes.find(({ outputs }) => outputs[0] === comparison?.inputs[0])
  const factor = weights.get(scaling?.inputs[1] ?? '')
  return factor && scaling?.op === 'Mul' ? (floatsOf(factor, 'scale')[0] ?? 1) : 1
}

/** The largest difference between what two networks know of the empty scene. */
function difference(one: Graph, other: Graph): number {
  let largest = 0
  for (const [name, tensor] of one.weights) {
    if (!isSceneConstant(name)) continue
    const known = other.weights.get(name)
    const [values, others] = [floatsOf(tensor, name), known ? floatsOf(known, name) : []]
    const scale = name === lowScene ? lowScale(one) / lowScale(other) : 1
    for (let i = 0; i < values.length; i++)
      largest = Math.max(largest, Math.abs((values[i] ?? 0) - scale * (others[i] ?? Number.NaN)))
  }
  return largest
}

describe('telling a network the empty scene of another tape', () => {
  it('gives the network that it would have been with that tape from the start', async () => {
    const [graph, expected] = [await adapted(picture(1)), await adapted(picture(2))]
    const data = new Float32Array(3 * size.width * size.height)
    inputFiller(size, size, builtInDescription.input).fill(picture(2), data)
    expect(difference(graph, expected)).toBeGreaterThan(0.1)
    await tellScene(graph, floatTensor([1, 3, size.height, size.width], data))
    expect(difference(graph, expected)).toBeLessThan(1e-3)
  })
})
