import { type AppInfo, contract, type Workbench } from '../shared/contract.ts'
import { createEventHub } from '../shared/rpc.ts'
import type { Service } from '../shared/rpc-serve.ts'
import { applicationVersion } from './location.ts'
import { inspectProject } from './projects/inspect.ts'
import { listProjects } from './projects/list.ts'
import { forgetProject } from './projects/recent.ts'

/** What the engine does for a page, whatever carries the calls. */
export function createService(host: AppInfo['host']): Service<Workbench> {
  const events = createEventHub<Workbench>()
  return {
    contract,
    events,
    handlers: {
      'app.info': () => ({ version: applicationVersion(), host }),
      'projects.list': () => listProjects(inspectProject),
      async 'projects.forget'({ path }) {
        await forgetProject(path)
        events.emit('projects.changed', null)
        return null
      },
    },
  }
}
