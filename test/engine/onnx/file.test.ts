import { mkdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises'
import { InferenceSession } from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { readOnnx, writeOnnx } from '../../../src/engine/onnx/file.ts'
import { addNode, addWeight, emptyGraph, type Graph } from '../../../src/engine/onnx/graph.ts'
import { encodeModel, type TensorProto } from '../../../src/engine/onnx/proto.ts'
import { type ElementType, floatTensor, tensorOf } from '../../../src/engine/onnx/tensor.ts'
import { rejection } from '../../fixtures/caught.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

function convolution(): Graph {
  const graph = emptyGraph('small')
  graph.inputs.push({ name: 'x', type: 'float32', shape: ['batch', 2, '', 4] })
  graph.outputs.push({ name: 'y', type: 'float32', shape: null })
  addWeight(graph, 'w', floatTensor([3, 2, 1, 1], Float32Array.of(1, -2, 3, 0.5, 5, 6)))
  addNode(graph, 'Conv', ['x', 'w', ''], 'c', { pads: { ints: [0, 0, 0, 0] }, group: { int: 1 } })
  addNode(graph, 'LeakyRelu', ['c'], 'y', { alpha: { float: 0.25 } })
  return graph
}

async function written(name: string, graph: Graph): Promise<string> {
  await writeOnnx(temporary(name), graph)
  return temporary(name)
}

describe('A graph', () => {
  test('is the same after writing and reading', async () => {
    const graph = convolution()
    graph.metadata = { note: 'hello' }
    graph.otherOpsets = { 'com.example': 2 }
    addNode(graph, 'Resize', ['c', ''], 'r', {
      mode: { string: 'linear' },
      list: { strings: ['a', 'ö'] },
      reals: { floats: [0.5, -1] },
      zero: { int: 0 },
      least: { ints: [-1, 2 ** 40] },
      value: { tensor: tensorOf('int64', [2], [-7, 2 ** 40]) },
    })
    graph.values.set('c', { name: 'c', type: 'float32', shape: ['batch', 3, '', 4] })
    const file = await written('same.onnx', graph)
    const { graph: read, bytes } = await readOnnx(file)
    expect(bytes).toEqual(await readFile(file))
    expect(read).toEqual(graph)
  })

  test.each<[ElementType, number[]]>([
    ['float32', [1.5, -2]],
    ['float64', [1.1, -2e300]],
    ['uint8', [0, 255]],
    ['int8', [-128, 127]],
    ['uint16', [0, 65535]],
    ['int16', [-32768, 1]],
    ['int32', [-(2 ** 31), 5]],
    ['uint32', [2 ** 32 - 1, 5]],
    ['int64', [-(2 ** 53), 2 ** 53]],
    ['uint64', [0, 2 ** 53]],
    ['bool', [0, 1]],
    ['float16', [0x3c00, 0xc000]],
    ['bfloat16', [0x3f80, 0xbf80]],
  ])('keeps weights of type %s', async (type, values) => {
    const graph = convolution()
    addWeight(graph, 'other', tensorOf(type, [2, 1], values))
    const { graph: read } = await readOnnx(await written(`${type}.onnx`, graph))
    expect(read.weights.get('other')).toEqual(tensorOf(type, [2, 1], values))
  })

  test('is read as ONNX Runtime writes it', async () => {
    const file = await written('ours.onnx', convolution())
    const theirs = temporary('theirs.onnx')
    const session = await InferenceSession.create(file, {
      graphOptimizationLevel: 'basic',
      optimizedModelFilePath: theirs,
    })
    await session.release()
    const { graph } = await readOnnx(theirs)
    expect(graph.nodes.map(({ op }) => op)).toEqual(['Conv', 'LeakyRelu'])
    expect(graph.nodes[1]?.attributes).toEqual({ alpha: { float: 0.25 } })
    expect(graph.weights.get('w')).toEqual(convolution().weights.get('w'))
    expect(graph.inputs[0]?.shape).toEqual(['batch', 2, '', 4])
  })

  test('with weights listed as numbers is read, and "to the end" stays the largest integer', async () => {
    const file = temporary('listed.onnx')
    const weight = (name: string, part: Partial<TensorProto>) => tensorProto(name, part)
    const initializer = [
      weight('f', { dims: [2], dataType: 1, floatData: [0.5, 2] }),
      weight('i', { dims: [1], dataType: 7, int64Data: [2 ** 63] }),
      weight('b', { dims: [2], dataType: 2, int32Data: [3, 200] }),
    ]
    await writeFile(file, model({ initializer }))
    const { weights } = (await readOnnx(file)).graph
    expect(weights.get('f')?.data).toEqual(Float32Array.of(0.5, 2))
    expect(weights.get('i')?.data).toEqual(BigInt64Array.of(2n ** 63n - 1n))
    expect(weights.get('b')?.data).toEqual(Uint8Array.of(3, 200))
  })

  test('has its Constant nodes as weights', async () => {
    const graph = convolution()
    const value = tensorOf('float32', [1], [3])
    graph.nodes.unshift({
      op: 'Constant',
      domain: '',
      name: 'k',
      inputs: [],
      outputs: ['three'],
      attributes: { value: { tensor: value } },
    })
    const { graph: read } = await readOnnx(await written('constant.onnx', graph))
    expect(read.weights.get('three')).toEqual(value)
    expect(read.nodes.map(({ op }) => op)).toEqual(['Conv', 'LeakyRelu'])
  })
})

function tensorProto(name: string, part: Partial<TensorProto>): TensorProto {
  const empty = { floatData: [], int32Data: [], int64Data: [], doubleData: [], uint64Data: [] }
  return { name, dims: [], ...empty, externalData: [], ...part }
}

function model({ initializer }: { initializer: TensorProto[] }): Uint8Array {
  const graph = { name: 'g', node: [], initializer, input: [], output: [], valueInfo: [] }
  return encodeModel({ irVersion: 8, opsetImport: [{ version: 17 }], metadataProps: [], graph })
}

describe('A broken file', () => {
  test('that was cut off anywhere is a bad model', async () => {
    const whole = await readFile(await written('whole.onnx', convolution()))
    for (let length = 1; length < whole.length; length += 3) {
      await writeFile(temporary('cut.onnx'), whole)
      await truncate(temporary('cut.onnx'), length)
      const error = await rejection(readOnnx(temporary('cut.onnx')))
      expect([length, error.code]).toEqual([length, 'bad-model'])
      expect(error.message).toContain('cut.onnx')
    }
  })

  test.each([
    ['empty', ''],
    ['a text', 'This is no network at all, it only looks like a file.'],
    ['a PNG', '\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR'],
    ['JSON', '{"modelTopology": {}}'],
  ])('that is %s is a bad model', async (_title, content) => {
    await writeFile(temporary('odd.onnx'), content, 'latin1')
    expect(await rejection(readOnnx(temporary('odd.onnx')))).toMatchObject({ code: 'bad-model' })
  })

  test('that is not there or is a folder says so', async () => {
    expect(await rejection(readOnnx(temporary('no.onnx')))).toMatchObject({ code: 'no-such-file' })
    expect(await rejection(readOnnx(temporary()))).toMatchObject({ code: 'is-a-directory' })
  })

  test('whose weights do not fill their shape names the weight', async () => {
    const part = { dims: [2, 3], dataType: 1, rawData: new Uint8Array(20) }
    await writeFile(temporary('short.onnx'), model({ initializer: [tensorProto('w1', part)] }))
    const error = await rejection(readOnnx(temporary('short.onnx')))
    expect(error).toMatchObject({ code: 'bad-model' })
    expect(error.message).toContain("weight 'w1' of shape 2x3 has 20 bytes, expected 24")
  })

  test('whose nodes use what nothing computes names node and value', async () => {
    const graph = convolution()
    addNode(graph, 'Relu', ['later'], 'early')
    const error = await rejection(readOnnx(await written('order.onnx', graph)))
    expect(error).toMatchObject({ code: 'bad-model' })
    expect(error.message).toContain("node 'early' (Relu) needs 'later'")
  })

  test('with weights of a type that is not known is unsupported', async () => {
    const part = { dims: [1], dataType: 8 }
    await writeFile(temporary('text.onnx'), model({ initializer: [tensorProto('words', part)] }))
    expect(await rejection(readOnnx(temporary('text.onnx')))).toMatchObject({
      code: 'unsupported-model',
      message: expect.stringContaining("weight 'words'"),
    })
  })
})

describe('Weights in a file of their own', () => {
  async function withExternal(folder: string, location: string, length = '8'): Promise<string> {
    await mkdir(temporary(folder), { recursive: true })
    const externalData = [
      { key: 'location', value: location },
      { key: 'offset', value: '4' },
      { key: 'length', value: length },
    ]
    const proto = tensorProto('w', { dims: [2], dataType: 1, dataLocation: 1, externalData })
    await writeFile(temporary(folder, 'model.onnx'), model({ initializer: [proto] }))
    return temporary(folder, 'model.onnx')
  }

  test('are read from beside the network', async () => {
    const file = await withExternal('beside', 'weights.bin')
    const floats = Float32Array.of(9, 1.5, -2.5)
    await writeFile(temporary('beside', 'weights.bin'), new Uint8Array(floats.buffer))
    const { graph, bytes } = await readOnnx(file)
    const weight = floatTensor([2], Float32Array.of(1.5, -2.5))
    expect(graph.weights.get('w')).toEqual(weight)
    await writeFile(temporary('alone.onnx'), bytes)
    expect((await readOnnx(temporary('alone.onnx'))).graph.weights.get('w')).toEqual(weight)
  })

  test('must be there, and long enough', async () => {
    const file = await withExternal('missing', 'weights.bin')
    expect((await rejection(readOnnx(file))).message).toContain('weights.bin is missing')
    await writeFile(temporary('missing', 'weights.bin'), new Uint8Array(11))
    const error = await rejection(readOnnx(file))
    expect(error).toMatchObject({ code: 'bad-model' })
    expect(error.message).toContain('ends before byte 12')
  })

  test('may not lie outside of its folder, not even through a link', async () => {
    await writeFile(temporary('secret.bin'), new Uint8Array(64))
    const outside = await withExternal('outside', '../secret.bin')
    const absolute = await withExternal('absolute', temporary('secret.bin'))
    const linked = await withExternal('linked', 'link.bin')
    await symlink(temporary('secret.bin'), temporary('linked', 'link.bin'))
    for (const file of [outside, absolute, linked]) {
      const error = await rejection(readOnnx(file))
      expect(error).toMatchObject({ code: 'bad-model' })
      expect(error.message).toContain("outside of the model's folder")
    }
  })
})
