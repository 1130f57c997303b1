import type { Dataset } from '../../shared/contract/datasets.ts'
import type { Workbench } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/rpc.ts'
import { amountsOf } from '../db/image-labels.ts'
import { getImageSet, type ImageSet, listImageSets, paintedSince } from '../db/image-sets.ts'
import { foldAllStrokes, foldStrokes } from '../db/painted-masks.ts'
import type { Project } from '../db/project.ts'
import { droppedBy } from '../formats/dropped.ts'
import { datasetFormats, formatNames } from '../formats/formats.ts'
import { compareSides, type Sides } from '../image-sets/confusion.ts'
import { describeImages, findImages } from '../image-sets/find-images.ts'
import { statsOf } from '../image-sets/stats.ts'
import { storedFeatures } from '../image-sets/stored-features.ts'
import { splitImages } from '../jobs/datasets/split-images.ts'
import { surveySet } from '../jobs/datasets/survey-set.ts'
import { removeSet } from '../jobs/datasets/undo-import.ts'
import type { OpenProjects } from '../workbench/open-projects.ts'
import { formatNamed, startExport, startImport, titleOf, wantedSet } from './dataset-jobs.ts'

type Methods = Extract<keyof Handlers<Workbench>, `datasets.${string}`>

/** The first of a set's problems; a list of all could be as long as the set. */
const mostProblems = 1000

function describe(project: Project, set: ImageSet): Dataset {
  const { id, name, format, path, images, importedAt, problems } = set
  return {
    ...{ id, name, format, title: titleOf(format), path, images, importedAt },
    ...amountsOf(project, set),
    painted: paintedSince(project, id),
    problems: problems.slice(0, mostProblems),
    problemCount: problems.length,
  }
}

/** Strokes become masks before masks are looked at. */
function folded(projects: OpenProjects, handle: string, set: number) {
  const { engine } = projects.get(handle)
  foldAllStrokes(engine.project)
  return { project: engine.project, set: getImageSet(engine.project, set) }
}

function requireUnpainted(project: Project, { id, name }: ImageSet): void {
  const images = paintedSince(project, id)
  if (images === 0) return
  throw new AppError(
    'labels-changed',
    `${images} ${images === 1 ? 'picture' : 'pictures'} of ${name} were painted in since it was imported`,
    'Export the set first, or say that what was painted may go as well.',
  )
}

/** What takes sets in, changes them and gives them out. */
function changes(projects: OpenProjects) {
  return {
    async 'datasets.inspect'({ project: handle, ...source }, work) {
      projects.get(handle)
      const { path, options } = wantedSet(projects, source)
      const { format, problems, ...summary } = await surveySet(path, options, work)
      const { name: title } = datasetFormats[format]
      const first = problems.slice(0, mostProblems)
      return { ...summary, format, title, problems: first, problemCount: problems.length }
    },
    'datasets.import'({ project, ...source }) {
      const open = projects.forWriting(project)
      return { job: startImport(open, wantedSet(projects, source)) }
    },
    async 'datasets.undo'({ project: handle, set: id, painted }) {
      const open = projects.forWriting(handle)
      const { project, set } = folded(projects, handle, id)
      if (!painted) requireUnpainted(project, set)
      await removeSet(project, set)
      open.changed('datasets', 'classes')
      return null
    },
    async 'datasets.split'({ project: handle, set: id, ...options }, work) {
      const open = projects.forWriting(handle)
      const { project, set } = folded(projects, handle, id)
      await splitImages(project, { ...options, set: set.id }, work)
      open.changed('datasets')
      return (await statsOf(project, set, work)).splits
    },
    'datasets.fold'({ project: handle, set, position }) {
      const open = projects.forWriting(handle)
      const { project } = open.engine
      const { id } = getImageSet(project, set)
      const version = foldStrokes(project, { source: id, frame: position })
      open.changed('datasets')
      return { version }
    },
    'datasets.export'({ project: handle, set: id, path: given, ...options }) {
      const open = projects.forWriting(handle)
      const { set } = folded(projects, handle, id)
      const path = projects.roots.require(given)
      const format = formatNamed(options.format)
      return { job: startExport(open, set, { ...options, format, path }) }
    },
  } satisfies Partial<Handlers<Workbench>>
}

/** What compares masks; strokes become masks before. */
function comparisons(projects: OpenProjects) {
  const compare = (handle: string, sides: Sides, work: Parameters<typeof compareSides>[2]) => {
    const { project } = folded(projects, handle, sides.truth.set)
    if (sides.prediction !== 'network') getImageSet(project, sides.prediction.set)
    return compareSides(projects.get(handle).worker, sides, work)
  }
  return {
    async 'datasets.confusion'({ project, ...sides }, work) {
      return (await compare(project, sides, work)).confusion
    },
    async 'datasets.confused'({ project, cell: [truth, prediction], ...sides }, work) {
      const { cells } = await compare(project, sides, work)
      return [...(cells.get((truth << 8) | prediction) ?? [])]
    },
  } satisfies Partial<Handlers<Workbench>>
}

export function datasetHandlers(projects: OpenProjects): Pick<Handlers<Workbench>, Methods> {
  return {
    ...changes(projects),
    ...comparisons(projects),
    'datasets.formats': () =>
      formatNames.map((format) => {
        const { name: title, pictures } = datasetFormats[format]
        return { format, title, pictures }
      }),
    'datasets.list'({ project: handle }) {
      const { project } = projects.get(handle).engine
      return listImageSets(project).map((set) => describe(project, set))
    },
    async 'datasets.find'({ project: handle, set: id, filter }, work) {
      const { project, set } = folded(projects, handle, id)
      return { positions: await findImages(project, set, filter, work) }
    },
    'datasets.images'({ project: handle, set: id, positions }) {
      const { project, set } = folded(projects, handle, id)
      return describeImages(project, set, positions)
    },
    'datasets.stats'({ project: handle, set: id }, work) {
      const { project, set } = folded(projects, handle, id)
      return statsOf(project, set, work)
    },
    async 'datasets.dropped'({ project: handle, set: id, format, pictures }, work) {
      const { project, set } = folded(projects, handle, id)
      const chosen = datasetFormats[formatNamed(format)]
      return droppedBy(chosen, await storedFeatures(project, set, work), { pictures })
    },
  }
}
