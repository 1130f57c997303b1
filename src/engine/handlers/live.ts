import { basename } from 'node:path'
import type { Workbench } from '../../shared/contract.ts'
import type { Handlers } from '../../shared/rpc.ts'
import { addTape } from '../jobs/tapes.ts'
import type { OpenProject } from '../workbench/open-project.ts'
import type { OpenProjects } from '../workbench/open-projects.ts'
import { refreshPoster } from '../workbench/refresh-poster.ts'

type Methods = `live.${'start' | 'stop' | 'record' | 'state'}`

/** What was recorded becomes a tape as any other file. */
function addRecording(projects: OpenProjects, open: OpenProject, path: string): number {
  return open.jobs.start('import', `Add ${basename(path)}`, { path }, async (work) => {
    await addTape(open.worker, path, undefined, work)
    open.changed('tapes')
    await refreshPoster(projects, open.worker)
  })
}

export function liveHandlers(projects: OpenProjects): Pick<Handlers<Workbench>, Methods> {
  return {
    async 'live.start'({ project, address }) {
      const open = projects.forWriting(project)
      const live = await open.live.start(address, (path) => addRecording(projects, open, path))
      return { live }
    },
    async 'live.stop'({ project }) {
      await projects.forWriting(project).live.stop()
      return null
    },
    async 'live.record'({ project, on }) {
      await projects.forWriting(project).live.record(on)
      return null
    },
    'live.state': ({ project }) => projects.get(project).live.state,
  }
}
