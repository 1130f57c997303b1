/** @file Networks at the ends of an experiment: the random one it starts from, those that are kept. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TaskContext } from '../compute/types.ts'
import { readJson } from '../formats/json.ts'
import { descriptionFile, networkFile, writeModelFolder } from '../models/model-folder.ts'
import { type ModelDescription, modelDescriptionSchema } from '../models/types.ts'
import { architectureOf } from '../models/zoo/architectures.ts'
import { describeArchitecture } from '../models/zoo/describe.ts'
import { drawWeights } from '../models/zoo/random-weights.ts'
import { prune } from '../onnx/edit.ts'
import { onnxBytes, readOnnx } from '../onnx/file.ts'

export interface RandomNetworkRequest {
  architecture: string
  /** Names in channel order. */
  classes: string[]
  /** Whether the head that helps training stands beside. */
  auxiliary: boolean
  seed: number
  folder: string
}

/**
 * Writes a network of the zoo with random weights into a folder, in place of one that is there.
 * Throws `bad-value` for an architecture that there is not.
 */
export async function randomNetwork(
  { architecture, classes, auxiliary, seed, folder }: RandomNetworkRequest,
  _context: TaskContext<never>,
): Promise<void> {
  const { build, auxiliaryHead } = architectureOf(architecture)
  const hasHead = auxiliary && auxiliaryHead !== null
  const graph = await build({ classes: classes.length, auxiliary: hasHead })
  drawWeights(graph, seed)
  const description = describeArchitecture(architecture, classes)
  await rm(folder, { recursive: true, force: true })
  await writeModelFolder(folder, 'project', { description, network: onnxBytes(graph) })
}

export interface KeepRequest {
  /** Folder of the network of a stage. */
  from: string
  /** Where it goes; one that is there already stays. */
  to: string
  model: Pick<ModelDescription, 'id' | 'name' | 'parent'>
  training: Record<string, unknown>
}

/** Copies the network of a stage without what only serves training. */
export async function keepNetwork(
  { from, to, model, training }: KeepRequest,
  _context: TaskContext<never>,
): Promise<void> {
  const description = await readJson(join(from, descriptionFile), modelDescriptionSchema)
  const { graph } = await readOnnx(join(from, networkFile))
  graph.outputs = graph.outputs.filter(({ name }) => name === description.output.name)
  graph.name = model.id
  prune(graph)
  await writeModelFolder(to, 'project', {
    description: { ...description, ...model, training: { ...description.training, ...training } },
    network: onnxBytes(graph),
  })
}
