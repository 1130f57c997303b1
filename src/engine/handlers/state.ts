import type { Workbench } from '../../shared/contract.ts'
import type { Handlers } from '../../shared/rpc.ts'
import type { OpenProjects } from '../workbench/open-projects.ts'
import { projectState } from '../workbench/project-state.ts'

export function stateHandlers(projects: OpenProjects): Pick<Handlers<Workbench>, 'project.state'> {
  return { 'project.state': ({ project }) => projectState(projects.get(project)) }
}
