/** @file A stored network in the form in which it runs fastest. */
import { AppError } from '../../shared/errors.ts'
import { onnxBytes, readOnnx } from '../onnx/file.ts'
import { foldAffine } from '../onnx/fold-affine.ts'
import { mergePointwise } from '../onnx/merge-pointwise.ts'

/**
 * What ONNX Runtime is to load: the network with its linear steps merged, or the file itself where
 * it holds something that only ONNX Runtime reads. Throws what `readOnnx` throws for a broken file.
 */
export async function prepareModel(modelFile: string): Promise<Uint8Array | string> {
  try {
    const { graph } = await readOnnx(modelFile)
    foldAffine(graph)
    mergePointwise(graph)
    return onnxBytes(graph)
  } catch (error) {
    if (error instanceof AppError && error.code === 'unsupported-model') return modelFile
    throw error
  }
}
