import { describe, expect, test } from 'vitest'
import { builtInId } from '../../../../src/engine/models/built-in.ts'
import type { Architecture } from '../../../../src/engine/models/zoo/architecture.ts'
import {
  architectureNames,
  architectureOf,
  type BuiltArchitecture,
  buildNetwork,
} from '../../../../src/engine/models/zoo/architectures.ts'
import { describeArchitecture } from '../../../../src/engine/models/zoo/describe.ts'
import { floatAttribute, type Graph } from '../../../../src/engine/onnx/graph.ts'
import { fixShapes, shapeOf } from '../../../../src/engine/onnx/shapes.ts'
import { sizeOf } from '../../../../src/engine/onnx/tensor.ts'
import { trainableWeights } from '../../../../src/engine/train/graph/parameters.ts'
import { caught } from '../../../fixtures/caught.ts'
import { goldenNames, readGolden } from '../../../fixtures/golden-network.ts'
import { describeWithShared } from '../../../fixtures/shared.ts'

/** Names of a built network's weights that are layers', running statistics aside. */
function parameterNames(graph: Graph): string[] {
  const names = [...graph.weights.keys()].filter((name) => !name.includes('/'))
  return names.filter((name) => !/\.running_(mean|var)$/.test(name))
}

function countParameters(graph: Graph): number {
  const sizes = parameterNames(graph).map((name) => sizeOf(graph.weights.get(name)?.shape ?? [0]))
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** What the projects that publish these networks say of their size. */
const published: readonly [BuiltArchitecture, number, boolean, number][] = [
  ['deeplabv3_resnet50', 21, true, 42_004_074],
  ['deeplabv3_resnet101', 21, true, 60_996_202],
  ['fcn_resnet50', 21, true, 35_322_218],
  ['fcn_resnet101', 21, true, 54_314_346],
  ['deeplabv3_mobilenet_v3_large', 21, true, 11_029_328],
  ['lraspp_mobilenet_v3_large', 21, false, 3_221_538],
  ['unet_2015', 2, false, 31_037_698],
]

describe('An architecture of the zoo', () => {
  test.each(published)(
    'has as many parameters as published: %s',
    (name, classes, auxiliary, count) => {
      expect(countParameters(buildNetwork(name, { classes, auxiliary }))).toBe(count)
    },
  )

  test.each(architectureNames)('gives logits and features of its strides: %s', async (name) => {
    const architecture: Architecture = architectureOf(name)
    const graph = await architecture.build({ classes: 3 })
    const { low, middle } = architecture.features
    const unknown = { type: 'float32', shape: null } as const
    graph.outputs.push({ name: low, ...unknown }, { name: middle, ...unknown })
    const [height, width] = [64, 96]
    fixShapes(graph, { image: [2, 3, height, width] })
    const grid = (stride: number) => [height / stride, width / stride]
    expect(shapeOf(graph, 'logits')).toEqual([2, 3, ...grid(architecture.stride)])
    expect(shapeOf(graph, low).slice(2)).toEqual(grid(4))
    expect(shapeOf(graph, middle).slice(2)).toEqual(grid(8))
  })

  test.each(['deeplabv3_resnet50', 'deeplabv3_mobilenet_v3_large'] as const)(
    'has auxiliary logits of stride 8 where asked for: %s',
    (name) => {
      const graph = buildNetwork(name, { classes: 2, auxiliary: true })
      fixShapes(graph, { image: [1, 3, 65, 97] })
      expect(shapeOf(graph, 'auxiliary_logits')).toEqual([1, 2, 9, 13])
    },
  )

  test('refuses an auxiliary head where there is none', () => {
    const build = () => buildNetwork('unet_vgg16', { classes: 2, auxiliary: true })
    expect(caught(build).code).toBe('bad-value')
  })

  test('refuses names that there are not, and lists those that there are', () => {
    const error = caught(() => architectureOf('deeplabv4'))
    expect(error).toMatchObject({
      code: 'bad-value',
      message: "there is no architecture 'deeplabv4'",
    })
    for (const name of architectureNames) expect(error.hint).toContain(name)
  })

  test.each(architectureNames.filter((name) => name !== builtInId))(
    'can be trained in all its parameters: %s',
    async (name) => {
      const { build, lastLayers } = architectureOf(name)
      const graph = await build({ classes: 2 })
      const parameters = trainableWeights(graph)
      expect(parameters.toSorted()).toEqual(parameterNames(graph).toSorted())
      for (const layer of lastLayers) expect(parameters).toContain(`${layer}.weight`)
    },
  )

  test('normalises by batch as its original: MobileNetV3 with .001, all others with .00001', () => {
    const epsilons = (name: BuiltArchitecture, part: string): number[] => {
      const { nodes } = buildNetwork(name, { classes: 2 })
      const found = nodes.filter(
        ({ op, name: key }) => op === 'BatchNormalization' && key.startsWith(part),
      )
      return [...new Set(found.map((node) => floatAttribute(node, 'epsilon', 0)))]
    }
    expect(epsilons('lraspp_mobilenet_v3_large', 'backbone')).toEqual([1e-3])
    expect(epsilons('lraspp_mobilenet_v3_large', 'classifier')).toEqual([1e-5])
    expect(epsilons('deeplabv3_mobilenet_v3_large', 'classifier')).toEqual([1e-5])
    expect(epsilons('deeplabv3_resnet50', '')).toEqual([1e-5])
    expect(epsilons('unet_vgg16', '')).toEqual([1e-5])
  })

  test('is described as a project keeps it, with a person among its classes', () => {
    const own = describeArchitecture('deeplabv3_resnet50')
    expect(own).toMatchObject({ id: 'deeplabv3_resnet50', licence: 'BSD-3-Clause' })
    expect(own.classes).toHaveLength(21)
    expect(own.classMap).toEqual({ background: 'background', person: 'person' })
    expect(own.input).toMatchObject({ scale: 1 / 255, mean: [0.485, 0.456, 0.406], multiple: 1 })
    expect(own.output).toMatchObject({ name: 'logits', kind: 'logits', stride: 8 })
    const other = describeArchitecture('unet_2015', ['floor', 'cart'])
    expect(other).toMatchObject({
      classes: ['floor', 'cart'],
      classMap: {},
      input: { multiple: 16 },
    })
  })
})

describeWithShared('A network of the zoo', () => {
  test.each(goldenNames)('has the parameters of its PyTorch original, by name: %s', (name) => {
    const { classes, parameters, frozen_bn: steps, state_dict: entries } = readGolden(name)
    const graph = buildNetwork(name, { classes })
    expect(countParameters(graph)).toBe(parameters)
    if (steps)
      expect(Object.keys(steps.grad_norms).toSorted()).toEqual(parameterNames(graph).toSorted())
    if (!entries) return
    const layers = [...graph.weights].filter(([key]) => !key.includes('/'))
    const own = Object.fromEntries(layers.map(([key, { shape }]) => [key, [...shape]]))
    const counted = Object.entries(entries).filter(([key]) => !key.endsWith('num_batches_tracked'))
    expect(own).toEqual(Object.fromEntries(counted))
  })
})
