/**
 * @file How well the built-in network finds people without training: person IoU and occupied cells of
 * a 4x4 grid against truth on the frames of humanbody2, network input at 320x240. And how far counts
 * of regions that are scored from the stored maps are from exact ones. Argument: [FRAME LIST].
 */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { approximateScores } from '../src/engine/count/approximate.ts'
import { readMaps } from '../src/engine/db/map-reader.ts'
import type { Project } from '../src/engine/db/project.ts'
import type { Run } from '../src/engine/db/runs.ts'
import { chooseSource } from '../src/engine/jobs/choose-source.ts'
import { createFromTape } from '../src/engine/jobs/create-project.ts'
import { evaluateRun } from '../src/engine/jobs/evaluate-run.ts'
import { inferTape } from '../src/engine/jobs/infer-tape.ts'
import { requireRecipe, shapedRegions, shapeSpans } from '../src/engine/jobs/project-recipe.ts'
import { setGrid } from '../src/engine/jobs/regions.ts'
import { cutIndex } from '../src/shared/count/rule.ts'
import { type Row, report, scratch, sharedFile } from './common.ts'

const folder = sharedFile('data', 'humanbody2')
const frames = process.argv[2]

/** Rules of counting, and the F1 that each is to reach. */
const rules = [
  { threshold: 50, cut: 0, truthPixels: undefined, target: 0.8 },
  { threshold: 50, cut: 0.5, truthPixels: 50, target: 0.82 },
]
const personIouTarget = 0.69

/** Occupied frames of each region by the sums that its stored maps give. */
function countFromMaps(project: Project, run: Run, threshold: number, cut: number): number[] {
  const spans = shapedRegions(project).map(({ shape }) => shapeSpans(shape))
  const { size } = requireRecipe(project).recipe
  const scores = approximateScores(readMaps(project, run.id), run.done, spans, size)
  const from = cutIndex(cut) * run.done
  return scores.map(
    (sums) => sums.subarray(from, from + run.done).filter((sum) => sum > threshold).length,
  )
}

const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)

const dir = scratch('accuracy.maskbench')
try {
  const tapes = [join(folder, 'video.mp4')]
  await using engine = await createFromTape(dir, { tapes, recipe: {} }, {})
  const { project } = engine
  setGrid(project, 4, 4)
  const source = chooseSource(project, undefined)
  const input = { width: 320, height: 240 }
  const { run } = await inferTape(engine, source, { frames, input, device: 'cpu' }, {})
  const people: Row[] = []
  const maps: Row[] = []
  for (const { target, truthPixels, ...rule } of rules) {
    const words = { masks: join(folder, 'masks'), map: ['170=ignore'], frames, truthPixels }
    const { result } = await evaluateRun(project, source, words, rule, {})
    const { occupancy, classes } = result
    const name = { 'threshold px': rule.threshold, cut: rule.cut }
    people.push({
      ...name,
      frames: result.frames,
      'person IoU': classes.find((each) => each.name === 'person')?.iou ?? Number.NaN,
      'IoU target': personIouTarget,
      'occupancy F1': occupancy.f1 ?? Number.NaN,
      'F1 target': target,
    })
    const exact = occupancy.rois.map(({ counted }) => counted)
    const approximate = countFromMaps(project, run, rule.threshold, rule.cut)
    const differences = exact.map((count, i) => Math.abs(count - (approximate[i] ?? Number.NaN)))
    maps.push({
      ...name,
      'counted exactly': total(exact),
      'counted from maps': total(approximate),
      'difference %': (100 * Math.abs(total(approximate) - total(exact))) / total(exact),
      'target %': 0.5,
      'largest difference of a cell': Math.max(...differences),
    })
  }
  await report('accuracy', 'The built-in network without training on humanbody2, 320x240', people)
  await report('maps', 'Counts of 16 cells from stored maps, as for regions drawn later', maps)
} finally {
  rmSync(dir, { recursive: true, force: true })
}
