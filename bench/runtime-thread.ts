/** @file A thread in which ONNX Runtime runs a network again and again, and nothing else happens. */
import { parentPort, workerData } from 'node:worker_threads'
import { openSession } from '../src/engine/infer/session.ts'
import { floatTensor, sizeOf } from '../src/engine/onnx/tensor.ts'

export interface ThreadOptions {
  modelFile: string
  /** Threads of ONNX Runtime. */
  threads: number
  /** Pictures per run. */
  batch: number
  /** Of the network's input. */
  side: number
}

const { modelFile, threads, batch, side }: ThreadOptions = workerData
const session = await openSession(modelFile, { device: 'cpu', threads })
const shape = [batch, 3, side, side]
const pixels = new Float32Array(sizeOf(shape)).map((_, i) => Math.sin(i * 0.37))
const feeds = { image: floatTensor(shape, pixels) }
const results = await session.run(feeds)
await session.run(feeds, results)

parentPort?.on('message', async (runs: number) => {
  for (let i = 0; i < runs; i++) await session.run(feeds, results)
  parentPort?.postMessage('done')
})
parentPort?.postMessage('ready')
