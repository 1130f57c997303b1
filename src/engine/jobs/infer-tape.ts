/** @file `infer`: the network over a tape, into scores and probability maps. */
import { AppError } from '../../shared/errors.ts'
import { formatFrameList, parseFrameList } from '../../shared/frame-list.ts'
import { type LongWork, programEnds } from '../../shared/progress.ts'
import type { Size } from '../../shared/recipe.ts'
import { loadFrameIndex } from '../db/frame-indexes.ts'
import { RunWriter } from '../db/run-writer.ts'
import { createRun, findRun, type Run, type RunIdentity, setRunDevice } from '../db/runs.ts'
import { runShapes } from '../db/shapes.ts'
import type { Source } from '../db/sources.ts'
import type { Engine } from '../engine.ts'
import type { FrameResult } from '../infer/types.ts'
import { inputSizeFor } from '../models/input-size.ts'
import type { StoredModel } from '../models/types.ts'
import { filterChain } from '../preprocess/filter-chain.ts'
import { runFrames } from './choose-run.ts'
import { backgroundForRun } from './kept-background.ts'
import { loggedJob } from './logged-job.ts'
import { madeForTape, networkForTape } from './network-for-tape.ts'
import { requireModel } from './networks.ts'
import { requireRecipe, shapedRegions, shapeSpans } from './project-recipe.ts'
import { isExact } from './region-scores.ts'
import { requireTape } from './tapes.ts'

export interface InferOptions {
  /** Id of the network; by default the active one. */
  model?: string | undefined
  /** Frame list as text; by default every frame. */
  frames?: string | undefined
  device?: string | undefined
  input?: Size | undefined
  threads?: number | undefined
  allowOtherGeometry?: boolean | undefined
  /** The run is in the list of runs, and under way. */
  onStart?: () => void
}

export interface InferResult {
  run: Run
  model: StoredModel
  /** The device that did the work; null when all was done before. */
  device: string | null
  /** Frames of this call, without those done before. */
  frames: number
  seconds: number
}

/** A run as it is asked for. */
export interface PlannedRun {
  model: StoredModel
  identity: RunIdentity
  /** Frames of its list. */
  frames: number
  /** The run to go on with: the same work, with all regions exact so far; undefined = a new one. */
  before: Run | undefined
}

/**
 * Settles what a run works on. Throws as `inferTape`.
 */
export async function planRun(
  engine: Engine,
  source: Source,
  options: InferOptions,
): Promise<PlannedRun> {
  const { project } = engine
  requireTape(source)
  const { recipe, geometryHash } = requireRecipe(project)
  const model = await madeForTape(engine, await requireModel(engine, options), source)
  const input = inputSizeFor(model.description, options.input, recipe.size)
  const list = parseFrameList(options.frames ?? `0-${source.frames - 1}`, source.frames)
  const identity: RunIdentity = {
    source: source.id,
    geometryHash,
    modelSha256: model.sha256,
    inputWidth: input.width,
    inputHeight: input.height,
    frameList: formatFrameList(list),
  }
  const same = findRun(project, identity)
  const goesOn = same && (same.done < same.frames || isExact(project, same))
  return { model, identity, frames: list.length, before: goesOn ? same : undefined }
}

function openRun({ project }: Engine, planned: PlannedRun, device: string): Run {
  const { model, identity, frames, before } = planned
  if (before) return before
  const shapes = shapedRegions(project).map(({ shape }) => shape)
  return createRun(project, { ...identity, modelId: model.description.id, device, frames }, shapes)
}

/** What is left of a run, for the compute process. */
function runTask({ project }: Engine, run: Run, source: Source, options: InferOptions) {
  const { recipe } = requireRecipe(project)
  return {
    index: loadFrameIndex(project, source),
    frames: runFrames(project, run).slice(run.done),
    firstPosition: run.done,
    filters: filterChain(recipe, source.info),
    size: recipe.size,
    input: { width: run.inputWidth, height: run.inputHeight },
    device: options.device ?? 'auto',
    ...(options.threads === undefined ? {} : { threads: options.threads }),
    regions: runShapes(project, run.id)
      .filter((shape) => !shape.approximate)
      .map(({ shape }) => shapeSpans(shape)),
  }
}

/** Runs the network over the positions that are not done, storing results as they come. */
async function continueRun(
  engine: Engine,
  run: Run,
  source: Source,
  model: StoredModel,
  options: InferOptions,
  work: LongWork,
): Promise<{ run: Run; device: string }> {
  const { project, compute } = engine
  const writer = new RunWriter(project, run.id)
  options.onStart?.()
  const onData = (results: FrameResult[]) => {
    for (const result of results) writer.append(result)
  }
  try {
    const task = { ...runTask(engine, run, source, options), modelFolder: model.folder }
    const { size, regions } = task
    const frames = regions.length > 0 ? run.frames : 0
    const background = await backgroundForRun(engine, task, { frames, size }, work)
    const { device } = await compute.run('infer', { ...task, background }, { ...work, onData })
    setRunDevice(project, run.id, device)
    return { run: writer.close('done'), device }
  } catch (error) {
    endEarly(writer, error, work)
    throw error
  }
}

/** Keeps what was inferred before the error; a full disk leaves what was stored until then. */
function endEarly(writer: RunWriter, error: unknown, { signal }: LongWork): void {
  const code = error instanceof AppError ? error.code : 'internal'
  if (code === 'disk-full') writer.abandon()
  else if (code !== 'cancelled') writer.close('failed')
  else writer.close(signal?.reason === programEnds ? 'interrupted' : 'cancelled')
}

/**
 * Runs a network over a tape. Work that was begun before with the same tape, recipe, network, input
 * size and frames goes on where it stopped, and gives the same numbers.
 * @throws AppError `tape-missing`, `tape-changed`, `no-such-model`, `other-geometry`, `no-such-device`
 */
export async function inferTape(
  engine: Engine,
  source: Source,
  options: InferOptions,
  work: LongWork,
): Promise<InferResult> {
  const { project } = engine
  requireTape(source)
  await networkForTape(engine, await requireModel(engine, options), source, work)
  const planned = await planRun(engine, source, options)
  const { model } = planned
  const run = openRun(engine, planned, options.device ?? 'auto')
  if (run.done === run.frames) return { run, model, device: null, frames: 0, seconds: 0 }
  const started = performance.now()
  const args = { ...options, run: run.id }
  const result = await loggedJob(project, 'infer', args, work, (inner) =>
    continueRun(engine, run, source, model, options, inner),
  )
  const seconds = (performance.now() - started) / 1000
  return { ...result, model, frames: run.frames - run.done, seconds }
}
