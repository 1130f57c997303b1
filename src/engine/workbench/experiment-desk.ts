/** @file Works through the queue of experiments of an open project, and tells pages how it goes. */
import type { Workbench } from '../../shared/contract.ts'
import type { EventHub } from '../../shared/rpc.ts'
import { nextExperiment } from '../db/experiment-queue.ts'
import { findExperiment, getExperiment } from '../db/experiments.ts'
import { describeExperiment } from '../jobs/experiments/experiment-states.ts'
import { runExperiment } from '../jobs/experiments/run-experiment.ts'
import type { ExperimentListener, ExperimentStep } from '../jobs/experiments/run-stage.ts'
import { loadUserSettings } from '../projects/user-settings.ts'
import type { OpenProject } from './open-project.ts'

/** How often pages hear of steps. */
const stepsEveryMs = 250

/** Tells pages of an experiment that is under way. */
function newsOf({ path, engine }: OpenProject, events: EventHub<Workbench>): ExperimentListener {
  let toldAt = Number.NEGATIVE_INFINITY
  return {
    onStep(step: ExperimentStep) {
      if (performance.now() - toldAt < stepsEveryMs) return
      toldAt = performance.now()
      events.emit('experiments.step', { path, ...step })
    },
    onEpoch({ experiment, seed, stage }, { epoch }) {
      const { runs } = describeExperiment(engine.project, getExperiment(engine.project, experiment))
      const curve = runs.find((run) => run.seed === seed)?.stages[stage]?.curve
      const result = curve?.find((one) => one.epoch === epoch)
      if (result) events.emit('experiments.epoch', { path, experiment, seed, stage, epoch: result })
    },
    onStored: () => events.emit('experiments.changed', { path }),
  }
}

/** Trainings and experiments take the same process, and its memory. */
function underWay({ jobs }: OpenProject): number | undefined {
  return jobs
    .list()
    .find(
      ({ kind, state }) =>
        (kind === 'train' || kind === 'experiment') && (state === 'queued' || state === 'running'),
    )?.id
}

/**
 * Lets the queue run: the next experiment starts once nothing else is trained in the project. After
 * one that is done or failed the next follows; one that was cancelled stops the queue.
 */
export function letQueueRun(open: OpenProject, events: EventHub<Workbench>): void {
  const { project } = open.engine
  const busy = underWay(open)
  const id = nextExperiment(project)
  if (id === undefined) return
  if (busy !== undefined) {
    const isOwn = open.jobs.list().find((job) => job.id === busy)?.kind === 'experiment'
    if (!isOwn) void open.jobs.ended(busy).then(() => letQueueRun(open, events))
    return
  }
  const { settings } = getExperiment(project, id)
  const listener = newsOf(open, events)
  const job = open.jobs.start(
    'experiment',
    `Experiment ${settings.name}`,
    { experiment: id },
    async (long) => {
      const { device, threads } = await loadUserSettings()
      const options = { listener, device, threads: threads ?? undefined }
      try {
        await runExperiment(open.trainer, id, options, long)
        open.changed('models')
      } finally {
        await open.trainer.compute.close()
      }
    },
  )
  void open.jobs.ended(job).then(() => {
    events.emit('experiments.changed', { path: open.path })
    const state = findExperiment(project, id)?.state
    if (state === 'done' || state === 'failed') letQueueRun(open, events)
  })
}
