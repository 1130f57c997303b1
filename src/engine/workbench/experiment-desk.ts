/** @file Works through the queue of experiments of an open project, and tells pages how it goes. */
import type { Workbench } from '../../shared/contract.ts'
import { programEnds } from '../../shared/progress.ts'
import type { EventHub } from '../../shared/rpc.ts'
import { nextExperiment } from '../db/experiment-queue.ts'
import { type Experiment, getExperiment } from '../db/experiments.ts'
import { describeExperiment } from '../jobs/experiments/experiment-states.ts'
import { runExperiment } from '../jobs/experiments/run-experiment.ts'
import type { ExperimentListener, ExperimentStep } from '../jobs/experiments/run-stage.ts'
import type { JobRunner } from '../jobs/job-runner.ts'
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

/** Projects, by what all their pages share, whose queue runs. */
const running = new WeakSet<JobRunner>()

/** Lets what is under way be the last: the queue stands until it is let run again. */
export function stopQueue({ jobs }: OpenProject): void {
  running.delete(jobs)
}

/**
 * Lets the queue run, until it is stopped: the next experiment starts once nothing else is trained in
 * the project, also after one that failed.
 */
export function letQueueRun(open: OpenProject, events: EventHub<Workbench>): void {
  if (running.has(open.jobs)) return
  running.add(open.jobs)
  startNext(open, events)
}

function startNext(open: OpenProject, events: EventHub<Workbench>): void {
  const { jobs, engine } = open
  const { project } = engine
  // The project may have been closed while something was under way.
  if (!running.has(jobs) || !project.db.open) return
  const busy = underWay(open)
  if (busy !== undefined) {
    void jobs.ended(busy).then(() => startNext(open, events))
    return
  }
  const id = nextExperiment(project)
  if (id === undefined) {
    running.delete(jobs)
    return
  }
  const job = start(open, events, getExperiment(project, id))
  void jobs.ended(job).then(() => {
    if (!project.db.open) return
    events.emit('experiments.changed', { path: open.path })
    startNext(open, events)
  })
}

function start(open: OpenProject, events: EventHub<Workbench>, experiment: Experiment): number {
  const { id, settings } = experiment
  const { network, name } = settings
  const listener = newsOf(open, events)
  const model = network.kind === 'model' ? { model: network.model } : {}
  return open.jobs.start(
    'experiment',
    `Experiment ${name}`,
    { experiment: id, ...model },
    async (long) => {
      const { device, threads } = await loadUserSettings()
      try {
        await runExperiment(
          open.trainer,
          id,
          { listener, device, threads: threads ?? undefined },
          long,
        )
        open.changed('models')
      } finally {
        if (long.signal?.reason === programEnds) stopQueue(open)
        await open.trainer.compute.close()
      }
    },
  )
}
