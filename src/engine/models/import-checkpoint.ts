/** @file A PyTorch checkpoint as a network of the zoo. */
import { basename } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import { onnxBytes } from '../onnx/file.ts'
import type { Tensor } from '../onnx/tensor.ts'
import { classNames } from './class-names.ts'
import { type DescriptionPart, type ImportedModel, idOf } from './imported-model.ts'
import { readCheckpoint } from './pth/checkpoint.ts'
import { toFloat32 } from './pth/floats.ts'
import { stateDictOf } from './pth/state-dict.ts'
import { publishedWeights } from './published-weights.ts'
import type { Architecture } from './zoo/architecture.ts'
import { architectureOf } from './zoo/architectures.ts'
import { describeArchitecture } from './zoo/describe.ts'
import { loadWeights } from './zoo/load-weights.ts'

type Tensors = ReadonlyMap<string, Tensor>

/** The weights of a `.pth` file by name, as float32. Throws `bad-checkpoint`. */
export async function readWeights(file: string): Promise<Map<string, Tensor>> {
  const tensors = stateDictOf(await readCheckpoint(file))
  return new Map(
    [...tensors].map(([name, stored]) => {
      const data = toFloat32(stored.read())
      return [name, { type: 'float32', shape: stored.shape, data }]
    }),
  )
}

/** Channels of a checkpoint's last layer; those of the published weights when it has none. */
function channelsIn(tensors: Tensors, { lastLayers, classes }: Architecture): number {
  const [channels] = lastLayers.flatMap((name) => tensors.get(`${name}.weight`)?.shape[0] ?? [])
  return channels ?? classes.length
}

function namesFor(channels: number, { classes }: Architecture, part: DescriptionPart): string[] {
  const known = channels === classes.length ? [...classes] : classNames(channels)
  const names = part.classes ?? known
  if (names.length === channels) return names
  throw new AppError(
    'bad-checkpoint',
    `the checkpoint has ${channels} classes, the description names ${names.length}`,
    'Name every class, in the order of the channels.',
  )
}

/**
 * Builds the architecture with the weights of a `.pth` file, and as many classes as those have.
 * Throws `bad-value` for an unknown architecture; `bad-checkpoint` for a file that cannot be read
 * and, naming them, for weights that are missing, too many or of another shape.
 */
export async function importCheckpoint(
  file: string,
  name: string,
  part: DescriptionPart,
): Promise<ImportedModel> {
  const architecture = architectureOf(name)
  const tensors = await readWeights(file)
  const channels = channelsIn(tensors, architecture)
  const classes = namesFor(channels, architecture, part)
  const graph = await architecture.build({ classes: channels })
  loadWeights(graph, tensors, architecture)
  const published = publishedWeights.find((weights) => weights.file === basename(file))
  const description = {
    ...describeArchitecture(name, classes),
    id: idOf(file),
    name: `${architecture.title}, ${basename(file)}`,
    source: `${published?.address ?? file}, as ${architecture.source}`,
    licence: published ? architecture.licence : 'unknown',
  }
  return { description, network: onnxBytes(graph) }
}
