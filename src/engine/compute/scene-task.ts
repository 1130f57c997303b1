/** @file A network with the scene adapter, made to know the empty scene of another tape. */

import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { inputFiller } from '../infer/input-tensor.ts'
import { modelInFolder, networkFile, writeModelFolder } from '../models/model-folder.ts'
import type { StoredModel } from '../models/types.ts'
import { onnxBytes, readOnnx } from '../onnx/file.ts'
import { floatTensor } from '../onnx/tensor.ts'
import { tellScene } from '../train/scene/tell-scene.ts'
import type { Scene } from './background-task.ts'

export interface SceneRequest {
  modelFolder: string
  /** Where the network goes that knows this tape. */
  folder: string
  /** The tape's empty scene through the recipe. */
  scene: Scene
}

/** Writes the network's folder. Throws `disk-full`, and what reading the network throws. */
export async function learnScene({
  modelFolder,
  folder,
  scene,
}: SceneRequest): Promise<StoredModel> {
  const model = await modelInFolder(modelFolder, 'project')
  if (!model) throw new AppError('internal', `there is no network in ${modelFolder}`)
  const { description } = model
  // The adapter has fixed the size of its input.
  const width = description.input.width ?? scene.width
  const height = description.input.height ?? scene.height
  const { graph } = await readOnnx(join(modelFolder, networkFile))
  const image = new Float32Array(3 * width * height)
  inputFiller(scene, { width, height }, description.input).fill(scene.data, image)
  await tellScene(graph, floatTensor([1, 3, height, width], image))
  return writeModelFolder(folder, 'project', { description, network: onnxBytes(graph) })
}
