/** @file Reads a TensorFlow.js graph model: model.json and the weight shards it names. */
import { readFile } from 'node:fs/promises'
import { dirname, isAbsolute, join, normalize } from 'node:path'
import { z } from 'zod'
import { AppError, toAppError } from '../../../shared/errors.ts'
import { readJson } from '../../formats/json.ts'
import { numbersOf, type Tensor, tensorOf, viewBytes } from '../../onnx/tensor.ts'

const integer = z.union([z.string(), z.number()]).transform(Number)
const shapeSchema = z.object({ dim: z.array(z.object({ size: integer })).optional() })

/** One attribute; text is base64, 64 bit integers are text. */
const attributeSchema = z.object({
  b: z.boolean().optional(),
  i: integer.optional(),
  f: z.number().optional(),
  s: z.string().optional(),
  type: z.union([z.string(), z.number()]).optional(),
  shape: shapeSchema.optional(),
  list: z.object({ i: z.array(integer).optional(), s: z.array(z.string()).optional() }).optional(),
})

const nodeSchema = z.object({
  name: z.string(),
  op: z.string(),
  input: z.array(z.string()).default([]),
  attr: z.record(z.string(), attributeSchema).default({}),
})

const weightSchema = z.object({
  name: z.string(),
  shape: z.array(z.int().min(0)),
  dtype: z.string(),
  quantization: z
    .object({ dtype: z.string(), scale: z.number().optional(), min: z.number().optional() })
    .optional(),
})

const modelSchema = z.object({
  modelTopology: z.object({ node: z.array(nodeSchema) }),
  weightsManifest: z.array(
    z.object({ paths: z.array(z.string()), weights: z.array(weightSchema) }),
  ),
})

export type TfAttribute = z.infer<typeof attributeSchema>
export type TfNode = z.infer<typeof nodeSchema>
type WeightEntry = z.infer<typeof weightSchema>

export interface GraphModel {
  /** By name. */
  nodes: Map<string, TfNode>
  /** Constants, in TensorFlow's order of dimensions. */
  weights: Map<string, Tensor>
}

type StoredType = 'float32' | 'int32' | 'bool' | 'uint8' | 'uint16'

const storedTypes: Record<string, StoredType> = {
  float32: 'float32',
  int32: 'int32',
  bool: 'bool',
  uint8: 'uint8',
  uint16: 'uint16',
}

function unsupported(entry: WeightEntry, type: string): AppError {
  return new AppError(
    'unsupported-model',
    `weight '${entry.name}' is stored as ${type}, expected one of ${Object.keys(storedTypes).join(', ')}`,
    'Convert the network without that quantisation.',
  )
}

/** One weight from the front of `bytes`, and how many bytes it took. */
function readWeight(entry: WeightEntry, bytes: Uint8Array): { tensor: Tensor; length: number } {
  const { dtype, quantization, shape } = entry
  const stored = storedTypes[quantization?.dtype ?? dtype]
  if (!stored) throw unsupported(entry, quantization?.dtype ?? dtype)
  const size = shape.reduce((product, side) => product * side, 1)
  const width = stored === 'float32' || stored === 'int32' ? 4 : stored === 'uint16' ? 2 : 1
  const length = size * width
  if (length > bytes.length)
    throw new AppError(
      'bad-model',
      `weight '${entry.name}' needs ${length} bytes, its files hold only ${bytes.length} more`,
      'A weight file is cut off; download the network again.',
    )
  const tensor = { type: stored, shape, data: viewBytes(stored, bytes.subarray(0, length)) }
  if (!quantization) return { tensor, length }
  const { scale = 1, min = 0 } = quantization
  const values = numbersOf(tensor).map((value) => value * scale + min)
  return { tensor: tensorOf('float32', shape, values), length }
}

async function readShard(folder: string, path: string): Promise<Uint8Array> {
  if (isAbsolute(path) || normalize(path).startsWith('..'))
    throw new AppError('bad-model', `weight file '${path}' is outside of the model's folder`)
  try {
    return await readFile(join(folder, path))
  } catch (error) {
    throw toAppError(error, join(folder, path))
  }
}

/**
 * Reads a graph model. Throws `bad-json`, `bad-value` for a model.json that is none, `bad-model`
 * for weights that are cut off, `unsupported-model` for quantisations that are not read.
 */
export async function readGraphModel(modelJson: string): Promise<GraphModel> {
  const model = await readJson(modelJson, modelSchema)
  const weights = new Map<string, Tensor>()
  for (const group of model.weightsManifest) {
    const shards = group.paths.map((path) => readShard(dirname(modelJson), path))
    let bytes: Uint8Array = Buffer.concat(await Promise.all(shards))
    for (const entry of group.weights) {
      const { tensor, length } = readWeight(entry, bytes)
      weights.set(entry.name, tensor)
      bytes = bytes.subarray(length)
    }
  }
  return { nodes: new Map(model.modelTopology.node.map((node) => [node.name, node])), weights }
}
