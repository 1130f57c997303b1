import type { Workbench } from '../../shared/contract.ts'
import type { Handlers } from '../../shared/rpc.ts'
import type { OpenProjects } from '../workbench/open-projects.ts'

type Methods = 'jobs.list' | 'jobs.cancel' | 'jobs.dismiss'

export function jobHandlers(projects: OpenProjects): Pick<Handlers<Workbench>, Methods> {
  return {
    'jobs.list': ({ project }) => projects.get(project).jobs.list(),
    'jobs.cancel'({ project, job }) {
      projects.forWriting(project).jobs.cancel(job)
      return null
    },
    'jobs.dismiss'({ project, job }) {
      projects.forWriting(project).jobs.dismiss(job)
      return null
    },
  }
}
