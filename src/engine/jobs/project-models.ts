/** @file The networks of a project as its pages show them. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Model } from '../../shared/contract/models.ts'
import type { Project } from '../db/project.ts'
import { activeRecipe } from '../db/recipes.ts'
import { listTrainings } from '../db/trainings.ts'
import type { Engine } from '../engine.ts'
import { builtInDescription, builtInId } from '../models/built-in.ts'
import { networkFile } from '../models/model-folder.ts'
import { type FoundModel, foundModels, projectModelFolder } from '../models/model-store.ts'
import { trainingRecord } from '../models/training-record.ts'
import type { ModelDescription } from '../models/types.ts'
import { activeModelId, builtInNetwork, missingActive } from './networks.ts'

/** Why a network cannot look through the recipe in use; null where it can. */
export function geometryProblem(
  project: Project,
  { geometryHash }: Pick<ModelDescription, 'geometryHash'>,
): string | null {
  const recipe = activeRecipe(project)
  if (geometryHash === null || !recipe || recipe.geometryHash === geometryHash) return null
  return 'it was trained on the picture of another recipe than the one in use'
}

/** Where a network comes from that was trained, here or in another project; null for others. */
function trainingOf(project: Project, description: ModelDescription): Model['training'] {
  if (description.training === null) return null
  const { base, preset, labels, heldOut, selection, adopted } = trainingRecord(description)
  const own = listTrainings(project).find(({ modelId }) => modelId === description.id)
  return {
    id: own?.id ?? null,
    base: base?.id ?? description.parent ?? '',
    preset: preset ?? '',
    labels: labels ?? [],
    heldOut: heldOut ?? [],
    selection: selection ?? null,
    // What really came of it: the recipe may have changed while it was trained.
    adopted: own?.adopted ?? adopted ?? false,
  }
}

function ownModel(project: Project, { id, description, error }: FoundModel, active: string): Model {
  const file = join(projectModelFolder(project.dir, id), networkFile)
  const stat = statSync(file, { throwIfNoEntry: false })
  const written = stat?.mtime.toISOString() ?? null
  const problem = error?.message ?? (stat ? null : `${file} does not exist`)
  const common = { id, active: id === active, bytes: stat?.size ?? 0 }
  if (!description)
    return { ...common, name: id, kind: 'added', problem, createdAt: written, training: null }
  const training = trainingOf(project, description)
  return {
    ...common,
    name: description.name,
    kind: training ? 'fine-tuned' : 'added',
    problem: problem ?? geometryProblem(project, description),
    createdAt: trainingRecord(description).startedAt ?? written,
    training,
  }
}

/** The network in use, whose folder somebody has removed. */
function missingModel(project: Project, id: string): Model {
  const isOwn = listTrainings(project).some(({ modelId }) => modelId === id)
  return {
    ...{ id, name: id, active: true, bytes: 0, createdAt: null, training: null },
    kind: isOwn ? 'fine-tuned' : 'added',
    problem: missingActive(id),
  }
}

/** The built-in one first, then the latest first. */
export async function projectModels(engine: Engine): Promise<Model[]> {
  const { project } = engine
  const active = activeModelId(engine)
  const { folder } = await builtInNetwork(engine)
  const builtIn: Model = {
    ...{ id: builtInId, name: builtInDescription.name, kind: 'built-in', training: null },
    ...{ active: active === builtInId, problem: null, createdAt: null },
    bytes: statSync(join(folder, networkFile)).size,
  }
  const found = await foundModels(project.dir)
  const own = found.map((each) => ownModel(project, each, active))
  const isThere = builtIn.active || own.some(({ id }) => id === active)
  const later = (one: Model, other: Model): number =>
    (other.createdAt ?? '').localeCompare(one.createdAt ?? '')
  return [builtIn, ...(isThere ? [] : [missingModel(project, active)]), ...own.sort(later)]
}
