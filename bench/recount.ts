/**
 * @file How long a user waits for counts that need no inference: opening a project, moving the
 * threshold, changing the cut, drawing a region. Two tapes with made-up scores of six regions.
 */
import { execFileSync } from 'node:child_process'
import { rmSync, statSync } from 'node:fs'
import { approximateScores } from '../src/engine/count/approximate.ts'
import type { Shape } from '../src/engine/count/shape.ts'
import { loadFrameIndex } from '../src/engine/db/frame-indexes.ts'
import { databaseFile, mapsFile } from '../src/engine/db/layout.ts'
import { readMaps } from '../src/engine/db/map-reader.ts'
import { createProject, openProject, type Project } from '../src/engine/db/project.ts'
import { activeRecipe, setRecipe } from '../src/engine/db/recipes.ts'
import { listRegions } from '../src/engine/db/regions.ts'
import { RunWriter } from '../src/engine/db/run-writer.ts'
import { createRun, listRuns, type Run } from '../src/engine/db/runs.ts'
import { loadScores, saveApproximateScores } from '../src/engine/db/scores.ts'
import { loadSettings } from '../src/engine/db/settings.ts'
import { type RunShape, runShapes } from '../src/engine/db/shapes.ts'
import { addSource, listSources } from '../src/engine/db/sources.ts'
import type { ProbabilityMap } from '../src/engine/infer/types.ts'
import { countRun } from '../src/shared/count/count.ts'
import { defaultRule } from '../src/shared/count/rule.ts'
import { toEvents } from '../src/shared/count/stretches.ts'
import { cutCount } from '../src/shared/count/types.ts'
import { recipeSchema, type Size } from '../src/shared/recipe.ts'
import type { Point } from '../src/shared/region.ts'
import { rasterise } from '../src/shared/region-raster.ts'
import { madeUpTape } from '../test/fixtures/made-up-tape.ts'
import { median, type Row, report, scratch } from './common.ts'

interface Tape {
  name: string
  frames: number
  map: Size
  /** Limits in milliseconds. */
  openMs: number
  recountMs: number
}

const tapes: readonly Tape[] = [
  { name: '15 min', frames: 13_500, map: { width: 41, height: 41 }, openMs: 1000, recountMs: 16 },
  // Maps are read only to score new regions: those of the long tape are left out.
  { name: '15 h', frames: 810_000, map: { width: 1, height: 1 }, openMs: 3000, recountMs: 300 },
]

const size: Size = { width: 500, height: 500 }
const side = 110

function square(x: number, y: number): Shape {
  const points: Point[] = [
    [x, y],
    [x + side, y],
    [x + side, y + side],
    [x, y + side],
  ]
  return { points, ignored: [], size }
}

const shapes = [0, 1, 2, 3, 4, 5].map((i) =>
  square(40 + 150 * (i % 3), 60 + 200 * Math.floor(i / 3)),
)

/** A person who comes and goes, and noise that does not repeat. */
function presence(frame: number, region: number): number {
  const visit = Math.sin(frame / (97 + 31 * region)) + Math.sin(frame / (1201 + 7 * region))
  const noise = (Math.imul(frame * 6 + region, 0x9e3779b1) >>> 0) / 2 ** 32
  return Math.max(0, visit * 900 + noise * 60)
}

/** A person walking round in a picture, as a network's output shows it. */
function mapOf(frame: number, { width, height }: Size): ProbabilityMap {
  const x = width * (0.5 + 0.3 * Math.sin(frame / 50))
  const y = height * (0.5 + 0.3 * Math.cos(frame / 70))
  const data = Uint8Array.from({ length: width * height }, (_, cell) => {
    const distance = Math.hypot((cell % width) - x, Math.floor(cell / width) - y)
    return Math.round(255 / (1 + Math.exp(2 * (distance - 4))))
  })
  return { width, height, data }
}

function writeScores(project: Project, run: Run, { frames, map }: Tape): void {
  const writer = new RunWriter(project, run.id)
  const sums = new Float64Array(shapes.length * cutCount)
  for (let position = 0; position < frames; position++) {
    for (let region = 0; region < shapes.length; region++) {
      const all = presence(position, region)
      for (let cut = 0; cut < cutCount; cut++)
        sums[region * cutCount + cut] = all * (1 - (cut / cutCount) ** 2)
    }
    writer.append({ position, frame: position, sums, map: mapOf(position, map) })
  }
  writer.close('done')
}

/** Makes a project with a whole run. */
function makeProject(dir: string, tape: Tape): void {
  const project = createProject(dir)
  const { geometryHash } = setRecipe(project, recipeSchema.parse({ size }))
  const source = addSource(project, madeUpTape(tape.frames), '2024-05-01T06:00:00+02:00')
  const run = {
    ...{ source: source.id, geometryHash, modelId: 'made-up', modelSha256: 'b'.repeat(64) },
    ...{ inputWidth: 320, inputHeight: 320, frameList: `0-${tape.frames - 1}` },
    ...{ device: 'cpu', frames: tape.frames },
  }
  writeScores(project, createRun(project, run, shapes), tape)
  project.close()
}

