/** @file One step of bench/image-sets.ts. Arguments: STEP SET FOLDER; sends what it took. */
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import { getImageSet, listImageSets } from '../src/engine/db/image-sets.ts'
import { createProject, openProject, type Project } from '../src/engine/db/project.ts'
import { describeImages, findImages } from '../src/engine/image-sets/find-images.ts'
import { exportSet } from '../src/engine/jobs/datasets/export-set.ts'
import { importSet } from '../src/engine/jobs/datasets/import-set.ts'
import { setStatistics } from '../src/engine/jobs/datasets/set-stats.ts'
import { splitImages } from '../src/engine/jobs/datasets/split-images.ts'
import { undoImport } from '../src/engine/jobs/datasets/undo-import.ts'

interface Places {
  /** The drawn set. */
  set: string
  /** For the project and what is exported. */
  folder: string
}

type Step = (project: Project, places: Places) => Promise<unknown>

/** Pages of the grid, all over the set. */
async function lookAtPages(project: Project): Promise<void> {
  const [set] = listImageSets(project)
  if (!set) return
  for (let page = 0; page < 100; page++) {
    const first = Math.floor((page * 7919 * 60) % Math.max(1, set.images - 60))
    await describeImages(
      project,
      set,
      Array.from({ length: 60 }, (_, i) => first + i),
    )
  }
}

const steps = {
  import: (project, { set }) => importSet(project, set, { format: 'folders' }, {}),
  statistics: (project) => setStatistics(project, {}, {}),
  'split 8:1:1': (project) => splitImages(project, { ratio: '8:1:1' }, {}),
  'split again': (project) => splitImages(project, { ratio: '8:1:1', seed: 1 }, {}),
  'pictures of a class': (project) =>
    findImages(project, getImageSet(project, listImageSets(project)[0]?.id ?? 0), { class: 3 }, {}),
  '100 pages of 60': lookAtPages,
  'export as COCO': (project, { folder }) =>
    exportSet(project, join(folder, 'coco'), { format: 'coco', pictures: 'none' }, {}),
  'export as index PNG': (project, { folder }) =>
    exportSet(project, join(folder, 'index'), { format: 'index-png', pictures: 'none' }, {}),
  'import of that COCO': (project, { set, folder }) =>
    importSet(project, join(folder, 'coco'), { format: 'coco', images: join(set, 'images') }, {}),
  'undo of it': (project) => undoImport(project),
} as const satisfies Record<string, Step>

export type StepName = keyof typeof steps

const isStep = (name: string): name is StepName => Object.hasOwn(steps, name)

export const setSteps = Object.keys(steps).filter(isStep)

async function run(step: StepName, places: Places): Promise<void> {
  const dir = join(places.folder, 'many.maskbench')
  const project = step === 'import' ? createProject(dir) : openProject(dir, { mode: 'write' })
  const delay = monitorEventLoopDelay({ resolution: 5 })
  const before = process.cpuUsage()
  const started = performance.now()
  delay.enable()
  await steps[step](project, places)
  // What kept the loop waiting last is only seen when it goes on.
  await setTimeout(20)
  delay.disable()
  const { user, system } = process.cpuUsage(before)
  process.send?.({
    seconds: (performance.now() - started) / 1000,
    processorSeconds: (user + system) / 1e6,
    megabytes: process.resourceUsage().maxRSS / 1024,
    longestWaitMs: delay.max / 1e6,
  })
  project.close()
}

const [step = '', set = '', folder = ''] = process.argv.slice(2)
if (process.send && isStep(step)) await run(step, { set, folder })
