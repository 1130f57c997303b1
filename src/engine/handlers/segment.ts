import { basename } from 'node:path'
import type { SegmentResult } from '../../shared/contract/segment.ts'
import type { Workbench } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/rpc.ts'
import { findInput } from '../segment/find-input.ts'
import { nameableNetworks } from '../segment/nameable-networks.ts'
import { networkForPictures } from '../segment/network-for-pictures.ts'
import { segmentInput } from '../segment/segment-input.ts'
import { JobResults } from '../workbench/job-results.ts'
import type { OpenProject } from '../workbench/open-project.ts'
import type { OpenProjects } from '../workbench/open-projects.ts'
import { isBelow } from '../workbench/roots.ts'

type Methods = Extract<keyof Handlers<Workbench>, `segment.${string}`>

/** Of every open project; the byte handler gives out their pictures. */
export const segmentResults = new JobResults<SegmentResult & { input: string }>()

/** Throws `bad-value` for a folder inside the project's own. */
function requireOutside(open: OpenProject, out: string): void {
  if (!isBelow(out, open.path)) return
  throw new AppError(
    'bad-value',
    `${out} lies in the folder that the project keeps its own files in`,
    'Choose another folder.',
  )
}

/** Pages name networks, and no files: those go through `models.add`. */
async function networkNamed({ worker }: OpenProject, model: string) {
  const { dataFolder, project, compute } = worker
  const known = await nameableNetworks(worker)
  if (known.some(({ id }) => id === model))
    return networkForPictures(compute, { model, dataFolder, project: project.dir })
  throw new AppError(
    'no-such-model',
    `there is no network ${JSON.stringify(model.slice(0, 80))}`,
    `Choose one of ${known.map(({ id }) => id).join(', ')}.`,
  )
}

export function segmentHandlers(projects: OpenProjects): Pick<Handlers<Workbench>, Methods> {
  return {
    'segment.models': ({ project }) => nameableNetworks(projects.get(project).engine),
    async 'segment.inspect'({ project, input }) {
      projects.get(project)
      const found = await findInput(projects.roots.require(input))
      if (found.kind === 'tape') return { kind: 'tape', pictures: null }
      return { kind: found.kind, pictures: found.paths.length }
    },
    'segment.start'({ project, input: given, out: wanted, model, ...choice }) {
      const open = projects.forWriting(project)
      const input = projects.roots.require(given)
      const out = projects.roots.require(wanted)
      requireOutside(open, out)
      const args = { input, out, model, ...choice }
      const title = `Look at ${basename(input)} with ${model}`
      const job = open.jobs.start('segment', title, args, async (work) => {
        const network = await networkNamed(open, model)
        const wish = { ...choice, input, out }
        const result = await segmentInput(open.worker.compute, network, wish, work)
        segmentResults.set(open, job, { ...result, input })
      })
      return { job }
    },
    'segment.result'({ project, job }) {
      const found = segmentResults.get(projects.get(project), job)
      if (!found) return null
      const { input: _, ...result } = found
      return result
    },
  }
}
