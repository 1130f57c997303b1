import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { inputFiller } from '../../../src/engine/infer/input-tensor.ts'
import { openSession, type Session } from '../../../src/engine/infer/session.ts'
import { builtInModel, builtInOriginal } from '../../../src/engine/models/built-in.ts'
import type { StoredModel } from '../../../src/engine/models/types.ts'
import { prune } from '../../../src/engine/onnx/edit.ts'
import { readOnnx, writeOnnx } from '../../../src/engine/onnx/file.ts'
import { floatTensor } from '../../../src/engine/onnx/tensor.ts'
import { largestDifference } from '../../fixtures/difference.ts'
import { runGraph } from '../../fixtures/run-graph.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { noise } from '../../fixtures/tfjs-graph.ts'

const temporary = temporaryFolder()
const classes = 21
let model: StoredModel

beforeAll(async () => {
  model = await builtInModel(temporary('cache'))
})

/** A picture with smooth parts, edges and grain. */
function picture(width: number, height: number): Uint8Array {
  return Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3)
    const [x, y] = [pixel % width, Math.floor(pixel / width)]
    const grain = (Math.imul(i + 1, 2654435761) >>> 24) / 8
    const block = (Math.floor(x / 11) + Math.floor(y / 17)) % 3 === 0 ? 60 : 0
    return Math.min(255, 60 + (x * 90) / width + (y * 60) / height + block + grain)
  })
}

async function logitsOf(session: Session, width: number, height: number) {
  const size = { width, height }
  const pixels = new Float32Array(3 * width * height)
  inputFiller(size, size, model.description.input).fill(picture(width, height), pixels)
  const { logits } = await session.run({ image: floatTensor([1, 3, height, width], pixels) })
  if (!logits) throw new Error('no logits')
  return logits
}

const manifestSchema = z.object({
  modelTopology: z.looseObject({
    node: z.array(z.looseObject({ op: z.string(), attr: z.record(z.string(), z.unknown()) })),
  }),
  weightsManifest: z.tuple([
    z.object({
      paths: z.array(z.string()),
      weights: z.array(
        z.object({
          name: z.string(),
          shape: z.array(z.number()),
          dtype: z.enum(['float32', 'int32']),
        }),
      ),
    }),
  ]),
})

/**
 * Logits of the original on TensorFlow.js as [H, W, C]. It is made for pictures of 513x513, which
 * takes minutes here; its few constants that say so are set to another odd size.
 */
async function originalLogits(side: number): Promise<Float32Array> {
  const grid = (side - 1) / 8 + 1
  const file = builtInOriginal()
  const { modelTopology, weightsManifest } = manifestSchema.parse(
    JSON.parse(await readFile(file, 'utf8')),
  )
  const [{ paths, weights }] = weightsManifest
  const shards = await Promise.all(paths.map((path) => readFile(join(file, '..', path))))
  const bytes = Buffer.concat(shards)
  const constants: Record<string, number[]> = {
    'sub_1/x': [side],
    strided_slice_7: [side, side],
    'ResizeBilinear_1/size': [grid, grid],
  }
  let at = 0
  for (const { name, shape } of weights) {
    for (const [i, value] of (constants[name] ?? []).entries())
      bytes.writeInt32LE(value, at + 4 * i)
    at += 4 * shape.reduce((a, b) => a * b, 1)
  }
  const whole = { list: { i: ['1', String(grid), String(grid), '1'] } }
  for (const node of modelTopology.node)
    if (node.op === 'AvgPool') Object.assign(node.attr, { ksize: whole, strides: whole })
  await tf.setBackend('cpu')
  const original = await tf.loadGraphModel({
    load: async () => ({
      modelTopology,
      weightSpecs: weights,
      weightData: new Uint8Array(bytes).buffer,
    }),
  })
  const image = tf.tensor4d(picture(side, side), [1, side, side, 3], 'int32')
  const logits = original.execute(image, 'logits/semantic/BiasAdd')
  if (Array.isArray(logits)) throw new Error('several results')
  return Float32Array.from(logits.dataSync())
}

