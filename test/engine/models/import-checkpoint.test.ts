import { mkdir, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { addModel } from '../../../src/engine/models/add-model.ts'
import { readWeights } from '../../../src/engine/models/import-checkpoint.ts'
import { buildNetwork } from '../../../src/engine/models/zoo/architectures.ts'
import { readOnnx } from '../../../src/engine/onnx/file.ts'
import { bytesOf, numbersOf, type Tensor, tensorOf } from '../../../src/engine/onnx/tensor.ts'
import { rejection } from '../../fixtures/caught.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { pthBytes } from '../../fixtures/write-pth.ts'
import { fillGolden } from '../../fixtures/zoo-weights.ts'

const temporary = temporaryFolder()

/** The weights of a small network of the zoo, as its checkpoint has them. */
function weightsOf(classes: number): Map<string, Tensor> {
  const graph = fillGolden(buildNetwork('lraspp_mobilenet_v3_large', { classes }))
  return new Map([...graph.weights].filter(([name]) => !name.includes('/')))
}

async function checkpoint(name: string, weights: ReadonlyMap<string, Tensor>): Promise<string> {
  await writeFile(temporary(name), pthBytes(weights))
  return temporary(name)
}

async function project(name: string): Promise<string> {
  await mkdir(temporary(name))
  return temporary(name)
}

describe('A checkpoint added as an architecture', () => {
  const lraspp = { as: 'lraspp_mobilenet_v3_large' }

  it('becomes a network with its weights and its number of classes', async () => {
    const weights = weightsOf(2)
    const file = await checkpoint('Two Classes.pth', weights)
    const { folder, description } = await addModel(await project('two'), file, lraspp)
    expect(description).toMatchObject({
      id: 'two-classes',
      name: 'LR-ASPP MobileNetV3-Large, Two Classes.pth',
      input: { name: 'image', width: null, channels: 'RGB' },
      output: { name: 'logits', kind: 'logits' },
      classes: ['background', 'person'],
      classMap: { background: 'background', person: 'person' },
    })
    const { graph } = await readOnnx(`${folder}/model.onnx`)
    for (const [name, tensor] of weights) {
      const stored = graph.weights.get(name) ?? expect.unreachable(name)
      expect(Buffer.compare(bytesOf(stored), bytesOf(tensor))).toBe(0)
    }
  })

  it('needs names for classes that nobody knows', async () => {
    const file = await checkpoint('three.pth', weightsOf(3))
    const three = await project('three')
    expect((await rejection(addModel(three, file, lraspp))).code).toBe('unsupported-model')
    const description = temporary('names.json')
    await writeFile(
      description,
      '{"classes": ["road", "person"], "classMap": {"person": "person"}}',
    )
    const wrong = await rejection(addModel(three, file, { ...lraspp, description }))
    expect(wrong.message).toContain('has 3 classes, the description names 2')
    await writeFile(
      description,
      '{"classes": ["road", "car", "person"], "classMap": {"person": "person"}}',
    )
    const model = await addModel(three, file, { ...lraspp, description })
    expect(model.description.classes).toEqual(['road', 'car', 'person'])
  })

  it('is refused with the names that do not fit', async () => {
    const weights = weightsOf(2)
    weights.delete('classifier.cbr.0.weight')
    weights.set('more.weight', tensorOf('float32', [1], [0]))
    weights.set('backbone.0.0.weight', tensorOf('float32', [16, 1, 3, 3], new Float32Array(144)))
    const file = await checkpoint('other.pth', weights)
    const { code, message } = await rejection(addModel(await project('other'), file, lraspp))
    expect(code).toBe('bad-checkpoint')
    expect(message).toContain('1 missing: classifier.cbr.0.weight')
    expect(message).toContain('1 of another shape: backbone.0.0.weight is [16, 1, 3, 3]')
    expect(message).toContain('1 extra: more.weight')
  })

  it('must be one that is known, and be named at all', async () => {
    const file = await checkpoint('any.pth', new Map())
    const unknown = await rejection(addModel(temporary('p'), file, { as: 'deeplab' }))
    expect(unknown.code).toBe('bad-value')
    expect(unknown.hint).toContain('deeplabv3_resnet50')
    const unnamed = await rejection(addModel(temporary('p'), file))
    expect(unnamed.code).toBe('bad-model')
    expect(unnamed.hint).toContain('--as deeplabv3_resnet50')
  })
})

function numbersIn(weights: ReadonlyMap<string, Tensor>, name: string): number[] {
  const tensor = weights.get(name)
  return tensor?.type === 'float32' ? numbersOf(tensor) : []
}

describe('Weights of other element types', () => {
  it('become float32', async () => {
    const halves = [0x3c00, 0xc000, 0x0001, 0x03ff, 0x7bff, 0x7c00, 0xfc00, 0x8000, 0x3555]
    const bfloats = [0x3f80, 0xc000, 0x7f80, 0x0001, 0x7f7f]
    const weights = await readWeights(
      await checkpoint(
        'types.pth',
        new Map([
          ['half', tensorOf('float16', [9], halves)],
          ['bfloat', tensorOf('bfloat16', [5], bfloats)],
          ['counter', tensorOf('int64', [], [7])],
        ]),
      ),
    )
    expect(numbersIn(weights, 'half')).toEqual([
      ...[1, -2, 2 ** -24, 1023 * 2 ** -24, 65504, Infinity, -Infinity, -0, 0.333251953125],
    ])
    expect(numbersIn(weights, 'bfloat')).toEqual(
      [1, -2, Infinity, 2 ** -133, 255 * 2 ** 120].map(Math.fround),
    )
    expect(weights.get('counter')).toMatchObject({ type: 'float32', shape: [] })
  })
})
