/** @file Gathers what a report shows. */
import { basename } from 'node:path'
import { formatClock } from '../../shared/count/clock.ts'
import type { LongWork } from '../../shared/progress.ts'
import type { Recipe } from '../../shared/recipe.ts'
import { recipeByHash } from '../db/recipes.ts'
import { getSource } from '../db/sources.ts'
import type { Engine } from '../engine.ts'
import { applicationVersion } from '../location.ts'
import { overviewPicture } from '../report/pictures.ts'
import type { PeopleInPictures, ReportData, ReportPeriods } from '../report/types.ts'
import { countedTimes, countPeriods, type PeriodUnit, type ProjectCount } from './count-project.ts'
import type { RunEvaluation } from './evaluate-run.ts'
import { findModel } from './networks.ts'
import { regionsInRecipe, requireRecipe } from './project-recipe.ts'
import { showPictures, type WantedPicture } from './report-pictures.ts'
import { eventPictures, reportRegions } from './report-regions.ts'
import { reportTruth } from './report-truth.ts'

export interface ReportOptions {
  people: PeopleInPictures
  evaluation: RunEvaluation | null
}

const degrees = (value: number): string => `${Number(value.toFixed(1))}°`

/** The geometry, step by step, for people. */
function recipeSteps({ lens, view, crop }: Recipe): [string, string][] {
  const steps: [string, string][] = []
  if (lens)
    steps.push([
      'lens',
      `${degrees(lens.fov)} equidistant, circle of radius ${Math.round(lens.radius)} px around ` +
        `${Math.round(lens.cx)}, ${Math.round(lens.cy)}`,
    ])
  if (view)
    steps.push([
      'view',
      `yaw ${degrees(view.yaw)}, pitch ${degrees(view.pitch)}, roll ${degrees(view.roll)}; ` +
        `${degrees(view.hfov)} x ${degrees(view.vfov)}`,
    ])
  if (crop) steps.push(['crop', `${crop.width} x ${crop.height} px from ${crop.x}, ${crop.y}`])
  return steps
}

function reportPeriods(engine: Engine, count: ProjectCount, unit: PeriodUnit): ReportPeriods {
  const byRegion = countPeriods(engine.project, count, unit)
  const periods = (byRegion[0]?.periods ?? []).map(({ period, frames }, i) => ({
    day: period.start.slice(0, 10),
    label: `${period.start.slice(11, 16)} – ${period.end.slice(11, 16)}`,
    frames,
    occupied: byRegion.map((each) => each.periods[i]?.occupied ?? 0),
  }))
  return { unit, periods }
}

/**
 * Gathers a report's data, pictures included.
 * @throws AppError `tape-missing` unless pictures are left out
 */
export async function gatherReport(
  engine: Engine,
  count: ProjectCount,
  { people, evaluation }: ReportOptions,
  work: LongWork,
): Promise<ReportData> {
  const { project } = engine
  const { run, rule, frames } = count
  const source = getSource(project, run.source)
  const { recipe, geometryHash } = recipeByHash(project, run.geometryHash) ?? requireRecipe(project)
  const times = countedTimes(project, count)
  const regions = reportRegions(count, engine)
  const compared = evaluation ? reportTruth(engine, evaluation, people) : null
  const model = await findModel(engine, run.modelId)
  const data: ReportData = {
    title: basename(project.dir, '.maskbench'),
    createdAt: formatClock(Date.now() - new Date().getTimezoneOffset() * 60_000, '')
      .slice(0, 16)
      .replace('T', ' '),
    version: applicationVersion(),
    tape: {
      name: basename(source.path),
      frames: source.frames,
      framesPerSecond: source.info.framesPerSecond,
      width: source.info.width,
      height: source.info.height,
      sha256: source.sha256,
      startTime: source.startTime,
    },
    measured: { frames, seconds: times.seconds },
    recipe: { size: recipe.size, geometryHash, steps: recipeSteps(recipe) },
    model: {
      name: model?.description.name ?? run.modelId,
      id: run.modelId,
      sha256: run.modelSha256,
      licence: model?.description.licence ?? 'unknown',
      input: { width: run.inputWidth, height: run.inputHeight },
      device: run.device,
    },
    rule,
    overview: null,
    regions,
    ignored: regionsInRecipe(project)
      .filter(({ kind }) => kind === 'ignore')
      .map(({ points }) => points),
    periods:
      times.startTime === null
        ? []
        : (['hour', 'shift'] as const).map((unit) => reportPeriods(engine, count, unit)),
    people,
    truth: compared?.truth ?? null,
  }
  if (people === 'left-out') return data
  const overview: WantedPicture = {
    position: Math.floor(frames.length / 2),
    async use(seen) {
      data.overview = await overviewPicture(seen, people)
    },
  }
  const wanted = [overview, ...eventPictures(regions, people), ...(compared?.pictures ?? [])]
  await showPictures(engine, count, wanted, work)
  return data
}
