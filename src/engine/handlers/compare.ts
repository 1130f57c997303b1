import type { Comparison } from '../../shared/contract/compare.ts'
import type { Workbench } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/rpc.ts'
import { compareNetworks } from '../compare/compare-networks.ts'
import { comparisonWriter, saveComparison } from '../compare/save.ts'
import { startCompute } from '../compute/start-compute.ts'
import type { EngineOptions } from '../engine.ts'
import { chooseSets } from '../jobs/datasets/choose-sets.ts'
import { nameableNetworks } from '../segment/nameable-networks.ts'
import { JobResults } from '../workbench/job-results.ts'
import type { OpenProjects } from '../workbench/open-projects.ts'

type Methods = Extract<keyof Handlers<Workbench>, `compare.${string}`>

export function compareHandlers(
  projects: OpenProjects,
  { startCompute: start = startCompute }: EngineOptions,
): Pick<Handlers<Workbench>, Methods> {
  const results = new JobResults<Comparison>()
  return {
    async 'compare.start'({ project, ...wish }) {
      const open = projects.forWriting(project)
      const known = (await nameableNetworks(open.engine)).map(({ id }) => id)
      const unknown = wish.models.find((name) => !known.includes(name))
      if (unknown !== undefined)
        throw new AppError(
          'no-such-model',
          `there is no network ${JSON.stringify(unknown.slice(0, 80))}`,
          `Choose among ${known.join(', ')}.`,
        )
      chooseSets(open.engine.project, wish.set)
      const title = `Compare ${wish.models.join(', ')}`
      const job = open.jobs.start('compare', title, wish, async (work) => {
        results.set(open, job, await compareNetworks(open.worker, start, wish, work))
      })
      return { job }
    },
    'compare.result': ({ project, job }) => results.get(projects.get(project), job),
    async 'compare.save'({ project, job, path: given }) {
      const comparison = results.get(projects.get(project), job)
      const path = projects.roots.require(given)
      comparisonWriter(path)
      if (!comparison)
        throw new AppError(
          'no-such-file',
          `nothing is known of what job ${job} has compared`,
          'Compare the networks again.',
        )
      await saveComparison(comparison, path)
      return { path }
    },
  }
}
