import type { Workbench } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/rpc.ts'
import { openProject } from '../db/project.ts'
import { makeLike } from '../jobs/inherit.ts'
import { inspectProject } from '../projects/inspect.ts'
import { listProjects } from '../projects/list.ts'
import { forgetProject, rememberProject } from '../projects/recent.ts'
import { listFolder } from '../workbench/folders.ts'
import { createProjectIn, createSampleProject } from '../workbench/new-projects.ts'
import type { OpenProjects } from '../workbench/open-projects.ts'
import { hasPoster } from '../workbench/poster.ts'
import { refreshPoster } from '../workbench/refresh-poster.ts'

type Methods =
  | `projects.${'list' | 'forget' | 'create' | 'createSample' | 'open' | 'hold' | 'close' | 'like'}`
  | 'folders.list'

export interface NewProjectOptions {
  /** Of the sample tape, where they are not the usual ones. */
  sample?: { frames?: number; size?: number }
}

export function projectHandlers(
  projects: OpenProjects,
  options: NewProjectOptions,
): Pick<Handlers<Workbench>, Methods> {
  const { events, roots } = projects
  const listChanged = (): void => events.emit('projects.changed', null)
  const remember = async (path: string): Promise<void> => {
    await rememberProject(path)
    listChanged()
  }
  return {
    async 'projects.list'() {
      const listed = await listProjects(inspectProject)
      return listed.filter(({ path }) => roots.allows(path))
    },
    async 'projects.forget'({ path }) {
      await forgetProject(path)
      listChanged()
      return null
    },
    async 'projects.create'(wish) {
      const path = createProjectIn(roots, wish)
      await remember(path)
      return { path }
    },
    async 'projects.createSample'() {
      const path = await createSampleProject(projects, options.sample ?? {})
      await remember(path)
      return { path }
    },
    async 'projects.open'(args) {
      const opened = await projects.open(args)
      if (opened.mode === 'write' && !hasPoster(opened.path))
        void refreshPoster(projects, projects.get(opened.project).engine)
      await remember(opened.path)
      return opened
    },
    async 'projects.hold'({ project }, { signal }) {
      await projects.hold(project, signal)
      return null
    },
    'projects.close'({ project }) {
      projects.release(project)
      return null
    },
    async 'projects.like'({ project, path: given }) {
      const open = projects.forWriting(project)
      const path = roots.require(given)
      if (projects.find(path)?.path === open.path)
        throw new AppError('bad-value', 'a project cannot be made like itself', 'Name another one.')
      const other = openProject(path, { mode: 'read' })
      try {
        await makeLike(other, open.engine.project)
      } finally {
        other.close()
      }
      open.changed('recipe', 'regions', 'classes', 'frames', 'model', 'rule')
      void refreshPoster(projects, open.engine)
      return null
    },
    'folders.list': ({ path }) => listFolder(roots, path),
  }
}
