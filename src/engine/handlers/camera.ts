import type { Workbench } from '../../shared/contract.ts'
import type { Handlers } from '../../shared/rpc.ts'
import { getSource } from '../db/sources.ts'
import { checkCamera } from '../jobs/compare-camera.ts'
import { correctCamera, settleCamera } from '../jobs/correct-camera.ts'
import type { OpenProjects } from '../workbench/open-projects.ts'
import { refreshPoster } from '../workbench/refresh-poster.ts'

type Methods = `camera.${'check' | 'correct' | 'keep'}`

export function cameraHandlers(projects: OpenProjects): Pick<Handlers<Workbench>, Methods> {
  return {
    'camera.check'({ project, tape }, work) {
      const { engine } = projects.get(project)
      return checkCamera(engine, getSource(engine.project, tape), work)
    },
    async 'camera.correct'({ project, tape }, work) {
      const open = projects.forWriting(project)
      const { engine } = open
      await correctCamera(engine, getSource(engine.project, tape), work)
      open.changed('recipe', 'regions', 'frames', 'rule', 'model', 'models')
      void refreshPoster(projects, engine)
      return null
    },
    'camera.keep'({ project, tape }) {
      const open = projects.forWriting(project)
      settleCamera(open.engine.project, getSource(open.engine.project, tape))
      open.changed('tapes')
      return null
    },
  }
}