/** Everything a workbench asks for before it can show a project. */
function open(dir: string): { project: Project; indexBytes: number } {
  const project = openProject(dir, { mode: 'write' })
  let indexBytes = 0
  for (const source of listSources(project)) {
    const { pts, checksums, seekPoints } = loadFrameIndex(project, source)
    indexBytes += pts.byteLength + checksums.byteLength + seekPoints.byteLength
  }
  for (const ask of [activeRecipe, listRegions, loadSettings]) ask(project)
  for (const run of listRuns(project)) runShapes(project, run.id)
  return { project, indexBytes }
}

/** Counts every region, with events. */
function count(
  project: Project,
  scored: readonly RunShape[],
  cut: number,
  threshold: number,
): void {
  const regions = scored.map((shape) => {
    return { sums: loadScores(project, 1, shape, cut), threshold: null, group: null }
  })
  const rule = { ...defaultRule(size), cut, threshold, enter: 5, leave: 10 }
  for (const { stretches } of countRun(regions, rule)) toEvents(stretches)
}

/** Scores a region that was drawn after the run from the maps, and stores the scores. */
function scoreNewRegion(project: Project, frames: number, shape: Shape): void {
  const maps = readMaps(project, 1)
  const [sums] = approximateScores(maps, frames, [rasterise(shape.points, size)], size)
  if (sums) saveApproximateScores(project, 1, shape, sums)
}

function milliseconds(work: () => void): number {
  const started = performance.now()
  work()
  return performance.now() - started
}

/** What was measured, in which unit, and what it must stay under. */
type Measured = [what: string, value: number, unit: string, limit?: number]

function measureCounts(project: Project, { recountMs }: Tape, memoryBefore: number): Measured[] {
  const scored = runShapes(project, 1)
  const first = milliseconds(() => count(project, scored, 0.5, 160))
  const recounts = Array.from({ length: 21 }, (_, i) =>
    milliseconds(() => count(project, scored, 0.5, 100 + 10 * i)),
  )
  const memory = process.memoryUsage().rss - memoryBefore
  const cuts = [0, 0.25, 0.75, 0.95].map((cut) =>
    milliseconds(() => count(project, scored, cut, 160)),
  )
  return [
    ['first count', first, 'ms'],
    ['recount, new threshold', median(recounts), 'ms', recountMs],
    ['recount, slowest of 21', Math.max(...recounts), 'ms'],
    ['recount, new cut', median(cuts), 'ms'],
    ['memory, open and counted at one cut', memory / 1e6, 'MB'],
  ]
}

function measureNewRegion(project: Project, { frames, map }: Tape): Measured[] {
  if (map.width === 1) return []
  const took = milliseconds(() => scoreNewRegion(project, frames, square(200, 200)))
  const { size: bytes } = statSync(mapsFile(project.dir, 1))
  return [
    ['new region from maps', took, 'ms', 1000],
    ['maps on disk', bytes / 1e6, 'MB'],
  ]
}

function measureProject(dir: string, tape: Tape): Measured[] {
  const before = process.memoryUsage().rss
  const started = performance.now()
  const { project, indexBytes } = open(dir)
  try {
    return [
      ['opening', performance.now() - started, 'ms', tape.openMs],
      ...measureCounts(project, tape, before),
      ...measureNewRegion(project, tape),
      ['index of frames', indexBytes / 1e6, 'MB'],
      ['project.db', statSync(databaseFile(dir)).size / 1e6, 'MB'],
    ]
  } finally {
    project.close()
  }
}

/** Writes a project, and measures it in a process that has done nothing else. */
function measure(tape: Tape): Row[] {
  console.log(`${tape.name}: writing ${tape.frames} frames …`)
  const dir = scratch(`recount-${tape.frames}.maskbench`)
  try {
    const wrote = milliseconds(() => makeProject(dir, tape))
    const output = execFileSync(process.execPath, [import.meta.filename, tape.name, dir])
    const measured: Measured[] = JSON.parse(output.toString())
    const all: Measured[] = [['writing the run', wrote / 1000, 's'], ...measured]
    return all.map(([what, value, unit, limit]) => {
      return { tape: tape.name, what, value, unit, limit: limit === undefined ? '' : `< ${limit}` }
    })
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

const [, , name, dir] = process.argv
const tape = tapes.find((each) => each.name === name)
if (tape && dir) console.log(JSON.stringify(measureProject(dir, tape)))
else await report('recount', 'Counting again without inference, 6 regions', tapes.flatMap(measure))
