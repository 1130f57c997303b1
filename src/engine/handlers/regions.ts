import type { Workbench } from '../../shared/contract.ts'
import type { Handlers } from '../../shared/rpc.ts'
import { getSource } from '../db/sources.ts'
import { frameScores } from '../jobs/frame-scores.ts'
import { placeRegions } from '../jobs/place-regions.ts'
import type { OpenProjects } from '../workbench/open-projects.ts'
import { regionStates } from '../workbench/project-state.ts'

type Methods = 'regions.set' | 'regions.scores'

export function regionHandlers(projects: OpenProjects): Pick<Handlers<Workbench>, Methods> {
  return {
    'regions.set'({ project: handle, regions }) {
      const open = projects.forWriting(handle)
      const { project } = open.engine
      placeRegions(project, regions)
      open.changed('regions')
      return regionStates(project)
    },
    'regions.scores'({ project: handle, tape, frame }) {
      const { project } = projects.get(handle).engine
      return frameScores(project, getSource(project, tape), frame)
    },
  }
}
