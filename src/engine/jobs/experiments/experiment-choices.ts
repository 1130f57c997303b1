/** @file What an experiment can be made of in a project. */
import type { ExperimentChoices } from '../../../shared/contract/experiments.ts'
import { listClasses } from '../../db/classes.ts'
import { listExperiments } from '../../db/experiments.ts'
import { asItIs, listImageSets, listImages } from '../../db/image-sets.ts'
import type { Project } from '../../db/project.ts'
import type { Engine } from '../../engine.ts'
import { ownModels } from '../../models/model-store.ts'
import type { ModelDescription } from '../../models/types.ts'
import { architectureNames, architectureOf } from '../../models/zoo/architectures.ts'
import { builtInNetwork } from '../networks.ts'

/** Parts of a set with how many of their pictures are annotated, by name. */
function partsOf(project: Project, set: number) {
  const parts = new Map<string, number>()
  for (const { split, annotated } of listImages(project, set))
    if (split !== null) parts.set(split, (parts.get(split) ?? 0) + Number(annotated))
  return [...parts].map(([name, annotated]) => ({ name, annotated }))
}

const isGeneral = ({ geometryHash }: ModelDescription): boolean =>
  geometryHash === null || geometryHash === asItIs

export async function experimentChoices(engine: Engine): Promise<ExperimentChoices> {
  const { project } = engine
  const own = await ownModels(project.dir)
  const models = [(await builtInNetwork(engine)).description, ...own].filter(isGeneral)
  return {
    architectures: architectureNames.map((name) => {
      const { title, multiple, auxiliaryHead } = architectureOf(name)
      return { name, title, multiple, hasAuxiliaryHead: auxiliaryHead !== null }
    }),
    models: models.map(({ id, name, input }) => ({ id, name, multiple: input.multiple })),
    experiments: listExperiments(project)
      .filter(({ state }) => state === 'done')
      .map(({ id, settings }) => ({ id, name: settings.name })),
    sets: listImageSets(project).map(({ id, name, images }) => {
      return { id, name, images, splits: partsOf(project, id) }
    }),
    classes: listClasses(project).map(({ name }) => name),
  }
}
