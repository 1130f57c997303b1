/** @file An experiment with one of its seeds: stage after stage, each from the best of the one before. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { JobProgress, LongWork } from '../../../shared/progress.ts'
import { listCheckpoints, saveCheckpoint, setRunState } from '../../db/experiment-results.ts'
import type { Engine } from '../../engine.ts'
import { bestOf } from '../../experiments/best-epoch.ts'
import { projectModelFolder } from '../../models/model-store.ts'
import { modelById } from '../networks.ts'
import { keptModelId, seedFolder } from './experiment-folders.ts'
import { type ExperimentListener, type FinishedStage, runStage } from './run-stage.ts'
import { type ExperimentWork, epochSteps, provenanceOf } from './stage-request.ts'

/** The folder of the network that the first stage starts from; a random one is drawn. */
async function startFolder(
  engine: Engine,
  { experiment, plan }: ExperimentWork,
  seed: number,
  { signal }: LongWork,
): Promise<string> {
  if (plan.base) return (await modelById(engine, plan.base.id)).folder
  const { network, auxiliary } = experiment.settings
  const folder = join(seedFolder(engine.project, experiment.id, seed), 'start')
  if (existsSync(folder) || network.kind !== 'architecture') return folder
  const { architecture } = network
  const request = { architecture, classes: plan.classes, auxiliary: auxiliary > 0, seed, folder }
  await engine.compute.run('randomNetwork', request, { signal })
  return folder
}

/** A stage's progress as that of the whole experiment, of which so many steps were done before. */
function asWhole(before: number, total: number, stage: string) {
  return (progress: JobProgress): JobProgress => {
    const done = before + progress.done
    const etaSeconds = progress.rate > 0 ? (total - done) / progress.rate : 0
    return { ...progress, stage, done, total, etaSeconds }
  }
}

interface Ended extends FinishedStage {
  stage: number
}

/** Takes the best and the last network among the project's, as the rule has it. */
async function keepNetworks(engine: Engine, work: ExperimentWork, seed: number, ended: Ended[]) {
  const { experiment, plan } = work
  const { id, settings } = experiment
  const byLoss = ended.map((one) => ({ ...one, validationLoss: one.best.validationLoss }))
  const best = bestOf(byLoss)
  const last = ended.at(-1)
  const wanted = [
    ...(settings.checkpoints.best && best
      ? [
          {
            kind: 'best' as const,
            from: best.bestFolder,
            stage: best.stage,
            epoch: best.best.epoch,
          },
        ]
      : []),
    ...(settings.checkpoints.last && last
      ? [
          {
            ...{ kind: 'last' as const, from: last.lastFolder, stage: last.stage },
            epoch: settings.stages[last.stage]?.epochs ?? 1,
          },
        ]
      : []),
  ]
  for (const { kind, from, stage, epoch } of wanted) {
    const model = keptModelId(id, { seed, kind, stage, epoch })
    const words = settings.seeds.length > 1 ? `seed ${seed}, ${kind}` : kind
    const name = `${settings.name} (${words}, epoch ${epoch})`
    const training = provenanceOf(work, { seed, stage })
    const to = projectModelFolder(engine.project.dir, model)
    const described = { id: model, name, parent: plan.base?.id ?? null }
    await engine.compute.run('keepNetwork', { from, to, model: described, training })
    saveCheckpoint(engine.project, id, { seed, kind, stage, epoch, model })
  }
}

/** Steps of all stages of one seed. */
export function stepsOfSeed(work: ExperimentWork): number {
  const { stages } = work.experiment.settings
  return stages.reduce((sum, { epochs }) => sum + epochs, 0) * epochSteps(work)
}

/** Whether a seed has come to its end, and its networks are kept. */
export function isSeedDone({ project }: Engine, { experiment }: ExperimentWork, seed: number) {
  const kept = listCheckpoints(project, experiment.id).filter((one) => one.seed === seed)
  const { best, last } = experiment.settings.checkpoints
  const has = (kind: string) => kept.some((one) => one.kind === kind)
  return (best || last) && (!best || has('best')) && (!last || has('last'))
}

/**
 * Trains what is left of a seed.
 * @param before steps of the experiment that belong to seeds before it
 */
export async function runSeed(
  engine: Engine,
  work: ExperimentWork,
  seed: number,
  { listener, long, before }: { listener: ExperimentListener; long: LongWork; before: number },
): Promise<void> {
  const { project } = engine
  const { id, settings } = work.experiment
  setRunState(project, { experiment: id, seed }, 'running')
  listener.onStored?.()
  const total = settings.seeds.length * stepsOfSeed(work)
  let modelFolder = await startFolder(engine, work, seed, long)
  let done = before
  const ended: Ended[] = []
  for (const [stage, { name, epochs }] of settings.stages.entries()) {
    const title = [
      ...(settings.seeds.length > 1 ? [`seed ${seed}`] : []),
      ...(settings.stages.length > 1 ? [name] : []),
    ].join(', ')
    const whole = asWhole(done, total, title || 'train')
    const onProgress = (progress: JobProgress) => long.onProgress?.(whole(progress))
    const inner = { listener, long: { signal: long.signal, onProgress } }
    const finished = await runStage(engine, work, { seed, stage }, modelFolder, inner)
    ended.push({ ...finished, stage })
    modelFolder = finished.bestFolder
    done += epochs * epochSteps(work)
  }
  await keepNetworks(engine, work, seed, ended)
  setRunState(project, { experiment: id, seed }, 'done')
  listener.onStored?.()
}
