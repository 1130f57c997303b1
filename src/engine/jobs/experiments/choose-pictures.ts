/** @file The pictures of an experiment: those of its parts of image sets that have a mask. */
import { AppError } from '../../../shared/errors.ts'
import type { ExperimentSettings } from '../../../shared/experiment.ts'
import { ignoreIndex } from '../../../shared/mask.ts'
import { listClasses } from '../../db/classes.ts'
import type { ExperimentPicture } from '../../db/experiments.ts'
import type { Project } from '../../db/handle.ts'
import { getImageSet, type ImageSet, listImages, pictureOf } from '../../db/image-sets.ts'
import { latestLabel } from '../../db/masks.ts'
import { chooseSets } from '../datasets/choose-sets.ts'

type Data = ExperimentSettings['data']

/** The image sets that the data name. Throws `no-such-dataset`. */
export function setsOf(project: Project, { sets }: Pick<Data, 'sets'>): ImageSet[] {
  return sets.length > 0 ? sets.map((id) => getImageSet(project, id)) : chooseSets(project)
}

/** The pictures of a part that have a mask. Throws `no-labels` with how many there are elsewhere. */
function picturesOf(project: Project, sets: readonly ImageSet[], part: string) {
  const pictures: ExperimentPicture[] = []
  let missing = 0
  for (const { id } of sets)
    for (const image of listImages(project, id)) {
      if (image.split !== part) continue
      const at = { source: id, frame: image.position }
      const label = latestLabel(project, at)
      if (!label) continue
      const path = pictureOf(project, image)
      if (path === null) missing++
      else pictures.push({ ...at, path, ...label })
    }
  if (pictures.length > 0) return { pictures, missing }
  throw new AppError(
    'no-labels',
    `no picture with a mask is in the part ${JSON.stringify(part)} of ${sets.map(({ name }) => name).join(', ')}`,
    'Divide the sets with `maskbench dataset split PROJECT 8:2`, or name other parts.',
  )
}

/** Names of the classes in channel order, and for each value of a mask its channel. */
export function channelsOf(
  project: Project,
  { classes, others }: Pick<Data, 'classes' | 'others'>,
) {
  const known = listClasses(project)
  const names = classes ?? known.map(({ name }) => name)
  const indices = names.map((name) => known.find((one) => one.name === name)?.index)
  const unknown = names.find((_, at) => indices[at] === undefined)
  if (unknown !== undefined)
    throw new AppError(
      'bad-value',
      `the project has no class ${JSON.stringify(unknown)}`,
      `It has ${known.map(({ name }) => name).join(', ')}.`,
    )
  const rest = others === 'background' ? 0 : ignoreIndex
  const channels = Array.from({ length: 256 }, (_, value) => {
    const channel = indices.indexOf(value)
    if (channel >= 0) return channel
    return known.some(({ index }) => index === value) ? rest : ignoreIndex
  })
  return { classes: names, channels }
}

const counted = (count: number): string => (count === 1 ? '1 picture' : `${count} pictures`)

/** What an experiment learns from and is judged by. Throws `no-such-dataset`, `no-labels`, `bad-value`. */
export function choosePictures(project: Project, data: Data) {
  const sets = setsOf(project, data)
  const train = picturesOf(project, sets, data.train)
  const validation = picturesOf(project, sets, data.validation)
  const missing = train.missing + validation.missing
  const known = new Set(train.pictures.map(({ path }) => path))
  const both = validation.pictures.filter(({ path }) => known.has(path)).length
  const warnings = [
    ...(missing > 0 ? [`${counted(missing)} with a mask came without the picture itself`] : []),
    ...(both > 0 ? [`${counted(both)} for validation are learnt from, too`] : []),
  ]
  return { train: train.pictures, validation: validation.pictures, warnings }
}
