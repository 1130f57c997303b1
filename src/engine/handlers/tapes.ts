import { existsSync } from 'node:fs'
import { basename } from 'node:path'
import type { Workbench } from '../../shared/contract.ts'
import { parseStartTime } from '../../shared/count/clock.ts'
import { toAppError } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/rpc.ts'
import { getSource, setStartTime } from '../db/sources.ts'
import { addTape, relinkTape } from '../jobs/tapes.ts'
import type { OpenProjects } from '../workbench/open-projects.ts'
import { refreshPoster } from '../workbench/refresh-poster.ts'

type Methods = 'tapes.add' | 'tapes.relink' | 'tapes.setStartTime'

/** The path of a tape that is there; what is wrong with it, the job says. */
function tapePath({ roots }: OpenProjects, given: string): string {
  const path = roots.require(given)
  if (existsSync(path)) return path
  throw toAppError(Object.assign(new Error(), { code: 'ENOENT', path }))
}

export function tapeHandlers(projects: OpenProjects): Pick<Handlers<Workbench>, Methods> {
  return {
    'tapes.add'({ project, path: given }) {
      const open = projects.forWriting(project)
      const path = tapePath(projects, given)
      const job = open.jobs.start('import', `Add ${basename(path)}`, { path }, async (work) => {
        await addTape(open.worker, path, undefined, work)
        open.changed('tapes')
        await refreshPoster(projects, open.worker)
      })
      return { job }
    },
    'tapes.relink'({ project, tape, path: given }) {
      const open = projects.forWriting(project)
      const source = getSource(open.engine.project, tape)
      const path = tapePath(projects, given)
      const title = `Find ${basename(source.path)} again`
      const job = open.jobs.start('import', title, { tape, path }, async (work) => {
        await relinkTape(open.worker, tape, path, work)
        open.changed('tapes')
      })
      return { job }
    },
    'tapes.setStartTime'({ project, tape, startTime }) {
      const open = projects.forWriting(project)
      const { id } = getSource(open.engine.project, tape)
      if (startTime !== null) parseStartTime(startTime)
      setStartTime(open.engine.project, id, startTime)
      open.changed('tapes')
      return null
    },
  }
}
