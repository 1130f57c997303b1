/** @file A run as pages show it. */
import type { Run as ShownRun } from '../../shared/contract/runs.ts'
import type { Project } from '../db/project.ts'
import { activeRecipe } from '../db/recipes.ts'
import type { Run } from '../db/runs.ts'
import { loadSettings } from '../db/settings.ts'
import { builtInDescription, builtInId } from '../models/built-in.ts'
import { ownModels } from '../models/model-store.ts'

async function namesOfModels(project: Project): Promise<Map<string, string>> {
  const own = await ownModels(project.dir)
  return new Map([builtInDescription, ...own].map(({ id, name }) => [id, name]))
}

/** What a network is called; one that is gone has its id for a name. */
export async function nameOfNetwork(project: Project, id: string): Promise<string> {
  return (await namesOfModels(project)).get(id) ?? id
}

/** Several runs, each as pages show it; a network that is gone has its id for a name. */
export async function describeRuns(project: Project, runs: readonly Run[]): Promise<ShownRun[]> {
  const names = await namesOfModels(project)
  const network = loadSettings(project).activeModel ?? builtInId
  const recipe = activeRecipe(project)
  return runs.map((run) => ({
    ...{ id: run.id, tape: run.source, device: run.device, state: run.state },
    ...{ frames: run.frames, done: run.done, createdAt: run.createdAt },
    model: { id: run.modelId, name: names.get(run.modelId) ?? run.modelId },
    samePicture: run.geometryHash === recipe?.geometryHash,
    current: run.modelId === network && run.geometryHash === recipe?.geometryHash,
  }))
}
