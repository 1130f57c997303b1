/** @file What the active network takes for people in single frames, at the size of the recipe. */
import { availableParallelism } from 'node:os'
import { AppError } from '../../shared/errors.ts'
import type { ClassMask } from '../../shared/mask.ts'
import type { Size } from '../../shared/recipe.ts'
import { openMaps } from '../db/map-reader.ts'
import type { Project } from '../db/project.ts'
import { getRun } from '../db/runs.ts'
import type { Source } from '../db/sources.ts'
import type { Engine } from '../engine.ts'
import { lowestOdds, probabilityOfOdds } from '../infer/map-odds.ts'
import { personLogOdds } from '../infer/person-mask.ts'
import type { ProbabilityMap } from '../infer/types.ts'
import { inputSizeFor } from '../models/input-size.ts'
import { filterChain } from '../preprocess/filter-chain.ts'
import { askAboutTape } from './ask-about-tape.ts'
import { positionIn, runFrames } from './choose-run.ts'
import { frameMap } from './frame-picture.ts'
import { networkForTape } from './network-for-tape.ts'
import { activeModelId, requireModel } from './networks.ts'
import { requireRecipe } from './project-recipe.ts'

/** How many predictions of single frames are kept; a map is a few kilobytes. */
const mostKept = 32

/** A run of the network cannot be interrupted, and its process is not to be ended for it. */
const patienceMs = 30_000

interface Kept {
  source: number
  frame: number
  model: string
  geometryHash: string
  map: ProbabilityMap
}

/** The latest ones of each project, the last one first. */
const kept = new WeakMap<Project, Kept[]>()

function keep(project: Project, prediction: Kept): void {
  const { source, frame } = prediction
  const others = (kept.get(project) ?? []).filter(
    (each) => each.source !== source || each.frame !== frame,
  )
  kept.set(project, [prediction, ...others].slice(0, mostKept))
}

export interface PredictOptions {
  device: string
  threads?: number | undefined
  signal?: AbortSignal | undefined
}

/**
 * Lets the active network look at a frame and returns the network's id.
 * @throws AppError `tape-missing`, `other-geometry`, `no-such-device`, `cancelled`
 */
export async function predictFrame(
  engine: Engine,
  source: Source,
  frame: number,
  { device, threads, signal }: PredictOptions,
): Promise<string> {
  const { project, compute } = engine
  const { recipe, geometryHash } = requireRecipe(project)
  const active = await requireModel(engine, {})
  const { folder, description, sha256 } = await networkForTape(engine, active, source, { signal })
  const input = inputSizeFor(description, undefined, recipe.size)
  const network = {
    modelFolder: folder,
    size: recipe.size,
    input,
    device,
    threads: threads ?? availableParallelism(),
  }
  const filters = filterChain(recipe, source.info)
  const { map } = await askAboutTape(project, source, (tape) =>
    compute.run(
      'predictFrame',
      { tape, frame, filters, network, modelHash: sha256 },
      { signal, patienceMs },
    ),
  )
  keep(project, { source: source.id, frame, model: description.id, geometryHash, map })
  return description.id
}

/** Steps of log-odds that a byte is looked up in; a step is at most a fifteenth of a grey level. */
const steps = 4096
const stepsPerOdd = (steps - 1) / (-2 * lowestOdds)
const byteOfStep = Uint8Array.from({ length: steps }, (_, step) =>
  Math.round(255 * probabilityOfOdds(lowestOdds + step / stepsPerOdd)),
)

function probabilityBytes(map: ProbabilityMap, size: Size): ClassMask {
  const odds = personLogOdds(map, size)
  const data = new Uint8Array(odds.length)
  for (let i = 0; i < data.length; i++)
    data[i] = byteOfStep[Math.round(((odds[i] ?? 0) - lowestOdds) * stepsPerOdd)] ?? 0
  return { ...size, data }
}

/**
 * What a run has stored of a frame, as `predictionOf` gives it.
 * @throws AppError `no-such-run` where the run is none of this tape and recipe, or has not come to the
 *   frame; `no-maps`
 */
export async function predictionOfRun(
  { project }: Engine,
  source: Source,
  frame: number,
  id: number,
): Promise<ClassMask> {
  const { recipe, geometryHash } = requireRecipe(project)
  const run = getRun(project, id)
  const position = positionIn(runFrames(project, run), frame)
  const isThere = position >= 0 && position < run.done
  if (run.source !== source.id || run.geometryHash !== geometryHash || !isThere)
    throw new AppError(
      'no-such-run',
      `run ${id} holds nothing of frame ${frame} of tape ${source.id} as it is shown`,
      'Choose another run.',
    )
  using maps = openMaps(project, run.id)
  return probabilityBytes(maps.at(position), recipe.size)
}

/**
 * Person probability of a frame, 0 … 255, `[height, width]` of the recipe: what the active network
 * was asked for, else what its latest run stored.
 * @throws AppError `no-such-run`, `no-maps` where it has not looked at the frame
 */
export async function predictionOf(
  engine: Engine,
  source: Source,
  frame: number,
): Promise<ClassMask> {
  const { project } = engine
  const { recipe, geometryHash } = requireRecipe(project)
  const model = activeModelId(engine)
  const asked = kept
    .get(project)
    ?.find(
      (each) =>
        each.source === source.id &&
        each.frame === frame &&
        each.model === model &&
        each.geometryHash === geometryHash,
    )
  return probabilityBytes(asked?.map ?? frameMap(project, source, frame), recipe.size)
}
