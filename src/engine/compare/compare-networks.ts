/** @file `compare`: networks beside each other, on the masks of image sets and in what they cost. */
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import type { ComparedNetwork, Comparison } from '../../shared/contract/compare.ts'
import { AppError, throwIfCancelled } from '../../shared/errors.ts'
import { backgroundIndex } from '../../shared/mask.ts'
import type { LongWork, OnProgress } from '../../shared/progress.ts'
import type { Size } from '../../shared/recipe.ts'
import type { Tasks } from '../compute/tasks.ts'
import type { ComputeProcess } from '../compute/types.ts'
import { listClasses } from '../db/classes.ts'
import { secondsPerEpochOf } from '../db/trained-by.ts'
import type { Engine } from '../engine.ts'
import { classesOfChannels } from '../infer/own-classes.ts'
import { chooseSets } from '../jobs/datasets/choose-sets.ts'
import { evaluateImages, imagesWithTruth } from '../jobs/datasets/evaluate-images.ts'
import { inputSizeFor } from '../models/input-size.ts'
import { networkFile } from '../models/model-folder.ts'
import type { ModelDescription } from '../models/types.ts'
import { readOnnx } from '../onnx/file.ts'
import { type ComparedModel, comparedModel, requireModels } from './compared-network.ts'
import { multiplyAdds, parameterCount } from './count-operations.ts'

export interface CompareWish {
  /** Names, as `namedNetwork` takes them. */
  models: readonly string[]
  set?: number | undefined
  split?: string | undefined
  /** Size of the networks' input; by default what each was trained with, else near the picture's. */
  input?: Size | undefined
  device?: string | undefined
  threads?: number | undefined
  /** Timed looks at a picture. */
  runs?: number | undefined
}

/** Starts the process in which one network is measured, and no other before it. */
export type StartCompute = () => ComputeProcess<Tasks>

/** What every network is measured with. */
interface Bench {
  engine: Engine
  startCompute: StartCompute
  wish: CompareWish
  /** Of the picture that is looked at again and again. */
  picture: Size & { path: string }
  threads: number
}

const usualRuns = 5

/** The middle value; of an even number the upper one of the two. */
function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** Each stage of a network's work is told with the network's name before it. */
function named(id: string, onProgress: OnProgress | undefined): OnProgress {
  return (progress) => onProgress?.({ ...progress, stage: `${id}: ${progress.stage}` })
}

function inputShape({ input }: ModelDescription, { width, height }: Size): number[] {
  return input.layout === 'NCHW' ? [1, 3, height, width] : [1, height, width, 3]
}

async function costOf(bench: Bench, { model }: ComparedModel, work: LongWork) {
  const { wish, picture, startCompute, threads } = bench
  const { description, folder } = model
  const input = inputSizeFor(description, wish.input, picture)
  const { graph } = await readOnnx(join(folder, networkFile))
  const operations = multiplyAdds(graph, {
    [description.input.name]: inputShape(description, input),
  })
  const { runs = usualRuns, device = 'auto' } = wish
  await using compute = startCompute()
  const measured = await compute.run(
    'measureNetwork',
    { modelFolder: folder, input: wish.input, device, threads, path: picture.path, runs },
    work,
  )
  return {
    parameters: parameterCount(graph),
    gflops: operations === null ? null : operations / 1e9,
    input,
    secondsPerImage: middle(measured.seconds),
    peakBytes: measured.peakBytes,
    device: measured.device,
  }
}

/** What masks say of a network; never of random weights. */
async function accuracyOf(bench: Bench, { model, note }: ComparedModel, work: LongWork) {
  if (note !== null) return null
  const { set, split, input, device } = bench.wish
  const choice = { set, split, input, device, threads: bench.threads, network: model }
  const { meanIou, pixelAccuracy, classes, images } = await evaluateImages(
    bench.engine,
    choice,
    work,
  )
  return { meanIou, pixelAccuracy, classIou: classes.map(({ iou }) => iou), images }
}

/** What readers have to know of a network's numbers; null where nothing. */
function noteOn({ engine }: Bench, { model, note }: ComparedModel): string | null {
  if (note !== null) return `no accuracy: ${note}`
  const known = new Set(classesOfChannels(model.description, listClasses(engine.project)))
  const unknown = listClasses(engine.project).filter(
    ({ index }) => index !== backgroundIndex && !known.has(index),
  )
  return unknown.length > 0
    ? `it does not know ${unknown.map(({ name }) => name).join(', ')}`
    : null
}

async function compareOne(bench: Bench, id: string, outer: LongWork): Promise<ComparedNetwork> {
  const work = { signal: outer.signal, onProgress: named(id, outer.onProgress) }
  throwIfCancelled(work.signal, 'the comparison')
  await using compared = await comparedModel(bench.engine, id)
  const { model } = compared
  const note = noteOn(bench, compared)
  const accuracy = await accuracyOf(bench, compared, work)
  const cost = await costOf(bench, compared, work)
  const secondsPerEpoch = secondsPerEpochOf(bench.engine.project, model.description.id)
  return { id, title: model.description.name, accuracy, note, ...cost, secondsPerEpoch }
}

function requireDifferent(models: readonly string[]): void {
  const twice = models.find((name, i) => models.indexOf(name) < i)
  if (twice === undefined) return
  throw new AppError('bad-value', `${twice} was named twice`, 'Name every network once.')
}

/**
 * Compares networks one after the other, each in a process of its own. Those whose published weights
 * are not installed, and those with random ones, are counted and timed, and no accuracy is told of
 * them.
 *
 * @throws AppError `no-such-model`, `no-such-dataset`, `no-truth`, `other-geometry`; what running a
 * network throws; `cancelled`
 */
export async function compareNetworks(
  engine: Engine,
  startCompute: StartCompute,
  wish: CompareWish,
  work: LongWork,
): Promise<Comparison> {
  const { project } = engine
  requireDifferent(wish.models)
  await requireModels(engine, wish.models)
  const sets = chooseSets(project, wish.set)
  const [first] = imagesWithTruth(project, sets, wish.split).images
  if (!first) throw new AppError('internal', 'there is no image with truth')
  const threads = wish.threads ?? availableParallelism()
  const { width, height, path } = first
  const bench = { engine, startCompute, wish, picture: { width, height, path }, threads }
  const networks: ComparedNetwork[] = []
  for (const id of wish.models) networks.push(await compareOne(bench, id, work))
  return {
    project: project.dir,
    sets: sets.map(({ name }) => name),
    split: wish.split ?? null,
    classes: listClasses(project),
    networks,
    machine: { processor: cpus()[0]?.model ?? 'unknown', threads },
    comparedAt: new Date().toISOString(),
  }
}
