/** @file `labels suggest`: which frames to paint next. */
import type { LongWork } from '../../shared/progress.ts'
import type { Size } from '../../shared/recipe.ts'
import { loadFrameIndex } from '../db/frame-indexes.ts'
import { listLabels } from '../db/masks.ts'
import type { Project } from '../db/project.ts'
import type { Source } from '../db/sources.ts'
import type { Engine } from '../engine.ts'
import { chooseFrames, type FrameCandidate } from '../labels/choose-frames.ts'
import { frameViews } from '../labels/frame-views.ts'
import { filterChain } from '../preprocess/filter-chain.ts'
import type { FrameReference } from '../train/types.ts'
import { frameDoubts } from './frame-doubts.ts'
import { requireRecipe, shapedRegions, shapeSpans } from './project-recipe.ts'
import { requireTape } from './tapes.ts'
import { isIn, spreadOver } from './training-frames.ts'

export interface Suggestion extends FrameReference {
  why: 'looks different' | 'looks different, and the network is unsure'
}

/** Frames that are looked at; neighbours of a video look alike anyway. */
const candidateCount = 240

/** From so many labels on, what the network is unsure about counts as well. */
const labelsForUncertainty = 12

/** Longer side of the pictures that are compared: a person far away is a pixel or two. */
const viewSide = 40

/** Weight of what lies outside all regions. */
const outside = 0.3

function smallSize({ width, height }: Size): Size {
  const scale = viewSide / Math.max(width, height)
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  }
}

/** How much each pixel of the small picture matters: the regions, where there are any. */
function pixelWeights(project: Project, small: Size): Float64Array {
  const { size } = requireRecipe(project).recipe
  const regions = shapedRegions(project).map(({ shape }) => shapeSpans(shape))
  const weights = new Float64Array(small.width * small.height).fill(
    regions.length > 0 ? outside : 1,
  )
  for (const { spans } of regions)
    for (let i = 0; i < spans.length; i += 3) {
      const [row = 0, first = 0, end = 0] = spans.subarray(i, i + 3)
      const y = Math.floor((row * small.height) / size.height)
      const from = Math.floor((first * small.width) / size.width)
      const to = Math.ceil((end * small.width) / size.width)
      weights.fill(1, y * small.width + from, y * small.width + to)
    }
  return weights
}

/** Small pictures of frames of one tape, ascending. */
async function smallPictures(
  { project, compute }: Engine,
  source: Source,
  frames: readonly number[],
  small: Size,
  work: LongWork,
): Promise<Uint8Array[]> {
  requireTape(source)
  const scale = `scale=${small.width}:${small.height}:flags=area`
  const filters = [filterChain(requireRecipe(project).recipe, source.info), scale]
  const pictures: Uint8Array[] = []
  const request = {
    index: loadFrameIndex(project, source),
    filters: filters.filter(Boolean).join(','),
    frames,
  }
  const onData = ({ data }: { data: Uint8Array }) => {
    pictures.push(Uint8Array.from(data))
  }
  await compute.run('readFrames', request, { ...work, onData })
  return pictures
}

/** Weights of candidates: 1, and more where the network is unsure, once it has learnt something. */
function weightsOf(project: Project, candidates: readonly FrameReference[], labels: number) {
  if (labels < labelsForUncertainty) return candidates.map(() => 1)
  const tapes = new Set(candidates.map(({ source }) => source))
  const bySource = new Map([...tapes].map((source) => [source, frameDoubts(project, source)]))
  const found = candidates.map(({ source, frame }) => bySource.get(source)?.get(frame) ?? null)
  const known = found.filter((doubt) => doubt !== null)
  const mean = known.reduce((sum, doubt) => sum + doubt, 0) / Math.max(1, known.length)
  return found.map((doubt) => (doubt === null || mean === 0 ? 1 : 0.5 + doubt / mean))
}

/**
 * Frames of these tapes to paint next: together they look like all that is seen, apart from what is
 * labelled already; from a dozen labels on, with more of those the network is unsure about.
 * @throws AppError `tape-missing`, `tape-changed`, `cancelled`
 */
export async function suggestFrames(
  engine: Engine,
  sources: readonly Source[],
  count: number,
  work: LongWork,
): Promise<Suggestion[]> {
  const { project } = engine
  const labels = listLabels(project).filter((label) =>
    sources.some(({ id }) => id === label.source),
  )
  const isLabelled = isIn(labels)
  const spread = spreadOver(sources, Math.max(candidateCount, count)).filter(
    (frame) => !isLabelled(frame),
  )
  const looked = [...labels, ...spread].map(({ source, frame }) => ({ source, frame }))
  const small = smallSize(requireRecipe(project).recipe.size)
  const frames: FrameReference[] = []
  const pictures: Uint8Array[] = []
  for (const source of sources) {
    const own = looked.filter((each) => each.source === source.id)
    own.sort((a, b) => a.frame - b.frame)
    frames.push(...own)
    const numbers = own.map(({ frame }) => frame)
    pictures.push(...(await smallPictures(engine, source, numbers, small, work)))
  }
  const views = frameViews(pictures, pixelWeights(project, small))
  const weights = weightsOf(project, frames, labels.length)
  const known = views.filter((_, i) => isLabelled(frames[i] ?? { source: 0, frame: 0 }))
  const open = frames.flatMap((frame, i): (FrameReference & FrameCandidate)[] => {
    const view = views[i]
    return view && !isLabelled(frame) ? [{ ...frame, view, weight: weights[i] ?? 1 }] : []
  })
  return chooseFrames(open, known, count).flatMap((i) => {
    const { source, frame, weight } = open[i] ?? {}
    if (source === undefined || frame === undefined) return []
    const why = (weight ?? 1) > 1 ? 'looks different, and the network is unsure' : 'looks different'
    return [{ source, frame, why }]
  })
}
