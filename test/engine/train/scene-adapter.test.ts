import { describe, expect, test } from 'vitest'
import {
  type ArchitectureName,
  architectureOf,
} from '../../../src/engine/models/zoo/architectures.ts'
import type { Graph } from '../../../src/engine/onnx/graph.ts'
import { mergePointwise } from '../../../src/engine/onnx/merge-pointwise.ts'
import { splitConcat } from '../../../src/engine/onnx/split-concat.ts'
import { floatsOf, floatTensor, sizeOf, type Tensor } from '../../../src/engine/onnx/tensor.ts'
import { addSceneAdapter } from '../../../src/engine/train/scene-adapter.ts'
import {
  type AdapterPoints,
  adapterPoints,
  type PointValues,
  pointsGraph,
} from '../../../src/engine/train/scene-adapter-points.ts'
import { largestDifference } from '../../fixtures/difference.ts'
import type { Value } from '../../fixtures/interpreter/value.ts'
import { runOnRuntime } from '../../fixtures/run-graph.ts'
import { noise } from '../../fixtures/tfjs-graph.ts'
import { fillGolden } from '../../fixtures/zoo-weights.ts'

const shape = [1, 3, 48, 80]
const byteSteps = [1 / 127.5, 1 / 127.5, 1 / 127.5] as const

const picture = (seed: number): Value => ({
  shape,
  data: Float64Array.from(noise(sizeOf(shape), seed)),
})

const tensorOfValue = ({ shape, data }: Value): Tensor =>
  floatTensor(shape, Float32Array.from(data))

/** A network, its points, and what they are for one picture. */
async function scene(name: ArchitectureName) {
  const architecture = architectureOf(name)
  const built = await architecture.build({ classes: architecture.classes.length })
  const graph = name === 'deeplabv3-mobilenetv2-voc' ? built : fillGolden(built)
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

const networks: ArchitectureName[] = [
  'deeplabv3-mobilenetv2-voc',
  'lraspp_mobilenet_v3_large',
  'espnetv2',
]

describe.each(networks)('the scene adapter on %s', (name) => {
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
    const { graph, points, background } = await scene('deeplabv3-mobilenetv2-voc')
    const names = addSceneAdapter(graph, points, background, { byteSteps, seed: 1 })
    const change = (name: string, by: number) => {
      const tensor = graph.weights.get(name)
      if (!tensor) throw new Error(`no weight ${name}`)
      const data = floatsOf(tensor, name).map((value) => value + by)
      graph.weights.set(name, floatTensor(tensor.shape, data))
    }
    change('scene/decoder/edges/weight', 0.1)
    const before = await logitsOf(graph, picture(2))
    for (const name of names) {
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
        const { graph, points, background } = await scene('deeplabv3-mobilenetv2-voc')
        addSceneAdapter(graph, points, background, { byteSteps, seed })
        return graph.weights.get('scene/decoder/first/weight')?.data
      }),
    )
    expect(drawn[1]).toEqual(drawn[0])
    expect(drawn[2]).not.toEqual(drawn[0])
  })

  test('leaves the cheaper order of linear steps as it was', async () => {
    const { graph, points, background } = await scene('deeplabv3-mobilenetv2-voc')
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

  test('finds no place in a network whose features nobody named', async () => {
    const graph = await architectureOf('espnetv2').build({ classes: 2 })
    expect(adapterPoints(graph, null, 'logits')).toBeNull()
    expect(adapterPoints(graph, { low: 'nowhere', middle: 'elsewhere' }, 'logits')).toBeNull()
  })
})
