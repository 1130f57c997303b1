/** @file The `train` task: from a base network and painted frames to a network of its own. */
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { progressMeter } from '../../shared/progress.ts'
import type { TaskContext } from '../compute/types.ts'
import { sha256Of } from '../models/model-folder.ts'
import { writeTrained } from './checkpoints/finish.ts'
import { summary } from './checkpoints/summary.ts'
import { fingerprintOf, loadTraining, type TrainingPosition } from './checkpoints/training-state.ts'
import { type TrainableNetwork, trainableNetwork } from './graph/trainable-network.ts'
import { openPreview } from './preview/live-preview.ts'
import { lossWeights } from './samples/class-weights.ts'
import { selfLabels } from './samples/self-labels.ts'
import { type TrainingMaterial, trainingMaterial } from './samples/training-material.ts'
import { estimate } from './session/estimate.ts'
import { openTrainingWork, type TrainingWork } from './session/training-work.ts'
import { Trainer } from './trainer.ts'
import { partIterations, trainingPart } from './training-part.ts'
import type { TrainEvent, TrainingSample, TrainRequest, TrainSummary } from './types.ts'

/** Where everything of a training lies in its folder. */
function placesIn(folder: string) {
  return {
    state: join(folder, 'state.bin'),
    model: join(folder, 'model'),
    interim: join(folder, 'interim'),
  }
}

/** The position of the folder's checkpoint, or of a training that begins. */
async function whereToBegin(request: TrainRequest, stateFile: string) {
  const { modelFolder, provenance, settings, classes, resume } = request
  const baseSha256 = await sha256Of(join(modelFolder, 'model.onnx'))
  const fingerprint = fingerprintOf(request, baseSha256)
  if (!resume) await rm(stateFile, { force: true })
  const saved = await loadTraining(stateFile, fingerprint)
  const training = { ...provenance, baseSha256, classes, settings }
  const iterations = partIterations(settings)
  const begin = { fingerprint, iterations, parts: settings.accumulate, seconds: 0, training }
  const nothing = { part: 0, done: 0, losses: [], stepSeconds: [] }
  const position: TrainingPosition = saved?.position ?? { ...begin, ...nothing }
  return { saved, position }
}

/** The frames of a part: in the second one also those that the network has labelled itself. */
function framesOf({ painted, unlabelled }: TrainingMaterial, ownLabels: readonly Uint8Array[]) {
  const own = unlabelled.flatMap((picture, i): TrainingSample[] => {
    const mask = ownLabels[i]
    return mask ? [{ picture, mask }] : []
  })
  return [...painted, ...own]
}

/**
 * Trains a network. Tells what it will take before it begins, and every step. A checkpoint lies in the
 * folder all the time; with `resume` it is gone on from, and the result is that of a training that was
 * never interrupted.
 *
 * @throws AppError `cancelled` within a step, after a checkpoint; `training-diverged`;
 *   `not-enough-memory`; `disk-full` when a checkpoint cannot be written; `unsupported-model`; what
 *   reading the tapes throws.
 */
export async function train(
  request: TrainRequest,
  context: TaskContext<TrainEvent>,
): Promise<TrainSummary> {
  const { settings, folder, classes, size } = request
  const places = placesIn(folder)
  await mkdir(folder, { recursive: true })
  const { saved, position } = await whereToBegin(request, places.state)
  const material = await trainingMaterial(request, { signal: context.signal })
  const network = await trainableNetwork(request, material.background)
  const masks = material.painted.map(({ mask }) => mask)
  await using work = await openTrainingWork(network, {
    size,
    settings,
    folder,
    classWeights: lossWeights(settings.loss, masks, classes.length),
    pictureBytes: material.bytes,
    leastParts: position.parts,
  })
  position.parts = work.parts
  await runParts({ request, context, material, network, work, position, saved })
  const { stateFile, weights } = { stateFile: places.state, weights: work.weights }
  const result = summary(position, work, {
    modelFolder: places.model,
    fallback: await work.fallback(),
  })
  const { modelFolder: _, ...numbers } = result
  const training = { ...position.training, ...numbers }
  await writeTrained(places.model, { network, weights }, { training, stateFile })
  await rm(places.interim, { recursive: true, force: true })
  return result
}

interface Running {
  request: TrainRequest
  context: TaskContext<TrainEvent>
  material: TrainingMaterial
  network: TrainableNetwork
  work: TrainingWork
  position: TrainingPosition
  saved: Awaited<ReturnType<typeof loadTraining>>
}

async function runParts(running: Running): Promise<void> {
  const { request, context, material, network, work, position, saved } = running
  const { state: stateFile } = placesIn(request.folder)
  const total = position.iterations.reduce((sum, count) => sum + count, 0)
  const report = progressMeter('train', total, 'iterations', context.onProgress)
  await using preview = openPreview({ request, network, work, iterations: total })
  const onIteration = async (done: number) => {
    report(done)
    const seen = await preview?.after(done)
    if (seen) await context.emit({ kind: 'preview', iteration: done, ...seen })
  }
  const trainer = new Trainer({ request, work, position, stateFile, context, onIteration })
  let isFirst = true
  for (const [index, iterations] of position.iterations.entries()) {
    if (index < position.part) continue
    const goesOn = saved !== null && index === saved.position.part
    let ownLabels = goesOn && index > 0 ? saved.ownLabels : []
    if (!goesOn && index > 0) ownLabels = await labelItself(running)
    if (position.part < index) Object.assign(position, { part: index, done: 0 })
    const { background } = material
    const source = { frames: framesOf(material, ownLabels), background }
    const part = trainingPart(index, iterations, request, source)
    const left = position.iterations.slice(index).reduce((sum, n) => sum + n, 0) - position.done
    await trainer.run(part, ownLabels, goesOn ? saved : null, async (partWork) => {
      if (isFirst) await context.emit(await estimate(running, trainer, partWork, left))
      isFirst = false
      await context.emit({ kind: 'part', part: part.name, iterations })
    })
  }
}

/** What the network, as it is now, is sure of in the unlabelled frames. */
async function labelItself({ request, context, material, network, work }: Running) {
  const { interim } = placesIn(request.folder)
  const { settings, size, classes } = request
  const { selfTraining: rule } = settings
  if (!rule) return []
  await writeTrained(interim, { network, weights: work.weights }, { training: null })
  const options = { modelFolder: interim, pictures: material.unlabelled, size, settings, rule }
  return selfLabels({ ...options, classes: classes.length }, { signal: context.signal })
}
