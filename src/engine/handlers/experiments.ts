/** @file Experiments of an open project: what there is, and the queue they run in. */
import type { Workbench } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { Handlers } from '../../shared/rpc.ts'
import { enqueue, reorderQueue, unqueue } from '../db/experiment-queue.ts'
import { getExperiment } from '../db/experiments.ts'
import { experimentChoices } from '../jobs/experiments/experiment-choices.ts'
import { experimentSummaries, experimentWithCurves } from '../jobs/experiments/experiment-states.ts'
import { exportExperiments } from '../jobs/experiments/export-experiments.ts'
import {
  changeExperiment,
  discardExperiment,
  makeExperiment,
} from '../jobs/experiments/make-experiment.ts'
import { experimentPresets, presetExperiment } from '../jobs/experiments/presets.ts'
import { moveToTrash } from '../projects/trash.ts'
import { letQueueRun, stopQueue } from '../workbench/experiment-desk.ts'
import type { OpenProject } from '../workbench/open-project.ts'
import type { OpenProjects } from '../workbench/open-projects.ts'
import type { TrashOptions } from './backups.ts'

type Methods = Extract<keyof Handlers<Workbench>, `experiments.${string}`>
type QueueMethods = `experiments.${'queue' | 'run' | 'reorder' | 'unqueue' | 'cancel' | 'resume'}`

/** The job that works on an experiment of this program. */
function jobOf(open: OpenProject, experiment: number): number | null {
  const { state, job } = getExperiment(open.engine.project, experiment)
  if (state !== 'running') return null
  if (job !== null) return job
  throw new AppError('internal', `experiment ${experiment} runs without a job`)
}

function queueHandlers(projects: OpenProjects): Pick<Handlers<Workbench>, QueueMethods> {
  const { events } = projects
  const onQueue = (handle: string, change: (open: OpenProject) => void, runs: boolean): null => {
    const open = projects.forWriting(handle)
    change(open)
    events.emit('experiments.changed', { path: open.path })
    if (runs) letQueueRun(open, events)
    return null
  }
  return {
    'experiments.queue': ({ project, experiments }) =>
      onQueue(project, ({ engine }) => enqueue(engine.project, experiments, 'end'), true),
    'experiments.run': ({ project }) => onQueue(project, () => {}, true),
    'experiments.reorder': ({ project, experiments }) =>
      onQueue(project, ({ engine }) => reorderQueue(engine.project, experiments), false),
    'experiments.unqueue': ({ project, experiment }) =>
      onQueue(project, ({ engine }) => unqueue(engine.project, experiment), false),
    'experiments.cancel': ({ project, experiment }) =>
      onQueue(
        project,
        (open) => {
          const job = jobOf(open, experiment)
          if (job === null) unqueue(open.engine.project, experiment)
          else {
            stopQueue(open)
            open.jobs.cancel(job)
          }
        },
        false,
      ),
    'experiments.resume': ({ project, experiment }) =>
      onQueue(project, ({ engine }) => enqueue(engine.project, [experiment], 'head'), true),
  }
}

export function experimentHandlers(
  projects: OpenProjects,
  { trash = moveToTrash }: TrashOptions,
): Pick<Handlers<Workbench>, Methods> {
  const { events } = projects
  const changed = ({ path }: OpenProject) => events.emit('experiments.changed', { path })
  return {
    ...queueHandlers(projects),
    'experiments.choices': ({ project }) => experimentChoices(projects.get(project).engine),
    'experiments.presets': () =>
      Object.entries(experimentPresets).map(([name, { title, purpose }]) => {
        return { name, title, description: purpose }
      }),
    'experiments.draft': ({ preset }) => presetExperiment(preset),
    'experiments.list': ({ project }) => experimentSummaries(projects.get(project).engine.project),
    'experiments.get': ({ project, experiment }) =>
      experimentWithCurves(projects.get(project).engine.project, experiment),
    async 'experiments.create'({ project, settings, queue }) {
      const open = projects.forWriting(project)
      const experiment = await makeExperiment(open.engine, settings)
      if (queue) enqueue(open.engine.project, [experiment], 'end')
      changed(open)
      if (queue) letQueueRun(open, events)
      return { experiment }
    },
    async 'experiments.update'({ project, experiment, settings }) {
      const open = projects.forWriting(project)
      await changeExperiment(open.engine, experiment, settings)
      changed(open)
      return null
    },
    async 'experiments.remove'({ project, experiment, keepModels }) {
      const open = projects.forWriting(project)
      await discardExperiment(open.engine, experiment, keepModels ? null : trash)
      changed(open)
      if (!keepModels) open.changed('model', 'models')
      return null
    },
    async 'experiments.export'({ project, experiments, format, path }) {
      const { engine } = projects.get(project)
      await exportExperiments(engine.project, experiments, format, projects.roots.require(path))
      return null
    },
  }
}
