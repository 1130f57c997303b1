/** @file Networks by what people call them: an id, an architecture with published weights, a file. */
import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { builtInId, builtInModel } from './built-in.ts'
import { type ImportOptions, importNetwork } from './import-network.ts'
import { modelInFolder, sha256Of, writeModelFolder } from './model-folder.ts'
import { projectModelFolder } from './model-store.ts'
import { publishedWeights } from './published-weights.ts'
import { modelIdSchema, type StoredModel } from './types.ts'
import { architectureNames } from './zoo/architectures.ts'

/** Where networks may be. */
export interface NetworkPlaces {
  /** The user's folder, which has downloaded weights and converted networks. */
  dataFolder: string
  /** Folder of a project whose networks can be named. */
  project?: string | undefined
}

/** Changes whenever the same file is read as another network. */
const importVersion = 1

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/** Where the published weights of an architecture lie once they were downloaded. */
export function weightsPath({ dataFolder }: NetworkPlaces, file: string): string {
  return join(dataFolder, 'weights', file)
}

/**
 * A network file as a model folder, which is kept in the user's folder for the next time; its name
 * holds a hash of all that it was made of.
 * @throws AppError what `importNetwork` throws
 */
export async function convertedNetwork(
  file: string,
  options: ImportOptions,
  { dataFolder }: NetworkPlaces,
): Promise<StoredModel> {
  const { as, description: given } = options
  const beside = `${file}.json`
  const description = given ?? ((await isThere(beside)) ? beside : undefined)
  const parts = [await sha256Of(file), description === undefined ? '' : await sha256Of(description)]
  const hash = createHash('sha256').update(
    JSON.stringify([importVersion, as, basename(file), ...parts]),
  )
  const name = `${as ?? basename(file, extname(file))}-${hash.digest('hex').slice(0, 16)}`
  const folder = join(dataFolder, 'models', name)
  const kept = await modelInFolder(folder, 'file')
  if (kept) return kept
  const content = await importNetwork(file, { ...options, description })
  return writeModelFolder(folder, 'file', content)
}

/** What to do where nobody has put the weights of an architecture. */
export function missingWeights(name: string, places: NetworkPlaces): AppError {
  const weights = publishedWeights.find((each) => each.name === name)
  if (!weights)
    return new AppError(
      'weights-missing',
      `nobody has published weights of ${name}, which Maskbench could use`,
      'Train it, or name a file with weights: --model FILE.pth --as NAME.',
    )
  return new AppError(
    'weights-missing',
    `the published weights of ${name} are not installed`,
    `Run \`maskbench models download ${name}\` (${weights.megabytes} MB), or put ${weights.file} here: ${weightsPath(places, weights.file)}`,
  )
}

async function ofArchitecture(name: string, places: NetworkPlaces): Promise<StoredModel> {
  const weights = publishedWeights.find((each) => each.name === name)
  const path = weights && weightsPath(places, weights.file)
  if (path === undefined || !(await isThere(path))) throw missingWeights(name, places)
  const { description, ...model } = await convertedNetwork(path, { as: name }, places)
  return { ...model, description: { ...description, id: name } }
}

async function ofProject(name: string, { project }: NetworkPlaces): Promise<StoredModel | null> {
  if (project === undefined || !modelIdSchema.safeParse(name).success) return null
  return modelInFolder(projectModelFolder(project, name), 'project')
}

/** What to say of a name that no network has. */
export function unknownNetwork(name: string, { project }: NetworkPlaces): AppError {
  const where = project === undefined ? '' : `, and ${project} has none of that id`
  return new AppError(
    'no-such-model',
    `there is no network ${JSON.stringify(name)}: it is no known name${where}`,
    `Name a network of a project, or one of ${architectureNames.join(', ')}.`,
  )
}

/**
 * A network of the project, the built-in one, or an architecture whose published weights are
 * installed; null for other names, and for paths.
 * @throws AppError `weights-missing`, saying how to install them
 */
export async function knownNetwork(
  name: string,
  places: NetworkPlaces,
): Promise<StoredModel | null> {
  const own = await ofProject(name, places)
  if (own) return own
  if (name === builtInId) return builtInModel(join(places.dataFolder, 'models'))
  return architectureNames.includes(name) ? ofArchitecture(name, places) : null
}

/**
 * The network that a name stands for: one that is known, a model folder, or a network file, which is
 * converted the first time.
 *
 * @throws AppError `no-such-model`; `weights-missing`, saying how to install them; what reading the
 * file throws
 */
export async function namedNetwork(
  name: string,
  places: NetworkPlaces,
  options: ImportOptions = {},
): Promise<StoredModel> {
  const known = await knownNetwork(name, places)
  if (known) return known
  const entry = await stat(name).catch(() => null)
  if (entry && !entry.isDirectory()) return convertedNetwork(name, options, places)
  const model = entry && (await modelInFolder(name, 'file'))
  if (model) return model
  const { code, message, hint } = unknownNetwork(name, places)
  throw new AppError(code, message, `${hint} Or name an .onnx file, or a .pth file with --as.`)
}
