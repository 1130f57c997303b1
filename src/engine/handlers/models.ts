import { z } from 'zod'
import type { Workbench } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/rpc.ts'
import { listJobs } from '../db/jobs.ts'
import { activateModel, renameModel, trashModel } from '../jobs/change-models.ts'
import { modelById } from '../jobs/networks.ts'
import { projectModels } from '../jobs/project-models.ts'
import { exportModel } from '../models/model-store.ts'
import { moveToTrash } from '../projects/trash.ts'
import type { OpenProject } from '../workbench/open-project.ts'
import type { OpenProjects } from '../workbench/open-projects.ts'
import type { TrashOptions } from './backups.ts'

type Methods = `models.${'list' | 'activate' | 'rename' | 'trash' | 'export'}`

/** What jobs that work with a network note of it. */
const modelArguments = z.object({ model: z.string() })

/** @throws AppError `model-in-use` while a job works with it */
function refuseInUse({ engine }: OpenProject, id: string): void {
  const job = listJobs(engine.project).find(
    ({ state, arguments: args }) =>
      (state === 'queued' || state === 'running') &&
      modelArguments.safeParse(args).data?.model === id,
  )
  if (!job) return
  throw new AppError(
    'model-in-use',
    `the job “${job.title}” works with the network ${id}`,
    'Wait until it is done, or cancel it first.',
  )
}

export function modelHandlers(
  projects: OpenProjects,
  { trash = moveToTrash }: TrashOptions,
): Pick<Handlers<Workbench>, Methods> {
  return {
    'models.list': ({ project }) => projectModels(projects.get(project).engine),
    async 'models.activate'({ project, model }) {
      const open = projects.forWriting(project)
      await activateModel(open.engine, model)
      open.changed('model', 'models')
      return null
    },
    async 'models.rename'({ project, model, name }) {
      const open = projects.forWriting(project)
      await renameModel(open.engine, model, name)
      open.changed('model', 'models')
      return null
    },
    async 'models.trash'({ project, model }) {
      const open = projects.forWriting(project)
      refuseInUse(open, model)
      await trashModel(open.engine, model, trash)
      open.changed('model', 'models')
      return null
    },
    async 'models.export'({ project, model, path }) {
      const { engine } = projects.get(project)
      await exportModel(await modelById(engine, model), projects.roots.require(path))
      return null
    },
  }
}
