/** @file `.onnx` files: read with clear errors, written whole or not at all. */
import { randomUUID } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { AppError, toAppError } from '../../shared/errors.ts'
import { decodeGraph } from './decode.ts'
import { encodeGraph } from './encode.ts'
import { embedExternalData } from './external-data.ts'
import type { Graph } from './graph.ts'
import { decodeModel, encodeModel, type ModelProto } from './proto.ts'

/** The limit of one protobuf message, and so of a file without external data. */
const largestFile = 2 ** 31

function parse(bytes: Uint8Array, path: string): ModelProto {
  if (bytes.length === 0)
    throw new AppError('bad-model', `${path} is empty, an .onnx network was expected`)
  try {
    return decodeModel(bytes)
  } catch (error) {
    throw new AppError(
      'bad-model',
      `${path} is no whole .onnx file: ${error instanceof Error ? error.message : error}`,
      'It may be cut off or of another format; export or download it again.',
      { cause: error },
    )
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch (error) {
    throw toAppError(error, path)
  }
}

function graphOf(model: ModelProto, path: string): Graph {
  try {
    return decodeGraph(model)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new AppError(error.code, `${path}: ${error.message}`, error.hint, { cause: error })
  }
}

/** Bytes of a message. Throws `unsupported-model` above protobuf's 2 GiB. */
function encode(model: ModelProto): Uint8Array {
  const bytes = encodeModel(model)
  if (bytes.length < largestFile) return bytes
  throw new AppError('unsupported-model', 'the network is larger than 2 GiB')
}

/**
 * Reads a network, and its bytes as one file: weights that lie in files of their own are in it.
 * Throws `bad-model` for a file that is broken or no ONNX, `unsupported-model` for weights that
 * cannot be read, and the file system's errors.
 */
export async function readOnnx(path: string): Promise<{ graph: Graph; bytes: Uint8Array }> {
  const bytes = await readBytes(path)
  const model = parse(bytes, path)
  const changed = await embedExternalData(model, dirname(path))
  return { graph: graphOf(model, path), bytes: changed ? encode(model) : bytes }
}

/** The bytes of an `.onnx` file. Throws `unsupported-model` above protobuf's 2 GiB. */
export function onnxBytes(graph: Graph): Uint8Array {
  return encode(encodeGraph(graph))
}

/** Writes a network, beside its place first, so that no reader ever sees half of it. */
export async function writeOnnx(path: string, graph: Graph): Promise<void> {
  const beside = `${path}.${randomUUID()}.tmp`
  try {
    await writeFile(beside, onnxBytes(graph))
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw toAppError(error, path)
  }
}
