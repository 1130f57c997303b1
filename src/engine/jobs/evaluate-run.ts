/** @file `evaluate`: a run against truth masks, in pixels and in occupied frames. */

import { toFlags } from '../../shared/count/stretches.ts'
import { AppError } from '../../shared/errors.ts'
import { parseFrameList } from '../../shared/frame-list.ts'
import { personIndexOf } from '../../shared/mask.ts'
import type { LongWork } from '../../shared/progress.ts'
import { listClasses } from '../db/classes.ts'
import { openMaps } from '../db/map-reader.ts'
import type { Project } from '../db/project.ts'
import { loadSettings } from '../db/settings.ts'
import { getSource, type Source } from '../db/sources.ts'
import { personMask } from '../infer/person-mask.ts'
import { type Evaluation, evaluation } from '../labels/evaluate.ts'
import { pixelsInRegion, type RegionTruth, truthPixelsFor } from '../labels/occupancy.ts'
import { pixelCounts } from '../metrics/confusion.ts'
import { chooseRun, type RunChoice } from './choose-run.ts'
import { countProject, type ProjectCount, type RuleChoice } from './count-project.ts'
import { type MaskWords, openMasks } from './labels.ts'
import { requireRecipe, shapedRegions, shapeSpans } from './project-recipe.ts'

export interface EvaluateWords extends MaskWords {
  run?: number | undefined
  truthPixels?: number | undefined
}

export interface RunEvaluation {
  count: ProjectCount
  /** Positions of the run that have truth, ascending. */
  positions: number[]
  regions: RegionTruth[]
  result: Evaluation
}

/** The run that covers the frames asked for. */
function runFor(project: Project, source: Source, words: EvaluateWords) {
  const frames =
    words.frames === undefined ? undefined : parseFrameList(words.frames, source.frames)
  const choice: RunChoice = { run: words.run, tape: source.id, frames }
  return chooseRun(project, choice)
}

/** Collects, mask by mask, what the comparison needs; masks themselves are not kept. */
async function compare(
  project: Project,
  count: ProjectCount,
  words: EvaluateWords,
  work: LongWork,
) {
  const source = getSource(project, count.run.source)
  const { size } = requireRecipe(project).recipe
  const person = personIndexOf(listClasses(project))
  const positionOf = new Map(count.frames.map((frame, position) => [frame, position]))
  const spans = shapedRegions(project).map(({ shape }) => shapeSpans(shape))
  const truths: number[][] = spans.map(() => [])
  const positions: number[] = []
  const pixels = pixelCounts()
  using maps = openMaps(project, count.run.id)
  const { masks } = await openMasks(project, source, words)
  for await (const { frame, mask } of masks(work)) {
    const position = positionOf.get(frame)
    if (position === undefined) continue
    positions.push(position)
    for (const [i, region] of spans.entries()) truths[i]?.push(pixelsInRegion(mask, region, person))
    pixels.add(mask.data, personMask(maps.at(position), size, person))
  }
  return { positions, truths, pixels }
}

/**
 * Compares a run with truth.
 * @throws AppError `no-such-run`, `no-truth` when no mask is for a frame of the run, and what
 * reading masks can throw
 */
export async function evaluateRun(
  project: Project,
  tape: Source,
  words: EvaluateWords,
  given: RuleChoice,
  work: LongWork,
): Promise<RunEvaluation> {
  const count = countProject(project, runFor(project, tape, words), given)
  const { positions, truths, pixels } = await compare(project, count, words, work)
  if (positions.length === 0)
    throw new AppError(
      'no-truth',
      `no mask in ${words.masks} is for a frame of run ${count.run.id}`,
      'Run `maskbench infer` over the frames that have truth.',
    )
  const chosen = words.truthPixels ?? loadSettings(project).truthPixels
  const regions = count.regions.map((region, i): RegionTruth => {
    const flags = toFlags(region.stretches, region.frames)
    return {
      name: region.name,
      pixels: truths[i] ?? [],
      truthPixels: truthPixelsFor(region.threshold ?? count.rule.threshold, chosen),
      counted: positions.map((position) => flags[position] ?? 0),
    }
  })
  const { threshold, cut } = count.rule
  const result = evaluation({
    frames: positions.length,
    classes: listClasses(project),
    pixels,
    regions,
    threshold,
    cut,
    truthPixels: chosen,
  })
  return { count, positions, regions, result }
}