describe('The built-in network', () => {
  test.each([65, 129])('gives the logits of the original, at %i pixels a side', async (side) => {
    await using session = await openSession(join(model.folder, 'model.onnx'), { device: 'cpu' })
    const logits = await logitsOf(session, side, side)
    const grid = (side - 1) / 8 + 1
    expect(logits.shape).toEqual([1, classes, grid, grid])
    const wanted = await originalLogits(side)
    const planes = wanted.map((_, i) => {
      const [channel, pixel] = [Math.floor(i / grid / grid), i % (grid * grid)]
      return wanted[pixel * classes + channel] ?? Number.NaN
    })
    expect(largestDifference(planes, logits.data)).toBeLessThan(1e-3)
  })

  test('takes pictures of any size', async () => {
    await using session = await openSession(join(model.folder, 'model.onnx'), { device: 'cpu' })
    const grids: (readonly number[])[] = []
    for (const [width, height] of [
      [320, 240],
      [320, 320],
      [500, 500],
      [513, 513],
      [33, 70],
    ] as const)
      grids.push((await logitsOf(session, width, height)).shape.slice(2))
    expect(grids).toEqual([
      [30, 40],
      [40, 40],
      [63, 63],
      [65, 65],
      [9, 5],
    ])
  })

  test('answers the same when ONNX Runtime runs the stored file as it is', async () => {
    const { graph } = await readOnnx(join(model.folder, 'model.onnx'))
    const shape = [2, 3, 40, 56]
    const plain = await runGraph(graph, shape, 5)
    await using session = await openSession(join(model.folder, 'model.onnx'), { device: 'cpu' })
    const pixels = Float32Array.from(noise(2 * 3 * 40 * 56, 5))
    const { logits } = await session.run({ image: floatTensor(shape, pixels) })
    expect(largestDifference(plain, logits?.data ?? [])).toBeLessThan(1e-4)
  })

  test('names its features: stride 4 with 24 channels, stride 8 with 160', async () => {
    const { graph } = await readOnnx(join(model.folder, 'model.onnx'))
    const { low, middle } = model.description.features ?? {}
    graph.outputs = [low, middle].map((name) => ({
      name: name ?? '',
      type: 'float32',
      shape: null,
    }))
    const [first] = graph.outputs
    expect(await runGraph(graph, [1, 3, 64, 96])).toHaveLength(24 * 16 * 24)
    graph.outputs = graph.outputs.filter((output) => output !== first)
    expect(await runGraph(graph, [1, 3, 64, 96])).toHaveLength(160 * 8 * 12)
  })

  test('has its grid in the middle of the pixels that it covers, at even sizes', async () => {
    const { graph } = await readOnnx(join(model.folder, 'model.onnx'))
    // The first features of stride 8: later ones see the whole width.
    const middle = 'expanded_conv_6/project'
    graph.outputs = [{ name: middle, type: 'float32', shape: null }]
    prune(graph)
    await writeOnnx(temporary('middle.onnx'), graph)
    await using session = await openSession(temporary('middle.onnx'), { device: 'cpu' })
    const [side, column] = [128, 8]
    const features = async (changed: number): Promise<number[]> => {
      const pixels = Float32Array.from(noise(3 * side * side), (value, i) =>
        i % side === changed ? value + 1 : value,
      )
      const results = await session.run({ image: floatTensor([1, 3, side, side], pixels) })
      const values = Array.from(results[middle]?.data ?? [], Number)
      return values.filter((_, i) => i % (side / 8) === column)
    }
    const plain = await features(-1)
    const reach: number[] = []
    for (let x = 0; x < side; x++)
      if (largestDifference(plain, await features(x)) > 0) reach.push(x)
    const centre = ((reach[0] ?? 0) + (reach.at(-1) ?? 0)) / 2
    expect(Math.abs(centre - (8 * column + 3.5))).toBeLessThanOrEqual(0.5)
  })

  test('is converted once, also when two ask for it at the same time', async () => {
    const [first, second] = await Promise.all([
      builtInModel(temporary('together')),
      builtInModel(temporary('together')),
    ])
    expect(second).toEqual(first)
    expect(first.sha256).toBe(model.sha256)
    expect(await readdir(temporary('together'))).toHaveLength(1)
    const written = await stat(join(first.folder, 'model.onnx'))
    expect(await builtInModel(temporary('together'))).toEqual(first)
    expect((await stat(join(first.folder, 'model.onnx'))).mtimeMs).toBe(written.mtimeMs)
  })
})
