/** @file Whether a network has the empty scene of a camera in it. */
import type { ModelDescription } from '../models/types.ts'
import { readOnnx } from '../onnx/file.ts'
import { hasSceneAdapter } from '../train/scene/scene-adapter.ts'

/** Only networks that were trained for a camera, with an input of one size, need a look inside. */
export async function holdsScene(
  { input, geometryHash }: Pick<ModelDescription, 'input' | 'geometryHash'>,
  modelFile: string,
): Promise<boolean> {
  if (input.width === null || geometryHash === null) return false
  return hasSceneAdapter((await readOnnx(modelFile)).graph)
}
