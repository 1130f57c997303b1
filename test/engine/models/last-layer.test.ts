import { describe, expect, test } from 'vitest'
import { builtInOriginal, convertBuiltIn } from '../../../src/engine/models/built-in.ts'
import { type NewClasses, replaceLastLayer } from '../../../src/engine/models/last-layer.ts'
import { buildNetwork } from '../../../src/engine/models/zoo/architectures.ts'
import { addWeight } from '../../../src/engine/onnx/graph.ts'
import { floatTensor, intTensor } from '../../../src/engine/onnx/tensor.ts'
import { caught } from '../../fixtures/caught.ts'
import { largestDifference } from '../../fixtures/difference.ts'
import { exportedNetwork } from '../../fixtures/exported-network.ts'
import {
  chain,
  channel,
  keepsChannels,
  random,
  run,
  smallNetwork,
} from '../../fixtures/last-layer.ts'
import { fillGolden } from '../../fixtures/zoo-weights.ts'

const swapped: NewClasses = { classes: 2, rows: [2, 0], seed: 1 }
const small = [1, 4, 5, 6]

describe('Replacing the last layer', () => {
  test('starts classes from those that they are mapped to: DeepLabV3 of torchvision', async () => {
    const make = () => fillGolden(buildNetwork('deeplabv3_mobilenet_v3_large', { classes: 21 }))
    const options = { classes: 3, rows: [0, 15, null], seed: 1 }
    const { names, graph } = await keepsChannels(make, [1, 3, 33, 49], options)
    expect(names).toEqual(['classifier.4.weight', 'classifier.4.bias'])
    expect(graph.weights.get('classifier.4.weight')?.shape).toEqual([3, 256, 1, 1])
  })

  test('of the auxiliary head, too', () => {
    const graph = buildNetwork('fcn_resnet50', { classes: 21, auxiliary: true })
    const names = replaceLastLayer(graph, { classes: 2, rows: [0, 15], seed: 1 })
    expect(names).toContain('aux_classifier.4.weight')
    expect(graph.outputs.map(({ shape }) => shape?.[1])).toEqual([2, 2])
    const alone = buildNetwork('fcn_resnet50', { classes: 21, auxiliary: true })
    replaceLastLayer(alone, { classes: 2, rows: [0, 15], seed: 1, outputs: ['logits'] })
    expect(alone.outputs.map(({ name }) => name)).toEqual(['logits'])
    expect(alone.weights.has('aux_classifier.4.weight')).toBe(false)
  })

  test('takes both layers whose sum the logits are: LR-ASPP', async () => {
    const make = () => fillGolden(buildNetwork('lraspp_mobilenet_v3_large', { classes: 21 }))
    const options = { classes: 2, rows: [0, 15], seed: 1 }
    const { names } = await keepsChannels(make, [1, 3, 33, 49], options)
    expect(names).toEqual([
      'classifier.low_classifier.weight',
      'classifier.low_classifier.bias',
      'classifier.high_classifier.weight',
      'classifier.high_classifier.bias',
    ])
  })

  test('works on the built-in network', async () => {
    const make = () => convertBuiltIn(builtInOriginal())
    const options = { classes: 2, rows: [0, 15], seed: 1 }
    const { names } = await keepsChannels(make, [1, 3, 33, 49], options)
    expect(names).toHaveLength(2)
  })

  test('looks through resizing, transposition and sums with a bias', async () => {
    const make = () =>
      smallNetwork((graph) => {
        addWeight(graph, 'scales', floatTensor([4], Float32Array.of(1, 2, 2, 1)))
        addWeight(graph, 'shift', random('shift', 1, 3, 1, 1))
        chain(graph, [
          ['Conv', ['x', 'w'], 'a'],
          ['Add', ['a', 'shift'], 'b1'],
          ['Transpose', ['b1'], 'c', { perm: { ints: [0, 2, 3, 1] } }],
          ['Resize', ['c', '', 'scales'], 'd'],
          ['Transpose', ['d'], 'y', { perm: { ints: [0, 3, 1, 2] } }],
        ])
      })
    await keepsChannels(make, small, swapped)
  })

  test('works on a product of matrices whose pixels lie in a row', async () => {
    const make = () =>
      smallNetwork((graph) => {
        addWeight(graph, 'rows', intTensor([1, 4, 30]))
        addWeight(graph, 'sides', intTensor([1, 3, 5, 6]))
        addWeight(graph, 'matrix', random('matrix', 4, 3))
        chain(graph, [
          ['Reshape', ['x', 'rows'], 'a'],
          ['Transpose', ['a'], 'features', { perm: { ints: [0, 2, 1] } }],
          ['MatMul', ['features', 'matrix'], 'c'],
          ['Add', ['c', 'b'], 'd'],
          ['Transpose', ['d'], 'e', { perm: { ints: [0, 2, 1] } }],
          ['Reshape', ['e', 'sides'], 'y'],
        ])
      })
    const { names } = await keepsChannels(make, small, swapped)
    expect(names.toSorted()).toEqual(['b', 'matrix'])
  })

  test('works on a transposed convolution', async () => {
    const make = () =>
      smallNetwork((graph) => {
        addWeight(graph, 'up', random('up', 4, 3, 2, 2))
        const strides = { strides: { ints: [2, 2] } }
        chain(graph, [['ConvTranspose', ['x', 'up', 'b'], 'y', strides]])
      })
    await keepsChannels(make, small, swapped)
  })

  test('leaves a softmax out, so that the outputs are logits', async () => {
    const plain = smallNetwork((graph) => chain(graph, [['Conv', ['x', 'w', 'b'], 'y']]))
    const graph = smallNetwork((own) =>
      chain(own, [
        ['Conv', ['x', 'w', 'b'], 'a'],
        ['Softmax', ['a'], 'y', { axis: { int: 1 } }],
      ]),
    )
    replaceLastLayer(graph, swapped)
    const [logits, after] = [await run(plain, small), await run(graph, small)]
    expect(largestDifference(channel(after, 1), channel(logits, 0))).toBeLessThan(1e-6)
  })

  test('makes of a sigmoid of one class a softmax of two, with equal probabilities', async () => {
    const make = (end: string) => {
      const graph = smallNetwork((own) => {
        addWeight(own, 'w', random('w', 1, 4, 1, 1))
        addWeight(own, 'b', random('b', 1))
        chain(own, [
          ['Conv', ['x', 'w', 'b'], 'a'],
          [end, ['a'], 'y'],
        ])
      })
      return graph
    }
    const probability = channel(await run(make('Sigmoid'), small), 0)
    const graph = make('Sigmoid')
    replaceLastLayer(graph, { classes: 2, rows: [null, 0], seed: 1 })
    const logits = await run(graph, small)
    const [background, person] = [channel(logits, 0), channel(logits, 1)]
    const softmax = person.map((z, i) => Math.exp(z) / (Math.exp(z) + Math.exp(background[i] ?? 0)))
    expect(largestDifference(softmax, probability)).toBeLessThan(1e-6)
  })

  test('draws classes without an origin as PyTorch does, the same for the same seed', () => {
    const weightsOf = (seed: number) => {
      const graph = buildNetwork('deeplabv3_resnet50', { classes: 21 })
      const names = replaceLastLayer(graph, { classes: 2, rows: [null, null], seed })
      return names.map((name) => Array.from(graph.weights.get(name)?.data ?? [], Number))
    }
    const [weight = [], bias = []] = weightsOf(7)
    const bound = 1 / Math.sqrt(256)
    const numbers = [...weight, ...bias]
    expect(Math.max(...numbers.map(Math.abs))).toBeLessThanOrEqual(bound)
    const square = weight.reduce((sum, value) => sum + value * value, 0) / weight.length
    expect(Math.sqrt(square) / (bound / Math.sqrt(3))).toBeCloseTo(1, 1)
    expect(weightsOf(7)).toEqual([weight, bias])
    expect(weightsOf(8)).not.toEqual([weight, bias])
  })

  test('leaves weights alone that another layer uses as well', async () => {
    const make = () =>
      smallNetwork(
        (graph) => {
          addWeight(graph, 'square', random('square', 4, 4, 1, 1))
          chain(graph, [
            ['Conv', ['x', 'square'], 'a'],
            ['Relu', ['a'], 'r'],
            ['Conv', ['r', 'square'], 'y'],
          ])
        },
        [1, 4, 5, 6],
      )
    const { names, graph } = await keepsChannels(make, small, { classes: 2, rows: [3, 1], seed: 1 })
    expect(names).not.toContain('square')
    expect(graph.weights.get('square')?.shape).toEqual([4, 4, 1, 1])
  })

  test.each([
    [
      'an activation',
      [
        ['Conv', ['x', 'w', 'b'], 'a'],
        ['Relu', ['a'], 'y'],
      ],
      "Relu 'y'",
    ],
    [
      'weighted classes',
      [
        ['Conv', ['x', 'w'], 'a'],
        ['Mul', ['a', 'c'], 'y'],
      ],
      "Mul 'y'",
    ],
    ['nothing but the input', [['Identity', ['x'], 'y']], "'x' is not computed"],
    [
      'computed weights',
      [
        ['Relu', ['w'], 'v'],
        ['Conv', ['x', 'v'], 'y'],
      ],
      "Conv 'y'",
    ],
    [
      'two uses',
      [
        ['Conv', ['x', 'w'], 'a'],
        ['Add', ['a', 'a'], 'y'],
      ],
      "'a' is used more than once",
    ],
  ] as const)('names what is in the way: %s', (_, nodes, words) => {
    const graph = smallNetwork((own) => {
      addWeight(own, 'c', random('c', 1, 3, 1, 1))
      chain(
        own,
        nodes.map(([op, inputs, output]) => [op, [...inputs], output] as const),
      )
    })
    const error = caught(() => replaceLastLayer(graph, swapped))
    expect(error.code).toBe('unsupported-model')
    expect(error.message).toContain(words)
  })

  test('follows sizes that are computed from the logits', async () => {
    const network = await exportedNetwork('deeplab')
    const before = await run(network, [2, 3, 33, 50])
    expect(replaceLastLayer(network, swapped)).toEqual(['last.weight', 'last.bias'])
    const after = await run(network, [2, 3, 33, 50])
    expect(after.shape).toEqual([2, swapped.classes, 33, 50])
    expect(channel(after, 0)).toEqual(channel(before, swapped.rows[0] ?? 0))
  })

  test('changes the number of classes in constant sizes', async () => {
    const graph = smallNetwork(
      (own) => {
        addWeight(own, 'sizes', intTensor([1, 3, 10, 12]))
        chain(own, [
          ['Conv', ['x', 'w', 'b'], 'c'],
          ['Resize', ['c', '', '', 'sizes'], 'y', { mode: { string: 'linear' } }],
        ])
      },
      [1, 3, 10, 12],
    )
    replaceLastLayer(graph, swapped)
    expect((await run(graph, [1, 4, 5, 6])).shape).toEqual([1, swapped.classes, 10, 12])
  })

  test.each([
    ['one class', { classes: 1, rows: [0] }],
    ['too few rows', { classes: 3, rows: [0, 1] }],
    ['a class that there is not', { classes: 2, rows: [0, 3] }],
  ])('refuses %s', (_, options) => {
    const graph = smallNetwork((own) => chain(own, [['Conv', ['x', 'w'], 'y']]))
    expect(caught(() => replaceLastLayer(graph, { ...options, seed: 1 })).code).toBe('bad-value')
  })
})
