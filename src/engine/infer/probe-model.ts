/** @file Finds out what a network answers with by running it once on a grey picture. */
import { AppError } from '../../shared/errors.ts'
import { sizeOf, tensorOf } from '../onnx/tensor.ts'
import { openSession } from './session.ts'

export interface ProbeRequest {
  modelFile: string
  input: { name: string; type: 'float32' | 'uint8' }
  /** Shapes of the input that are tried in turn until one runs. */
  shapes: readonly (readonly number[])[]
}

export interface ProbeAnswer {
  /** The shape that ran. */
  shape: readonly number[]
  outputs: { name: string; type: string; shape: readonly number[] }[]
}

/** Runs a network; in a compute process, since a hostile file can crash ONNX Runtime. */
export type ProbeModel = (request: ProbeRequest) => Promise<ProbeAnswer>

/**
 * Opens the network on the processor and runs it. Throws `bad-model` for one that does not open,
 * `unsupported-model` for one that runs with none of the shapes.
 */
export async function probeModel({ modelFile, input, shapes }: ProbeRequest): Promise<ProbeAnswer> {
  await using session = await openSession(modelFile, { device: 'cpu' })
  let failure: unknown
  for (const shape of shapes) {
    const grey = new Array<number>(sizeOf(shape)).fill(input.type === 'uint8' ? 128 : 0)
    try {
      const results = await session.run({ [input.name]: tensorOf(input.type, shape, grey) })
      const outputs = Object.entries(results).map(([name, { type, shape: sides }]) => {
        return { name, type, shape: sides }
      })
      return { shape, outputs }
    } catch (error) {
      failure = error
    }
  }
  if (failure instanceof AppError) throw failure
  throw new AppError('unsupported-model', 'the network runs with none of the usual input sizes')
}
