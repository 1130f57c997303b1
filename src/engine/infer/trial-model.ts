/** @file A network so small that trying a device with it takes milliseconds. */
import { onnxBytes } from '../onnx/file.ts'
import { addNode, addWeight, emptyGraph } from '../onnx/graph.ts'
import { floatTensor, sizeOf, type Tensor } from '../onnx/tensor.ts'

const shape = [1, 16, 64, 64]

/** A 3x3 convolution from 16 to 16 channels. */
export function trialModel(): Uint8Array {
  const graph = emptyGraph('trial')
  const filter = [16, 16, 3, 3]
  const weight = floatTensor(filter, new Float32Array(sizeOf(filter)).fill(0.01))
  graph.inputs.push({ name: 'x', type: 'float32', shape })
  graph.outputs.push({ name: 'y', type: 'float32', shape })
  addNode(graph, 'Conv', ['x', addWeight(graph, 'weight', weight)], 'y', {
    pads: { ints: [1, 1, 1, 1] },
  })
  return onnxBytes(graph)
}

/** What the trial network is fed with. */
export function trialInput(): Tensor {
  return floatTensor(shape, new Float32Array(sizeOf(shape)).fill(1))
}
