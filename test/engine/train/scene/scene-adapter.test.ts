import { describe, expect, test } from 'vitest'
import { builtInDescription, builtInId } from '../../../../src/engine/models/built-in.ts'
import {
  type ArchitectureName,
  architectureOf,
} from '../../../../src/engine/models/zoo/architectures.ts'
import { copyGraph } from '../../../../src/engine/onnx/copy.ts'
import type { Graph } from '../../../../src/engine/onnx/graph.ts'
import { mergePointwise } from '../../../../src/engine/onnx/merge-pointwise.ts'
import { splitConcat } from '../../../../src/engine/onnx/split-concat.ts'
import { floatsOf, floatTensor, sizeOf, type Tensor } from '../../../../src/engine/onnx/tensor.ts'
import { adaptToScene } from '../../../../src/engine/train/scene/adapt-to-scene.ts'
import { isAdaptable } from '../../../../src/engine/train/scene/is-adaptable.ts'
import {
  addSceneAdapter,
  isSceneConstant,
} from '../../../../src/engine/train/scene/scene-adapter.ts'
import {
  type AdapterPoints,
  adapterPoints,
  type PointValues,
  pointsGraph,
} from '../../../../src/engine/train/scene/scene-adapter-points.ts'
import { rejection } from '../../../fixtures/caught.ts'
import { largestDifference } from '../../../fixtures/difference.ts'
import type { Value } from '../../../fixtures/interpreter/value.ts'
import { runOnRuntime } from '../../../fixtures/run-graph.ts'
import { noise } from '../../../fixtures/tfjs-graph.ts'
import { fillGolden } from '../../../fixtures/zoo-weights.ts'

const shape = [1, 3, 48, 80]
const byteSteps = [1 / 127.5, 1 / 127.5, 1 / 127.5] as const

const picture = (seed: number): Value => ({
  shape,
  data: Float64Array.from(noise(sizeOf(shape), seed)),
})

const tensorOfValue = ({ shape, data }: Value): Tensor =>
  floatTensor(shape, Float32Array.from(data))

const networks = new Map<ArchitectureName, Promise<Graph>>()

/** A network of its own for each test; all share the weights, which are made once. */
async function network(name: ArchitectureName): Promise<Graph> {
  const architecture = architectureOf(name)
  const build = async () => {
    const graph = await architecture.build({ classes: architecture.classes.length })
    return name === builtInId ? graph : fillGolden(graph)
  }
  const made = networks.get(name) ?? build()
  networks.set(name, made)
  return copyGraph(await made)
}

/** A network, its points, and what they are for one picture. */
async function scene(name: ArchitectureName) {
  const architecture = architectureOf(name)
  const graph = await network(name)
  const points = adapterPoints(graph, architecture.features, 'logits')
  if (!points) throw new Error(`${name} has no points`)
  const background = await pointValues(graph, points, picture(1))
  return { graph, points, background }
}

async function pointValues(
  graph: Graph,
  points: AdapterPoints,
  image: Value,
): Promise<PointValues> {
  const values: Record<string, Value> = {
    image,
    ...(await runOnRuntime(pointsGraph(graph, points), { image })),
  }
  const at = (name: string) =>
    tensorOfValue(values[name] ?? { shape: [], data: new Float64Array() })
  return {
    image: at('image'),
    low: at(points.low),
    middle: at(points.middle),
    features: at(points.features),
    logits: at(points.logits),
  }
}

const logitsOf = async (graph: Graph, image: Value): Promise<Value> => {
  const { logits } = await runOnRuntime(graph, { image })
  if (!logits) throw new Error('no logits')
  return logits
}

/** One channel after the other, bilinear between half-pixel centres, written from the definition. */
function enlarged({ shape, data }: Value, height: number, width: number): number[] {
  const [, channels = 0, rows = 0, columns = 0] = shape
  const place = (i: number, from: number, to: number) =>
    Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5))
  const result: number[] = []
  for (let c = 0; c < channels; c++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const [v, u] = [place(y, rows, height), place(x, columns, width)]
        const [top, left] = [Math.floor(v), Math.floor(u)]
        const at = (row: number, column: number) =>
          data[(c * rows + Math.min(rows - 1, row)) * columns + Math.min(columns - 1, column)] ?? 0
        const upper = at(top, left) * (1 - u + left) + at(top, left + 1) * (u - left)
        const lower = at(top + 1, left) * (1 - u + left) + at(top + 1, left + 1) * (u - left)
        result.push(upper * (1 - v + top) + lower * (v - top))
      }
  return result
}

const largest = (values: ArrayLike<number>): number =>
  largestDifference(values, new Float64Array(values.length))

const adaptable: ArchitectureName[] = [builtInId, 'lraspp_mobilenet_v3_large', 'espnetv2']

