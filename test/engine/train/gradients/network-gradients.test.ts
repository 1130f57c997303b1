import { describe, test } from 'vitest'
import { buildNetwork } from '../../../../src/engine/models/zoo/architectures.ts'
import { addNode, addWeight, emptyGraph, type Graph } from '../../../../src/engine/onnx/graph.ts'
import { floatTensor, sizeOf } from '../../../../src/engine/onnx/tensor.ts'
import {
  checkNetwork,
  networkClasses as classes,
  type NetworkCase,
} from '../../../fixtures/check-network.ts'
import { exportedNetwork } from '../../../fixtures/exported-network.ts'
import { goldenFloat32 } from '../../../fixtures/golden-hash.ts'
import { fillGolden } from '../../../fixtures/zoo-weights.ts'

/** The same layers with a sixteenth of the channels. */
function thinned(graph: Graph): Graph {
  for (const [name, { shape }] of graph.weights) {
    const thin = shape.map((side, axis) => (axis < 2 && side % 16 === 0 ? side / 16 : side))
    graph.weights.set(name, floatTensor(thin, new Float32Array(sizeOf(thin))))
  }
  return graph
}

/** A network as exporters wrote it years ago. */
function oldNetwork(): Graph {
  const graph = emptyGraph('old')
  graph.opset = 9
  graph.inputs.push({ name: 'image', type: 'float32', shape: [2, 3, 16, 16] })
  const weight = (name: string, ...shape: number[]) =>
    addWeight(graph, name, floatTensor(shape, goldenFloat32(name, sizeOf(shape))))
  const padded = addNode(graph, 'Pad', ['image'], 'padded', {
    pads: { ints: [0, 0, 1, 1, 0, 0, 1, 1] },
  })
  addNode(graph, 'Conv', [padded, weight('w1', 4, 3, 3, 3)], 'conv', { strides: { ints: [2, 2] } })
  addNode(graph, 'Clip', ['conv'], 'clip', { min: { float: 0 }, max: { float: 6 } })
  const scales = addWeight(graph, 'scales', floatTensor([4], Float32Array.of(1, 1, 2, 2)))
  addNode(graph, 'Upsample', ['clip', scales], 'larger', { mode: { string: 'linear' } })
  addNode(
    graph,
    'Conv',
    ['larger', weight('w2', classes, 4, 1, 1), weight('b2', classes)],
    'logits',
  )
  graph.outputs.push({ name: 'logits', type: 'float32', shape: [2, classes, 16, 16] })
  return graph
}

const cases: NetworkCase[] = [
  {
    title: 'a U-Net that PyTorch exported',
    forward: () => exportedNetwork('unet'),
    size: [16, 16],
    each: true,
  },
  {
    title: 'a DeepLabV3 that PyTorch exported',
    forward: () => exportedNetwork('deeplab'),
    size: [32, 32],
    each: true,
  },
  {
    title: 'a DeepLabV3 that PyTorch exported, with statistics of the batch',
    forward: () => exportedNetwork('deeplab'),
    size: [32, 32],
    batchNorm: 'batch',
    float32: 5e-3,
  },
  {
    title: 'a network of an old operator set',
    forward: oldNetwork,
    size: [16, 16],
    each: true,
  },
  {
    title: 'the U-Net of 2015, thinned',
    forward: () => fillGolden(thinned(buildNetwork('unet_2015', { classes }))),
    size: [16, 16],
  },
  {
    title: 'the U-Net of 2015, thinned, with statistics of the batch',
    forward: () => fillGolden(thinned(buildNetwork('unet_2015', { classes }))),
    size: [32, 32],
    batchNorm: 'batch',
    // One of its 16000 last activations is on the other side of 0 there.
    float32: 5e-2,
  },
]

describe('The gradients are those of differences, and of ONNX Runtime, for', () => {
  test.each(cases)('$title', checkNetwork)
})
