import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { addModel } from '../../../src/engine/models/add-model.ts'
import { copyModel } from '../../../src/engine/models/copy-model.ts'
import { exportModel, listModels } from '../../../src/engine/models/model-store.ts'
import { onnxBytes, readOnnx, writeOnnx } from '../../../src/engine/onnx/file.ts'
import {
  addNode,
  addWeight,
  emptyGraph,
  type Graph,
  type Side,
} from '../../../src/engine/onnx/graph.ts'
import { decodeModel, encodeModel } from '../../../src/engine/onnx/proto.ts'
import { floatTensor, intTensor } from '../../../src/engine/onnx/tensor.ts'
import { rejection } from '../../fixtures/caught.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { noise } from '../../fixtures/tfjs-graph.ts'

const temporary = temporaryFolder()
let counter = 0

/** A network on planes 'x': convolutions with a stride of 4 to `classes` channels. */
function planes(classes: number, shape: Side[] = [1, 3, 'h', 'w']): Graph {
  const graph = emptyGraph('planes')
  graph.inputs.push({ name: 'x', type: 'float32', shape })
  const weight = floatTensor([classes, 3, 4, 4], Float32Array.from(noise(classes * 48)))
  addNode(graph, 'Conv', ['x', addWeight(graph, 'w', weight)], 'scores', {
    strides: { ints: [4, 4] },
  })
  return graph
}

function answer(graph: Graph, name: string, type: 'float32' | 'int64' = 'float32'): Graph {
  graph.outputs.push({ name, type, shape: null })
  return graph
}

/** Adds a graph to a new project, with parts of a description. */
async function added(graph: Graph, description?: object) {
  const project = temporary(`project${counter++}`)
  await mkdir(project)
  await writeOnnx(temporary('net.onnx'), graph)
  if (!description) return addModel(project, temporary('net.onnx'))
  await writeFile(temporary('given.json'), JSON.stringify(description))
  return addModel(project, temporary('net.onnx'), { description: temporary('given.json') })
}

describe('A network without a description', () => {
  test('is described from its graph and one run', async () => {
    const graph = answer(planes(21), 'scores')
    const { description, folder, origin } = await added(graph)
    expect(origin).toBe('project')
    expect(await readdir(folder)).toEqual(['model.json', 'model.onnx'])
    expect(description).toMatchObject({
      id: 'net',
      name: 'net.onnx',
      input: { name: 'x', width: null, height: null, multiple: 1, layout: 'NCHW', type: 'float32' },
      output: { name: 'scores', layout: 'NCHW', kind: 'logits', stride: 4 },
      classMap: { person: 'person' },
      geometryHash: null,
    })
    expect(description.classes[15]).toBe('person')
  })

  test('may have one channel with a sigmoid and pixels instead of planes', async () => {
    const graph = emptyGraph('pixels')
    graph.inputs.push({ name: 'x', type: 'uint8', shape: ['n', 96, 128, 3] })
    addNode(graph, 'Cast', ['x'], 'real', { to: { int: 1 } })
    addNode(graph, 'Transpose', ['real'], 'planes', { perm: { ints: [0, 3, 1, 2] } })
    const weight = addWeight(graph, 'w', floatTensor([1, 3, 1, 1], Float32Array.of(1, 1, 1)))
    addNode(graph, 'Conv', ['planes', weight], 'scores')
    addNode(graph, 'Sigmoid', ['scores'], 'person')
    addNode(graph, 'Transpose', ['person'], 'y', { perm: { ints: [0, 2, 3, 1] } })
    const { description } = await added(answer(graph, 'y'))
    expect(description).toMatchObject({
      input: { width: 128, height: 96, layout: 'NHWC', type: 'uint8', scale: 1 },
      output: { name: 'y', layout: 'NHWC', kind: 'probabilities', stride: 1 },
      classes: ['person'],
    })
  })

  test('may ask for sides of some multiple, and end in a softmax', async () => {
    const graph = planes(2)
    const half = { kernel_shape: { ints: [2, 2] }, strides: { ints: [2, 2] } }
    addNode(graph, 'MaxPool', ['scores'], 'small', half)
    const scales = addWeight(graph, 'scales', floatTensor([4], Float32Array.of(1, 1, 2, 2)))
    addNode(graph, 'Resize', ['small', '', scales], 'large', { mode: { string: 'nearest' } })
    addNode(graph, 'Add', ['large', 'scores'], 'sum')
    addNode(graph, 'Softmax', ['sum'], 'y', { axis: { int: 1 } })
    const { description } = await added(answer(graph, 'y'))
    expect(description.input.multiple).toBe(8)
    expect(description).toMatchObject({
      output: { kind: 'probabilities' },
      classes: ['background', 'person'],
    })
  })

  test('answers with the first output that can be scores, or with the one that is named', async () => {
    const graph = planes(2)
    addNode(graph, 'GlobalAveragePool', ['scores'], 'pooled')
    addNode(graph, 'Flatten', ['pooled'], 'list')
    addNode(graph, 'Relu', ['scores'], 'aux')
    for (const name of ['list', 'scores', 'aux']) answer(graph, name)
    expect((await added(graph)).description.output.name).toBe('scores')
    const named = await added(graph, { output: { name: 'aux' } })
    expect(named.description.output).toMatchObject({ name: 'aux', stride: 4 })
  })
})