describe.each(adaptable)('the scene adapter on %s', (name) => {
  test('answers like the network itself before it is trained', async () => {
    const { graph, points, background } = await scene(name)
    const before = await logitsOf(graph, picture(2))
    addSceneAdapter(graph, points, background, { byteSteps, seed: 1 })
    const after = await logitsOf(graph, picture(2))
    const [, , height = 0, width = 0] = after.shape
    expect(graph.outputs[0]?.shape).toEqual(['batch', ...after.shape.slice(1)])
    expect(height).toBeGreaterThanOrEqual(background.low.shape[2] ?? 0)
    const expected = enlarged(before, height, width)
    expect(largestDifference(after.data, expected)).toBeLessThan(1e-4 * largest(expected))
  })

  test('sees no difference on the background, and some on another picture', async () => {
    const { graph, points, background } = await scene(name)
    addSceneAdapter(graph, points, background, { byteSteps, seed: 1 })
    const names = ['image', 'low', 'middle'].map((point) => `scene/${point}/difference`)
    graph.outputs = names.map((output) => ({ name: output, type: null, shape: null }))
    const same = await runOnRuntime(graph, { image: picture(1) })
    const other = await runOnRuntime(graph, { image: picture(2) })
    for (const output of names) {
      const change = largest(other[output]?.data ?? [])
      expect(change).toBeGreaterThan(0)
      expect(largest(same[output]?.data ?? [Number.NaN])).toBeLessThan(1e-4 * change)
    }
  })
})

describe('the scene adapter', () => {
  test('lets each of its new weights change the answer once the last ones are not zero', async () => {
    const { graph, points, background } = await scene(builtInId)
    const names = addSceneAdapter(graph, points, background, { byteSteps, seed: 1 })
    const change = (name: string, by: number) => {
      const tensor = graph.weights.get(name)
      if (!tensor) throw new Error(`no weight ${name}`)
      const data = floatsOf(tensor, name).map((value) => value + by)
      graph.weights.set(name, floatTensor(tensor.shape, data))
    }
    change('scene/decoder/edges/weight', 0.1)
    const before = await logitsOf(graph, picture(2))
    // Biases follow the same way as the weights beside them.
    for (const name of names.filter((each) => each.endsWith('weight'))) {
      change(name, 0.01)
      const after = await logitsOf(graph, picture(2))
      expect(largestDifference(before.data, after.data), name).toBeGreaterThan(0)
      change(name, -0.01)
    }
    expect(names).toHaveLength(10)
  })

  test('draws the same weights for the same seed only', async () => {
    const drawn = await Promise.all(
      [1, 1, 2].map(async (seed) => {
        const { graph, points, background } = await scene(builtInId)
        addSceneAdapter(graph, points, background, { byteSteps, seed })
        return graph.weights.get('scene/decoder/first/weight')?.data
      }),
    )
    expect(drawn[1]).toEqual(drawn[0])
    expect(drawn[2]).not.toEqual(drawn[0])
  })

  test('leaves the cheaper order of linear steps as it was', async () => {
    const { graph, points, background } = await scene(builtInId)
    addSceneAdapter(graph, points, background, { byteSteps, seed: 1 })
    const before = await logitsOf(graph, picture(2))
    const convolutions = () => graph.nodes.filter(({ op }) => op === 'Conv').length
    const count = convolutions()
    splitConcat(graph)
    expect(convolutions()).toBe(count + 1)
    mergePointwise(graph)
    const after = await logitsOf(graph, picture(2))
    expect(graph.weights.has('aspp0/merged/weight')).toBe(true)
    expect(largestDifference(before.data, after.data)).toBeLessThan(1e-3)
  })

  test('is made for the size of the input, and is not added twice', async () => {
    const graph = await network(builtInId)
    const size = { width: 90, height: 50 }
    const input = { width: 80, height: 48 }
    const options = { size, settings: { input, seed: 1, threads: 1 } }
    const background = new Uint8Array(3 * size.width * size.height).map((_, at) => (at * 31) % 200)
    const added = await adaptToScene(graph, builtInDescription, options, background)
    expect(graph.inputs[0]?.shape).toEqual(['batch', 3, 48, 80])
    expect(graph.outputs[0]?.shape).toEqual(['batch', 21, 24, 40])
    expect(added).toContain('scene/middle/weight')
    const nodes = graph.nodes.length
    expect(await adaptToScene(graph, builtInDescription, options, background)).toEqual([])
    expect(graph.nodes).toHaveLength(nodes)
    const constants = [...graph.weights.keys()].filter(isSceneConstant)
    expect(constants.toSorted()).toEqual(
      ['image', 'low', 'middle'].map((name) => `scene/background/${name}`),
    )
  })

  test('is refused by name where there are no features or no background', async () => {
    const graph = await network(builtInId)
    const size = { width: 80, height: 48 }
    const options = { size, settings: { input: size, seed: 1, threads: 1 } }
    const unnamed = { ...builtInDescription, features: null }
    expect(isAdaptable(builtInDescription)).toBe(true)
    expect(isAdaptable(unnamed)).toBe(false)
    const picture = new Uint8Array(3 * 80 * 48)
    const refused = await rejection(adaptToScene(graph, unnamed, options, picture))
    expect(refused).toMatchObject({
      code: 'unsupported-model',
      message: expect.stringContaining('features'),
    })
    const blind = await rejection(adaptToScene(graph, builtInDescription, options, null))
    expect(blind).toMatchObject({
      code: 'unsupported-model',
      message: expect.stringContaining('background'),
    })
  })

  test('finds no place in a network whose features nobody named', async () => {
    const graph = await network('espnetv2')
    expect(adapterPoints(graph, null, 'logits')).toBeNull()
    expect(adapterPoints(graph, { low: 'nowhere', middle: 'elsewhere' }, 'logits')).toBeNull()
  })
})
