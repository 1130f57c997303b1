/** @file Weights that lie in files beside the `.onnx` file. */
import { open, realpath } from 'node:fs/promises'
import { isAbsolute, join, relative } from 'node:path'
import { AppError, toAppError } from '../../shared/errors.ts'
import type { ModelProto, TensorProto } from './proto.ts'

/** TensorProto.DataLocation: the elements are in another file. */
const external = 1

/** Where a tensor's bytes lie (https://onnx.ai/onnx/repo-docs/ExternalData.html). */
function placeOf(tensor: TensorProto): { location: string; offset: number; length: number | null } {
  const entries = new Map(tensor.externalData.map(({ key, value }) => [key, value]))
  const number = (key: string): number | null => {
    const value = entries.get(key)
    if (value === undefined) return null
    if (/^\d+$/.test(value)) return Number(value)
    throw badPlace(tensor, `its ${key} is '${value}'`)
  }
  return {
    location: entries.get('location') ?? '',
    offset: number('offset') ?? 0,
    length: number('length'),
  }
}

function badPlace(tensor: TensorProto, problem: string): AppError {
  return new AppError(
    'bad-model',
    `weight '${tensor.name}' lies in another file, but ${problem}`,
    'Keep the files that were exported together in one folder.',
  )
}

/** The real path of `location`, which must lie inside `folder`, links resolved. */
async function containedPath(
  tensor: TensorProto,
  folder: string,
  location: string,
): Promise<string> {
  const outside = badPlace(tensor, `'${location}' is outside of the model's folder`)
  if (isAbsolute(location)) throw outside
  let path: string
  try {
    path = await realpath(join(folder, location))
  } catch (error) {
    throw badPlace(tensor, `${location} is missing: ${toAppError(error, location).message}`)
  }
  const inside = relative(await realpath(folder), path)
  if (inside.startsWith('..') || isAbsolute(inside)) throw outside
  return path
}

async function readPart(tensor: TensorProto, folder: string): Promise<Uint8Array> {
  const { location, offset, length } = placeOf(tensor)
  const file = await open(await containedPath(tensor, folder, location))
  try {
    const available = (await file.stat()).size - offset
    const wanted = length ?? available
    if (wanted > available || wanted < 0)
      throw badPlace(tensor, `${location} ends before byte ${offset + wanted}`)
    const bytes = new Uint8Array(wanted)
    await file.read(bytes, 0, wanted, offset)
    return bytes
  } finally {
    await file.close()
  }
}

/**
 * Reads the weights that lie in files of their own in `folder` into the model. Returns whether
 * there were any. Throws `bad-model` for a file that is missing, too short, or outside of the
 * folder.
 */
export async function embedExternalData(model: ModelProto, folder: string): Promise<boolean> {
  const tensors = (model.graph?.initializer ?? []).filter(
    ({ dataLocation }) => dataLocation === external,
  )
  for (const tensor of tensors) {
    tensor.rawData = await readPart(tensor, folder)
    tensor.externalData = []
    delete tensor.dataLocation
  }
  return tensors.length > 0
}