describe('A description', () => {
  test('overrides what it names and leaves the rest to the network', async () => {
    const { description } = await added(answer(planes(3), 'scores'), {
      id: 'mine',
      licence: 'MIT',
      input: { channels: 'BGR', mean: [1, 2, 3] },
      classes: ['nothing', 'worker', 'cart'],
      classMap: { worker: 'person' },
    })
    expect(description).toMatchObject({
      id: 'mine',
      licence: 'MIT',
      input: { name: 'x', channels: 'BGR', mean: [1, 2, 3] },
      output: { name: 'scores' },
      classes: ['nothing', 'worker', 'cart'],
    })
  })

  test('must say which class is a person', async () => {
    const error = await rejection(added(answer(planes(5), 'scores')))
    expect(error).toMatchObject({ code: 'unsupported-model' })
    expect(error.message).toContain('class0, class1')
    expect(error.hint).toContain('classMap')
  })

  test('must name as many classes as there are channels', async () => {
    const error = await rejection(added(answer(planes(5), 'scores'), { classes: ['a', 'person'] }))
    expect(error).toMatchObject({ code: 'unsupported-model' })
    expect(error.message).toContain('answers with 5 classes, its description names 2')
  })

  test('with a mistake is refused with its place', async () => {
    await writeOnnx(temporary('net.onnx'), answer(planes(2), 'scores'))
    const add = async (text: string) => {
      await writeFile(temporary('bad.json'), text)
      return addModel(temporary('p'), temporary('net.onnx'), { description: temporary('bad.json') })
    }
    expect(await rejection(add('{\n  "id": "a"\n  "name": "b"}'))).toMatchObject({
      code: 'bad-json',
      message: expect.stringContaining('bad.json, line 3, column 3'),
    })
    expect(await rejection(add('{"input": {"layout": "CHW"}}'))).toMatchObject({
      code: 'bad-value',
      message: expect.stringContaining('bad.json: input.layout'),
    })
  })
})

describe('A network that is no segmentation of one image', () => {
  const refused = async (graph: Graph, words: string) => {
    const error = await rejection(added(graph))
    expect(error).toMatchObject({ code: 'unsupported-model' })
    expect(error.message).toContain(words)
  }

  test('is refused by what it takes', async () => {
    const scores = () => answer(planes(2), 'scores')
    const input = (part: Partial<Graph['inputs'][0]>) => {
      const graph = scores()
      graph.inputs = [{ name: 'x', type: 'float32', shape: [1, 3, 8, 8], ...part }]
      return graph
    }
    const two = scores()
    two.inputs.push({ name: 'threshold', type: 'float32', shape: [1] })
    await refused(two, "2 inputs, 'x', 'threshold'")
    await refused(input({ shape: null }), "'x' has a dynamic number of dimensions")
    await refused(input({ shape: [1, 10] }), "'x' is [1, 10], which is no image")
    await refused(input({ shape: [1, 1, 64, 64] }), 'has no 3 channels')
    await refused(input({ shape: [8, 3, 64, 64] }), 'takes 8 images at once')
    await refused(input({ type: 'float16' }), "'x' takes float16")
    const none = emptyGraph('none')
    addWeight(none, 'x', intTensor([1]))
    addNode(none, 'Identity', ['x'], 'y')
    await refused(answer(none, 'y', 'int64'), 'has no input')
  })

  test('is refused by what it answers', async () => {
    const classes = planes(3)
    addNode(classes, 'ArgMax', ['scores'], 'y', { axis: { int: 1 } })
    await refused(answer(classes, 'y', 'int64'), "answers with 'y' (int64 1x1x")
    const label = planes(3)
    addNode(label, 'GlobalAveragePool', ['scores'], 'y')
    await refused(answer(label, 'y'), "output 'y' is 1x3x1x1")
  })

  test('is refused when ONNX Runtime does not take it', async () => {
    const graph = planes(2)
    addNode(graph, 'NoSuchOperator', ['scores'], 'y')
    expect(await rejection(added(answer(graph, 'y')))).toMatchObject({
      code: 'bad-model',
      message: expect.stringContaining('NoSuchOperator'),
    })
  })

  test('is refused when its file is broken', async () => {
    const bytes = onnxBytes(answer(planes(2), 'scores'))
    await writeFile(temporary('half.onnx'), bytes.subarray(0, bytes.length / 2))
    const error = await rejection(addModel(temporary('p'), temporary('half.onnx')))
    expect(error).toMatchObject({ code: 'bad-model' })
    expect(error.message).toContain('half.onnx is no whole .onnx file')
  })
})

