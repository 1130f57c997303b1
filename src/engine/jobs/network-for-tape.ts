/** @file The network as it looks at a tape: one with the scene adapter knows the tape's empty scene. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { LongWork } from '../../shared/progress.ts'
import { loadFrameIndex } from '../db/frame-indexes.ts'
import { cacheFolder } from '../db/layout.ts'
import type { Source } from '../db/sources.ts'
import type { Engine } from '../engine.ts'
import { modelInFolder } from '../models/model-folder.ts'
import { trainingRecord } from '../models/training-record.ts'
import type { StoredModel } from '../models/types.ts'
import { filterChain } from '../preprocess/filter-chain.ts'
import { keptBackground } from './kept-background.ts'
import { requireRecipe } from './project-recipe.ts'

/** Where the network lies that knows a tape; null where the network itself does, or needs not. */
function placeFor({ project }: Engine, model: StoredModel, source: Source): string | null {
  const { scene } = trainingRecord(model.description)
  if (!scene || scene.tapes.includes(source.sha256)) return null
  const { geometryHash } = requireRecipe(project)
  const key = [model.sha256, source.sha256, geometryHash].join()
  const name = createHash('sha256').update(key).digest('hex').slice(0, 32)
  return join(cacheFolder(project.dir), 'networks', name)
}

/** What `networkForTape` has made for a tape before; the network itself where it has made nothing. */
export async function madeForTape(
  engine: Engine,
  model: StoredModel,
  source: Source,
): Promise<StoredModel> {
  const folder = placeFor(engine, model, source)
  const made = folder && (await modelInFolder(folder, 'project').catch(() => null))
  return made || model
}

/**
 * A network that was fine-tuned with the medians of other tapes gets this tape's, and is kept in the
 * project's cache; every other network is returned as it is. The id stays, the SHA-256 is that of
 * what looks at the tape.
 * @throws AppError `cancelled`, `disk-full`, and what reading the tape throws
 */
export async function networkForTape(
  engine: Engine,
  model: StoredModel,
  source: Source,
  work: LongWork,
): Promise<StoredModel> {
  const { project, compute } = engine
  const folder = placeFor(engine, model, source)
  if (!folder) return model
  const made = await madeForTape(engine, model, source)
  if (made !== model) return made
  const { recipe } = requireRecipe(project)
  const view = {
    index: loadFrameIndex(project, source),
    filters: filterChain(recipe, source.info),
  }
  const scene = await keptBackground(engine, view, work)
  return compute.run('learnScene', { modelFolder: model.folder, folder, scene }, work)
}
