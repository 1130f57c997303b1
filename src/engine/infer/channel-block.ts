/** @file In blocks of how many channels ONNX Runtime's processor kernels compute here. */
import { AppError } from '../../shared/errors.ts'
import { onnxBytes } from '../onnx/file.ts'
import { emptyGraph } from '../onnx/graph.ts'
import { floatTensor } from '../onnx/tensor.ts'
import { openGraph } from './session.ts'

const domain = 'com.microsoft.nchwc'
const channels = 32

/** Brings two pixels with many channels into blocks. */
function probe(): Uint8Array {
  const graph = emptyGraph('channel-block')
  const shape = [1, channels, 1, 2]
  graph.otherOpsets[domain] = 1
  graph.inputs.push({ name: 'x', type: 'float32', shape })
  graph.nodes.push({
    op: 'ReorderInput',
    domain,
    name: 'y',
    inputs: ['x'],
    outputs: ['y'],
    attributes: { channels_last: { int: 0 } },
  })
  graph.outputs.push({ name: 'y', type: 'float32', shape })
  return onnxBytes(graph)
}

async function measure(): Promise<number | null> {
  try {
    await using session = await openGraph(probe(), { device: 'cpu', threads: 1 })
    // Elements of the second pixel are negative: the first of them ends the first block.
    const values = Float32Array.from({ length: 2 * channels }, (_, i) => (i % 2 === 0 ? 1 : -1))
    const { y } = await session.run({ x: floatTensor([1, channels, 1, 2], values) })
    const block = y ? Array.from(y.data, Number).indexOf(-1) : -1
    return block > 1 && block < channels ? block : null
  } catch (error) {
    // A build of ONNX Runtime without these operators.
    if (error instanceof AppError && error.code === 'unsupported-model') return null
    throw error
  }
}

let block: Promise<number | null> | undefined

/** 8 or 16 on most processors (AVX2, AVX-512); null where there are no such kernels. */
export function channelBlock(): Promise<number | null> {
  block ??= measure()
  return block
}
