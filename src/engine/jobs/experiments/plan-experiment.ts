/** @file What an experiment would work on in this project, or what stands in its way. */
import { AppError } from '../../../shared/errors.ts'
import type { ExperimentSettings } from '../../../shared/experiment.ts'
import { listCheckpoints, listExperimentEpochs } from '../../db/experiment-results.ts'
import { type ExperimentPlan, getExperiment } from '../../db/experiments.ts'
import type { Engine } from '../../engine.ts'
import { inputSizeFor } from '../../models/input-size.ts'
import type { ModelDescription } from '../../models/types.ts'
import { describeArchitecture } from '../../models/zoo/describe.ts'
import { requireGeneral } from '../datasets/segment-each.ts'
import { modelById } from '../networks.ts'
import { channelsOf, choosePictures } from './choose-pictures.ts'

/** The network that an earlier experiment kept: that of its seed with the smallest validation loss. */
export function keptModel(
  { project }: Pick<Engine, 'project'>,
  experiment: number,
  kind: 'best' | 'last',
): string {
  const { name } = getExperiment(project, experiment).settings
  const epochs = listExperimentEpochs(project, experiment)
  const kept = listCheckpoints(project, experiment)
    .filter((one) => one.kind === kind)
    .map((one) => {
      const losses = epochs.filter(({ seed }) => seed === one.seed).map((e) => e.validationLoss)
      return { ...one, loss: Math.min(...losses) }
    })
    .sort((a, b) => a.loss - b.loss)
  if (kept[0]) return kept[0].model
  throw new AppError(
    'bad-value',
    `experiment ${experiment}, ${JSON.stringify(name)}, has no ${kind} network to go on from`,
    `Run it to its end first, with "checkpoints": {"${kind}": true}.`,
  )
}

/** The id of the network whose weights an experiment starts from; null = random ones. */
export function baseModelId(engine: Engine, { network }: ExperimentSettings): string | null {
  if (network.kind === 'architecture') return null
  if (network.kind === 'model') return network.model
  return keptModel(engine, network.experiment, network.weights)
}

interface Base {
  description: ModelDescription
  base: ExperimentPlan['base']
}

async function baseOf(engine: Engine, settings: ExperimentSettings, classes: string[]) {
  const { network } = settings
  if (network.kind === 'architecture')
    return { description: describeArchitecture(network.architecture, classes), base: null }
  const id = baseModelId(engine, settings) ?? ''
  const { description, sha256 } = await modelById(engine, id)
  const hint = 'Choose a general network, or an architecture of the zoo.'
  requireGeneral(description, { called: id, hint })
  return { description, base: { id, name: description.name, sha256 } } satisfies Base
}

/** Refuses what no stage could begin with. */
function checkStages({ stages, seeds }: ExperimentSettings, stepsPerEpoch: number): void {
  const stage = stages.find(({ warmUp, epochs }) => warmUp >= epochs * stepsPerEpoch)
  if (stage)
    throw new AppError(
      'bad-value',
      `the stage ${stage.name} warms up for ${stage.warmUp} of ${stage.epochs * stepsPerEpoch} steps`,
      'Train longer or warm up for fewer steps.',
    )
  if (new Set(seeds).size < seeds.length)
    throw new AppError('bad-value', `a seed is there twice: ${seeds.join(', ')}`, 'Name it once.')
}

/** Steps of an epoch: so many as were asked for, or as cover every training picture once. */
export function stepsPerEpochOf(
  { stepsPerEpoch, batch }: Pick<ExperimentSettings, 'stepsPerEpoch' | 'batch'>,
  pictures: number,
): number {
  return stepsPerEpoch ?? Math.ceil(pictures / batch)
}

/**
 * Finds what the settings name.
 * @throws AppError `no-such-dataset`, `no-labels`, `no-such-model`, `no-such-experiment`,
 * `other-geometry`; `bad-value` for an input, a class or a plan that cannot be
 */
export async function planExperiment(
  engine: Engine,
  settings: ExperimentSettings,
): Promise<ExperimentPlan> {
  const { project } = engine
  const { warnings, ...pictures } = choosePictures(project, settings.data)
  const channels = channelsOf(project, settings.data)
  const { description, base } = await baseOf(engine, settings, channels.classes)
  inputSizeFor(description, settings.input, settings.input)
  checkStages(settings, stepsPerEpochOf(settings, pictures.train.length))
  return { ...pictures, ...channels, base, warnings }
}
