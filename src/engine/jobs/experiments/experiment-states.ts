/** @file Experiments as pages and commands show them: how each stands, its curves, its networks. */
import type {
  ExperimentRun,
  ExperimentSummary,
  ExperimentWithCurves,
} from '../../../shared/contract/experiments.ts'
import type { ExperimentSettings } from '../../../shared/experiment.ts'
import { queuedExperiments } from '../../db/experiment-queue.ts'
import {
  listCheckpoints,
  listExperimentEpochs,
  listExperimentRuns,
  type StoredEpoch,
} from '../../db/experiment-results.ts'
import {
  type Experiment,
  findExperiment,
  getExperiment,
  listExperiments,
} from '../../db/experiments.ts'
import type { Project } from '../../db/project.ts'
import { bestOf } from '../../experiments/best-epoch.ts'

type Run = ExperimentWithCurves['runs'][number]
type Stage = Run['stages'][number]

/** Epochs of the stages before one. */
function epochsBefore({ stages }: ExperimentSettings, stage: number): number {
  return stages.slice(0, stage).reduce((sum, { epochs }) => sum + epochs, 0)
}

/** The curves of a seed, stage by stage. */
function stagesOf(settings: ExperimentSettings, epochs: readonly StoredEpoch[]): Stage[] {
  return settings.stages.map((one, stage) => {
    const before = epochsBefore(settings, stage)
    const curve = epochs
      .filter((epoch) => epoch.stage === stage)
      .map(({ seed: _, stage: __, ...epoch }) => ({ ...epoch, at: before + epoch.epoch }))
    const best = bestOf(curve)?.epoch ?? null
    return { stage, name: one.name, epochs: one.epochs, best, curve }
  })
}

const mean = (values: readonly number[]): number | null =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : null

/** Everything of an experiment. */
export function describeExperiment(project: Project, experiment: Experiment): ExperimentWithCurves {
  const { id, settings, plan, state, job, error, createdAt, finishedAt } = experiment
  const stored = listExperimentRuns(project, id)
  const epochs = listExperimentEpochs(project, id)
  const checkpoints = listCheckpoints(project, id)
  const total = epochsBefore(settings, settings.stages.length)
  const runs = settings.seeds.map((seed): Run => {
    const run = stored.find((one) => one.seed === seed)
    const stages = stagesOf(
      settings,
      epochs.filter((epoch) => epoch.seed === seed),
    )
    const all = stages.flatMap(({ stage, curve }) => curve.map((epoch) => ({ ...epoch, stage })))
    const kept = checkpoints.filter((one) => one.seed === seed)
    return {
      ...{ seed, state: run?.state ?? 'waiting', best: bestOf(all) ?? null, stages },
      ...{ epochsDone: all.length, epochs: total, device: run?.device ?? null },
      ...{ parameters: run?.parameters ?? null, memoryBytes: run?.memoryBytes ?? null },
      secondsPerEpoch: mean(all.map(({ seconds }) => seconds)),
      checkpoints: kept.map(({ seed: _, ...checkpoint }) => checkpoint),
    }
  })
  const best = bestOf(runs.flatMap((run) => (run.best ? [{ ...run.best, seed: run.seed }] : [])))
  const place = queuedExperiments(project).indexOf(id)
  return {
    ...{ id, name: settings.name, state, position: place < 0 ? null : place, job, settings },
    ...{ classes: plan?.classes ?? [], parent: parentOf(project, experiment), runs },
    ...{ best: best ?? null, warnings: plan?.warnings ?? [], error, createdAt, finishedAt },
  }
}

function parentOf(project: Project, { settings, plan }: Experiment): ExperimentSummary['parent'] {
  const { network } = settings
  const model = plan?.base?.id ?? null
  if (network.kind === 'architecture') return null
  if (network.kind === 'model')
    return { experiment: null, model: network.model, name: plan?.base?.name ?? network.model }
  const parent = findExperiment(project, network.experiment)
  const name = parent?.settings.name ?? `experiment ${network.experiment}`
  return { experiment: network.experiment, model, name }
}

function withoutCurves({ runs, ...rest }: ExperimentWithCurves): ExperimentSummary {
  return { ...rest, runs: runs.map(({ stages: _, ...run }): ExperimentRun => run) }
}

/** The experiments of the project without their curves, the latest first. */
export function experimentSummaries(project: Project): ExperimentSummary[] {
  return listExperiments(project).map((one) => withoutCurves(describeExperiment(project, one)))
}

/** One with every epoch. Throws `no-such-experiment`. */
export function experimentWithCurves(project: Project, id: number): ExperimentWithCurves {
  return describeExperiment(project, getExperiment(project, id))
}
