/** @file The networks that pictures of no project can be shown to, by name. */
import { access } from 'node:fs/promises'
import type { NamedNetwork } from '../../shared/contract/segment.ts'
import type { Engine } from '../engine.ts'
import { listProjectModels } from '../jobs/networks.ts'
import { missingWeights, weightsPath } from '../models/named-network.ts'
import { publishedWeights } from '../models/published-weights.ts'
import { architectureOf } from '../models/zoo/architectures.ts'

async function published({ dataFolder, project }: Engine): Promise<NamedNetwork[]> {
  const places = { dataFolder, project: project.dir }
  const described = publishedWeights.map(async ({ name, file }): Promise<NamedNetwork> => {
    const { title, classes } = architectureOf(name)
    const isThere = await access(weightsPath(places, file)).then(
      () => true,
      () => false,
    )
    const { message, hint } = missingWeights(name, places)
    const missing = isThere ? null : { message, hint }
    return { id: name, title, origin: 'published', classes: [...classes], missing }
  })
  return Promise.all(described)
}

/** The built-in one, the project's own, and those with published weights, there or not. */
export async function nameableNetworks(engine: Engine): Promise<NamedNetwork[]> {
  const { models } = await listProjectModels(engine)
  const own = models.map(({ description, origin }): NamedNetwork => {
    const { id, name, classes } = description
    return {
      ...{ id, title: name, classes, missing: null },
      origin: origin === 'built-in' ? 'built-in' : 'project',
    }
  })
  return [...own, ...(await published(engine))]
}
