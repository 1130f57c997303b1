/** @file How a project looks at its camera: recipe, network, regions and their thresholds. */

import type { LiveState } from '../../shared/contract/live.ts'
import { cutIndex } from '../../shared/count/rule.ts'
import { cutCount } from '../../shared/count/types.ts'
import { activeRecipe } from '../db/recipes.ts'
import { listSources } from '../db/sources.ts'
import type { Engine } from '../engine.ts'
import { projectRule } from '../jobs/count-project.ts'
import { activeModelId, modelById, requireModel } from '../jobs/networks.ts'
import { shapedRegions, shapeSpans } from '../jobs/project-recipe.ts'
import { loadUserSettings } from '../projects/user-settings.ts'
import type { LiveTask } from './types.ts'

export interface LiveSetup {
  /** Name of the network. */
  model: string
  task: Omit<LiveTask, 'live' | 'address'>
  /** What the regions count as by their sums, `[regions, 20]`, and the project's rule as it is now. */
  regions(sums: Float64Array): LiveState['regions']
}

/** @throws AppError `no-such-model`, `other-geometry` */
export async function liveSetup(engine: Engine): Promise<LiveSetup> {
  const { project } = engine
  const stored = activeRecipe(project) ?? null
  const model = stored
    ? await requireModel(engine, {})
    : await modelById(engine, activeModelId(engine))
  const { device, threads } = await loadUserSettings()
  const shaped = stored ? shapedRegions(project, stored) : []
  const [first] = listSources(project)
  return {
    model: model.description.name,
    task: {
      recipe: stored?.recipe ?? null,
      tape: first ? { width: first.info.width, height: first.info.height } : null,
      modelFolder: model.folder,
      device,
      threads: threads ?? undefined,
      regions: shaped.map(({ shape }) => shapeSpans(shape)),
    },
    regions(sums) {
      if (!stored) return []
      const rule = projectRule(project, stored.recipe.size)
      const cut = cutIndex(rule.cut)
      return shaped.map(({ region }, at) => {
        const sum = sums[at * cutCount + cut] ?? 0
        const threshold = region.threshold ?? rule.threshold
        return { id: region.id, sum, threshold, occupied: sum > threshold }
      })
    },
  }
}