describe("A project's networks", () => {
  test('are listed after the built-in one, copied and exported', async () => {
    const [from, to] = [temporary('from'), temporary('to')]
    await mkdir(from)
    await writeOnnx(temporary('walkers.onnx'), answer(planes(2), 'scores'))
    const model = await addModel(from, temporary('walkers.onnx'))
    await copyModel(from, to, 'walkers')
    const { models } = await listModels(to, temporary('cache'))
    expect(models.map(({ description }) => description.id)).toEqual([
      'deeplabv3-mobilenetv2-voc',
      'walkers',
    ])
    expect(models[1]).toMatchObject({ sha256: model.sha256, description: model.description })
    await exportModel(model, temporary('out.onnx'))
    const again = await addModel(temporary('again'), temporary('out.onnx'), {
      description: temporary('out.onnx.json'),
    })
    expect(again).toMatchObject({ sha256: model.sha256, description: model.description })
    expect(await rejection(copyModel(from, to, 'nobody'))).toMatchObject({ code: 'no-such-model' })
  })

  test('can be used when the folder of another one is damaged', async () => {
    const project = temporary('project')
    await mkdir(join(project, 'models', 'broken'), { recursive: true })
    await writeOnnx(temporary('walkers.onnx'), answer(planes(2), 'scores'))
    await addModel(project, temporary('walkers.onnx'))
    await writeFile(join(project, 'models', 'broken', 'model.json'), '{"id": ')
    const { models, broken } = await listModels(project, temporary('cache'))
    expect(models.map(({ description }) => description.id)).toContain('walkers')
    expect(broken).toMatchObject([{ id: 'broken', error: { code: 'bad-json' } }])
  })

  test('have one id each', async () => {
    await mkdir(temporary('ids'))
    await writeOnnx(temporary('Net 1.onnx'), answer(planes(2), 'scores'))
    const model = await addModel(temporary('ids'), temporary('Net 1.onnx'))
    expect(model.description.id).toBe('net-1')
    const error = await rejection(addModel(temporary('ids'), temporary('Net 1.onnx')))
    expect(error).toMatchObject({ code: 'file-exists' })
    expect(await readdir(temporary('ids', 'models'))).toEqual(['net-1'])
    const builtIn = added(answer(planes(2), 'scores'), { id: 'deeplabv3-mobilenetv2-voc' })
    expect(await rejection(builtIn)).toMatchObject({ code: 'file-exists' })
  })

  test('hold all their weights, also those that lay in a file of their own', async () => {
    const model = decodeModel(onnxBytes(answer(planes(2), 'scores')))
    const [weight] = model.graph?.initializer ?? []
    if (!weight?.rawData) throw new Error('no weight')
    await mkdir(temporary('apart'))
    await writeFile(temporary('apart', 'weights.bin'), weight.rawData)
    const { rawData: _, ...rest } = weight
    const place = [{ key: 'location', value: 'weights.bin' }]
    const apart = { ...rest, dataLocation: 1, externalData: place }
    const graph = model.graph && { ...model.graph, initializer: [apart] }
    await writeFile(
      temporary('apart', 'net.onnx'),
      encodeModel({ ...model, ...(graph && { graph }) }),
    )
    const { folder } = await addModel(temporary('apart'), temporary('apart', 'net.onnx'))
    const stored = await readOnnx(`${folder}/model.onnx`)
    expect(stored.graph.weights.get('w')).toEqual(planes(2).weights.get('w'))
  })
})
