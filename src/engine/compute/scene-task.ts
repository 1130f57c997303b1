/** @file A network with the scene adapter, made to know the empty scene of another tape. */

import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import type { Size } from '../../shared/recipe.ts'
import { inputFiller } from '../infer/input-tensor.ts'
import { modelInFolder, networkFile, writeModelFolder } from '../models/model-folder.ts'
import type { StoredModel } from '../models/types.ts'
import { onnxBytes, readOnnx } from '../onnx/file.ts'
import { floatTensor } from '../onnx/tensor.ts'
import { tellScene } from '../train/scene/tell-scene.ts'
import { tapeBackground } from './background-task.ts'
import type { ReaderRequest } from './recent-readers.ts'
import type { TaskContext } from './types.ts'

export interface SceneRequest extends ReaderRequest {
  modelFolder: string
  /** Where the network goes that knows this tape. */
  folder: string
  /** Of the recipe's pictures. */
  size: Size
}

/** Writes the network's folder. Throws `cancelled`, `disk-full`, and what reading the tape or the network throws. */
export async function learnScene(
  request: SceneRequest,
  context: TaskContext<never>,
): Promise<StoredModel> {
  const { modelFolder, folder, size } = request
  const model = await modelInFolder(modelFolder, 'project')
  if (!model) throw new AppError('internal', `there is no network in ${modelFolder}`)
  const { description } = model
  // The adapter has fixed the size of its input.
  const width = description.input.width ?? size.width
  const height = description.input.height ?? size.height
  const { data } = await tapeBackground(request, context)
  const { graph } = await readOnnx(join(modelFolder, networkFile))
  const image = new Float32Array(3 * width * height)
  inputFiller(size, { width, height }, description.input).fill(data, image)
  await tellScene(graph, floatTensor([1, 3, height, width], image))
  return writeModelFolder(folder, 'project', { description, network: onnxBytes(graph) })
}
