/** @file The `trainStage` task: from a network and pictures of image sets to a better network. */
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import type { TaskContext } from '../compute/types.ts'
import { sha256Of } from '../models/model-folder.ts'
import { writeTrained } from '../train/checkpoints/finish.ts'
import { type TrainableNetwork, trainableNetwork } from '../train/graph/trainable-network.ts'
import type { LossOptions } from '../train/losses.ts'
import { createOptimiser } from '../train/optimisers.ts'
import { weightsOfCounts } from '../train/samples/class-weights.ts'
import { openTrainingWork, type TrainingWork } from '../train/session/training-work.ts'
import { bestOf } from './best-epoch.ts'
import { groupParameters } from './layer-groups.ts'
import { MaskFile } from './mask-file.ts'
import {
  augmentedSample,
  decodedBytes,
  type PictureSource,
  pictureSource,
  sampleOrder,
  sized,
} from './picture-source.ts'
import { loadStage, type SavedStage, type StagePosition, stageFingerprint } from './stage-state.ts'
import { StageTrainer } from './stage-trainer.ts'
import { StepComputer } from './step-computer.ts'
import type { StageEvent, StageRequest, StageSummary } from './types.ts'
import { Validator } from './validator.ts'

/** The network that the request's settings make of the base. */
function networkOf(request: StageRequest): Promise<TrainableNetwork> {
  const { modelFolder, classes, classMap, settings, model, folder, geometryHash } = request
  const frames = { tapes: [], labels: [], backgroundFrames: [], unlabelledFrames: [] }
  const own = { modelFolder, classes, classMap, settings, model, folder }
  return trainableNetwork(
    { ...frames, ...own, size: settings.input, geometryHash, resume: true, provenance: {} },
    null,
  )
}

/** Pixels of each channel over all training pictures. */
async function pixelCounts({ train, channels }: StageRequest, masks: MaskFile) {
  const counts = new Float64Array(256)
  for (const picture of train)
    for (const value of await masks.read(picture)) {
      const channel = channels[value] ?? 255
      counts[channel] = (counts[channel] ?? 0) + 1
    }
  return counts
}

async function classWeightsOf(request: StageRequest, masks: MaskFile): Promise<number[] | null> {
  const { loss } = request.settings
  const counts = loss.classWeights === 'auto' ? await pixelCounts(request, masks) : null
  return weightsOfCounts(loss, counts, request.classes.length)
}

/** The samples by number; prepared ones are kept where they are always the same. */
function stepSamples(request: StageRequest, source: PictureSource) {
  const numbered = sampleOrder(request.train.length, request.settings.seed)
  return {
    sample: (number: number) => augmentedSample(source, numbered(number), request),
    keptAs: (number: number) => (request.augmentation ? null : numbered(number).image),
  }
}

/** Validation pictures one after the other, at the network's size. */
async function* validationSamples(
  { validation, settings, fit }: StageRequest,
  from: PictureSource,
) {
  for (const at of validation.keys()) yield sized(await from.read(at), settings.input, fit)
}

const parameterBytes = ({ parameters }: TrainableNetwork): number =>
  parameters.reduce((sum, { data }) => sum + data.byteLength, 0)

interface Opened {
  request: StageRequest
  context: TaskContext<StageEvent>
  network: TrainableNetwork
  work: TrainingWork
  masks: MaskFile
  saved: SavedStage | null
  fingerprint: string
  loss: LossOptions
}

const stateFileOf = ({ folder }: StageRequest): string => join(folder, 'state.bin')

async function runStage(opened: Opened): Promise<StageSummary> {
  const { request, context, network, work, masks, saved, fingerprint, loss } = opened
  const { settings, classes, train, validation, channels, folder } = request
  const grouped = groupParameters(network, work.parameters, request.layerGroups)
  const { weightDecays, factors } = grouped
  const optimiser = createOptimiser({ ...settings.optimiser, weightDecays }, grouped.parameters)
  saved?.restore({ weights: work.weights, optimiser })
  const begin = { fingerprint, parts: work.parts, epochs: [], steps: 0, lossSum: 0, seconds: 0 }
  const position: StagePosition = saved?.position ?? begin
  const { width, height } = settings.input
  const { weights, device } = work
  const options = { width, height, loss, weights, device, threads: settings.threads }
  await using validator = await Validator.open(network, { ...options, classes: classes.length })
  await using computer = new StepComputer(
    work,
    stepSamples(request, pictureSource(train, masks, channels)),
  )
  const judged = pictureSource(validation, masks, channels)
  const parameters = work.parameters.reduce((sum, { data }) => sum + data.length, 0)
  await context.emit({ kind: 'ready', device, parameters, memoryBytes: work.memoryBytes })
  const trainer = new StageTrainer({
    ...{ request, work, computer, optimiser, factors, position, context },
    best: saved?.best ?? null,
    stateFile: stateFileOf(request),
    validate: () => validator.score(validationSamples(request, judged), context.signal),
    async keep(epoch) {
      const kept = join(folder, `epoch-${epoch}`)
      const training = { ...request.provenance, stageEpoch: epoch }
      await writeTrained(kept, { network, weights: work.weights }, { training })
      return kept
    },
  })
  await trainer.run()
  return await finish(opened, position, trainer.best)
}

async function finish(
  { request, network, work }: Opened,
  { epochs }: StagePosition,
  bestWeights: ReadonlyMap<string, Float32Array> | null,
): Promise<StageSummary> {
  const best = bestOf(epochs)
  if (!best || !bestWeights) throw new AppError('internal', 'the stage had no epoch')
  const { folder, provenance } = request
  const [bestFolder, lastFolder] = [join(folder, 'best'), join(folder, 'last')]
  const write = (to: string, weights: ReadonlyMap<string, Float32Array>, stageEpoch: number) =>
    writeTrained(
      to,
      { network, weights, outputs: 'all' },
      { training: { ...provenance, stageEpoch } },
    )
  await write(bestFolder, bestWeights, best.epoch)
  if (request.checkpoints.last) await write(lastFolder, work.weights, epochs.length)
  await rm(stateFileOf(request), { force: true })
  return { best, epochs, bestFolder, lastFolder }
}

/**
 * Trains a stage of an experiment with one seed. A checkpoint lies in the folder all the time; it is
 * gone on from, and the result is that of a stage that was never interrupted.
 *
 * @throws AppError `cancelled` within a step, after a checkpoint; `training-diverged`;
 *   `not-enough-memory`; `disk-full`; `unsupported-model`; what reading pictures and masks throws.
 */
export async function trainStage(
  request: StageRequest,
  context: TaskContext<StageEvent>,
): Promise<StageSummary> {
  const { settings, folder, train, validation } = request
  await mkdir(folder, { recursive: true })
  const baseSha256 = await sha256Of(join(request.modelFolder, 'model.onnx'))
  const fingerprint = stageFingerprint(request, baseSha256)
  const saved = await loadStage(stateFileOf(request), fingerprint)
  await using masks = await MaskFile.open(request.masks)
  const classWeights = await classWeightsOf(request, masks)
  const network = await networkOf(request)
  await using work = await openTrainingWork(network, {
    ...{ size: settings.input, settings, folder, classWeights },
    // The best weights so far are kept beside the present ones.
    pictureBytes: decodedBytes(train) + decodedBytes(validation) + parameterBytes(network),
    leastParts: saved?.position.parts ?? 1,
  })
  const { kind, gamma } = settings.loss
  const loss: LossOptions = { kind, gamma, ...(classWeights && { classWeights }) }
  return await runStage({ request, context, network, work, masks, saved, fingerprint, loss })
}
