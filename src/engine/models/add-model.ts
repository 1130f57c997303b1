/** @file Adds a network of any origin to a project. */
import { AppError } from '../../shared/errors.ts'
import { checkValue, readJson } from '../formats/json.ts'
import { type ProbeModel, probeModel } from '../infer/probe-model.ts'
import { builtInId } from './built-in.ts'
import { importCheckpoint } from './import-checkpoint.ts'
import { importOnnx } from './import-onnx.ts'
import { type DescriptionPart, type ImportedModel, partSchema } from './imported-model.ts'
import { modelInFolder, writeModelFolder } from './model-folder.ts'
import { projectModelFolder } from './model-store.ts'
import { type ModelDescription, modelDescriptionSchema, type StoredModel } from './types.ts'
import { architectureNames } from './zoo/architectures.ts'

export interface AddOptions {
  /** A JSON file with any part of a description; the rest is taken from the network. */
  description?: string | undefined
  /** The architecture that a PyTorch checkpoint has the weights of. */
  as?: string | undefined
  /** How the network is run once; by default in this process. */
  probe?: ProbeModel | undefined
}

/** Descriptions must say which class a person is: it is what everything counts. */
function requirePerson(description: ModelDescription): void {
  const { classes, classMap } = description
  if (classes.some((name) => classMap[name] === 'person')) return
  throw new AppError(
    'unsupported-model',
    `none of the network's classes stands for a person: ${classes.slice(0, 10).join(', ')}`,
    'Give a description (--description FILE) with {"classMap": {"NAME": "person"}}.',
  )
}

async function importFile(
  file: string,
  part: DescriptionPart,
  { as, probe = probeModel }: AddOptions,
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
 * Adds a segmentation network to a project: an `.onnx` file, or with `as` a PyTorch checkpoint.
 * What the description file does not say is found out from the network.
 * Throws `bad-model`, `bad-checkpoint` for a broken file, `unsupported-model` for a network that is
 * no segmentation of one image, `bad-json` and `bad-value` for the description, `file-exists` when
 * there is a network of that id.
 */
export async function addModel(
  projectFolder: string,
  file: string,
  options: AddOptions = {},
): Promise<StoredModel> {
  const given = options.description
  const part = given === undefined ? {} : await readJson(given, partSchema)
  const { description: found, network } = await importFile(file, part, options)
  const whole = {
    ...found,
    ...part,
    input: { ...found.input, ...part.input },
    output: { ...found.output, ...part.output },
  }
  const description = checkValue(whole, given ?? file, modelDescriptionSchema)
  requirePerson(description)
  const folder = projectModelFolder(projectFolder, description.id)
  if (description.id === builtInId || (await modelInFolder(folder, 'project')))
    throw new AppError(
      'file-exists',
      `there is a network '${description.id}' already`,
      'Give the new one another id in its description.',
    )
  return writeModelFolder(folder, 'project', { description, network })
}
