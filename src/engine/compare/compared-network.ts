/** @file A network that is to be compared: with its weights, or without them. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import type { Engine } from '../engine.ts'
import type { ProbeRequest } from '../infer/probe-model.ts'
import { requireGeneral } from '../jobs/datasets/segment-each.ts'
import { writeModelFolder } from '../models/model-folder.ts'
import { namedNetwork } from '../models/named-network.ts'
import type { StoredModel } from '../models/types.ts'
import { architectureOf } from '../models/zoo/architectures.ts'
import { describeArchitecture } from '../models/zoo/describe.ts'
import { drawWeights } from '../models/zoo/random-weights.ts'
import { onnxBytes } from '../onnx/file.ts'

export interface ComparedModel extends AsyncDisposable {
  /** As it was asked for. */
  id: string
  model: StoredModel
  /** Why nothing can be said about how good it is; null = it can. */
  note: string | null
}

const untrained = 'its weights are random: train it first'

/**
 * An architecture with random weights, which take as long and as much memory as any; in a folder of its
 * own that goes with it.
 */
async function withoutWeights(name: string, missing: AppError): Promise<ComparedModel> {
  const folder = await mkdtemp(join(tmpdir(), 'maskbench-untrained-'))
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    const { classes, build } = architectureOf(name)
    const graph = await build({ classes: classes.length })
    drawWeights(graph, 0)
    const description = { ...describeArchitecture(name), weights: 'random' as const }
    const content = { description, network: onnxBytes(graph) }
    const model = await writeModelFolder(join(folder, name), 'file', content)
    const note = `${missing.message}. ${missing.hint}`
    return { id: name, model, note, [Symbol.asyncDispose]: remove }
  } catch (error) {
    await remove()
    throw error
  }
}

async function stored(engine: Engine, name: string): Promise<StoredModel> {
  const { compute, dataFolder, project } = engine
  const probe = (request: ProbeRequest) => compute.run('probeModel', request)
  const model = await namedNetwork(name, { dataFolder, project: project.dir }, { probe })
  const hint = 'Compare general networks, or those that were trained on image sets.'
  requireGeneral(model.description, { called: name, hint })
  return model
}

/** The network, or why its weights are missing. */
async function storedOrMissing(engine: Engine, name: string): Promise<StoredModel | AppError> {
  try {
    return await stored(engine, name)
  } catch (error) {
    if (error instanceof AppError && error.code === 'weights-missing') return error
    throw error
  }
}

/** Throws what `comparedModel` would throw, for all of them, before the first is measured. */
export async function requireModels(engine: Engine, names: readonly string[]): Promise<void> {
  for (const name of names) await storedOrMissing(engine, name)
}

/**
 * A network by its name. One whose published weights are not installed comes with random ones, and
 * the note says how to install them. Whoever asks for it disposes of it.
 *
 * @throws AppError `no-such-model`, `other-geometry`
 */
export async function comparedModel(engine: Engine, name: string): Promise<ComparedModel> {
  const model = await storedOrMissing(engine, name)
  if (model instanceof AppError) return withoutWeights(name, model)
  const note = model.description.weights === 'random' ? untrained : null
  return { id: name, model, note, [Symbol.asyncDispose]: async () => {} }
}
