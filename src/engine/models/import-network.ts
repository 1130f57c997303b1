/** @file A network of any origin as what a model folder holds. */
import { AppError } from '../../shared/errors.ts'
import { checkValue, readJson } from '../formats/json.ts'
import type { ProbeModel } from '../infer/probe-model.ts'
import { importCheckpoint } from './import-checkpoint.ts'
import { importOnnx } from './import-onnx.ts'
import { type DescriptionPart, type ImportedModel, partSchema } from './imported-model.ts'
import type { ModelContent } from './model-folder.ts'
import { modelDescriptionSchema } from './types.ts'
import { architectureNames } from './zoo/architectures.ts'

export interface ImportOptions {
  /** A JSON file with any part of a description; the rest is taken from the network. */
  description?: string | undefined
  /** The architecture that a PyTorch checkpoint has the weights of. */
  as?: string | undefined
  /** How the network is run once; by default in this process. */
  probe?: ProbeModel | undefined
}

/** In this process, which then has ONNX Runtime in it: loaded when it is asked for. */
const probeHere: ProbeModel = async (request) =>
  (await import('../infer/probe-model.ts')).probeModel(request)

async function importFile(
  file: string,
  part: DescriptionPart,
  { as, probe = probeHere }: ImportOptions,
): Promise<ImportedModel> {
  if (as !== undefined) return importCheckpoint(file, as, part)
  if (!/\.(pth|pt|ckpt)$/i.test(file)) return importOnnx(file, part, probe)
  throw new AppError(
    'bad-model',
    `${file} looks like a PyTorch checkpoint, which has weights but no layers`,
    `Say what it was trained as: --as ${architectureNames.join(' | ')}.`,
  )
}

/**
 * Reads a segmentation network: an `.onnx` file, or with `as` a PyTorch checkpoint. What the
 * description file does not say is found out from the network.
 * Throws `bad-model`, `bad-checkpoint` for a broken file, `unsupported-model` for a network that is
 * no segmentation of one image, `bad-json` and `bad-value` for the description.
 */
export async function importNetwork(
  file: string,
  options: ImportOptions = {},
): Promise<ModelContent> {
  const given = options.description
  const part = given === undefined ? {} : await readJson(given, partSchema)
  const { description: found, network } = await importFile(file, part, options)
  const whole = {
    ...found,
    ...part,
    input: { ...found.input, ...part.input },
    output: { ...found.output, ...part.output },
  }
  return { description: checkValue(whole, given ?? file, modelDescriptionSchema), network }
}
