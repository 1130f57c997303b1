import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Shape } from '../../../src/engine/count/shape.ts'
import { mapsFile } from '../../../src/engine/db/layout.ts'
import { createProject, openProject, type Project } from '../../../src/engine/db/project.ts'
import { RunWriter } from '../../../src/engine/db/run-writer.ts'
import { loadScores, saveApproximateScores } from '../../../src/engine/db/scores.ts'
import { type RunShape, runShapes } from '../../../src/engine/db/shapes.ts'
import { cutCount } from '../../../src/shared/count/types.ts'
import { caught } from '../../fixtures/caught.ts'
import { addMadeUpRun, madeUpResult, madeUpShapes, madeUpSum } from '../../fixtures/made-up-run.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

const frames = 600

/** A project with a run that is done so far. */
function projectWithRun(name: string, done: number): { project: Project; writer: RunWriter } {
  const project = createProject(temporary(name))
  const writer = new RunWriter(project, addMadeUpRun(project, frames).id)
  for (let position = 0; position < done; position++) writer.append(madeUpResult(position))
  writer.flush()
  return { project, writer }
}

const drawnLater: Shape = {
  points: [
    [0, 0],
    [9, 0],
    [9, 9],
  ],
  ignored: [],
  size: { width: 320, height: 240 },
}

/** Sums `[cuts, positions]` that tell cut and position. */
const laterSums = (positions: number) =>
  Float64Array.from({ length: cutCount * positions }, (_, at) => at)

function shapeAt(project: Project, index: number): RunShape {
  const shape = runShapes(project, 1)[index]
  if (!shape) throw new Error(`the run has no shape ${index}`)
  return shape
}

test('a shape drawn after the run is scored approximately, beside the exact ones', () => {
  const { project, writer } = projectWithRun('later.maskbench', frames)
  writer.close('done')
  saveApproximateScores(project, 1, drawnLater, laterSums(frames))
  expect(runShapes(project, 1).map(({ approximate, scored }) => [approximate, scored])).toEqual([
    [false, frames],
    [false, frames],
    [true, frames],
  ])
  expect(shapeAt(project, 2).shape).toEqual(drawnLater)
  expect(loadScores(project, 1, shapeAt(project, 2), 0.1)).toEqual(
    laterSums(frames).subarray(2 * frames, 3 * frames),
  )
  project.close()
})

test('exact scores are never replaced by approximate ones', () => {
  const { project, writer } = projectWithRun('exact.maskbench', frames)
  writer.close('done')
  const [exact] = madeUpShapes
  if (!exact) throw new Error('no shape')
  saveApproximateScores(project, 1, exact, laterSums(frames))
  expect(shapeAt(project, 0)).toMatchObject({ approximate: false, scored: frames })
  expect(loadScores(project, 1, shapeAt(project, 0), 0)[7]).toBe(madeUpSum(7, 0, 0))
  project.close()
})

test('a shape that is drawn while the run goes on does not disturb it', () => {
  const { project, writer } = projectWithRun('during.maskbench', 100)
  saveApproximateScores(project, 1, drawnLater, laterSums(100))
  for (let position = 100; position < frames; position++) writer.append(madeUpResult(position))
  writer.close('done')
  expect(shapeAt(project, 1)).toMatchObject({ approximate: false, scored: frames })
  expect(shapeAt(project, 2)).toMatchObject({ approximate: true, scored: 100 })
  expect(loadScores(project, 1, shapeAt(project, 2), 0)).toHaveLength(100)
  saveApproximateScores(project, 1, drawnLater, laterSums(frames))
  expect(loadScores(project, 1, shapeAt(project, 2), 0)).toEqual(
    laterSums(frames).subarray(0, frames),
  )
  project.close()
})

test('a reader sees the scores of a run as they come', () => {
  const { project, writer } = projectWithRun('live.maskbench', 100)
  const reader = openProject(project.dir, { mode: 'read' })
  expect(loadScores(reader, 1, shapeAt(reader, 0), 0.5)).toHaveLength(100)
  for (let position = 100; position < 130; position++) writer.append(madeUpResult(position))
  writer.flush()
  const sums = loadScores(reader, 1, shapeAt(reader, 0), 0.5)
  expect(sums).toHaveLength(130)
  expect(sums[129]).toBe(madeUpSum(129, 0, 10))
  reader.close()
  writer.close('interrupted')
  project.close()
})

test('a reader cannot go on with a run, and leaves no trace of trying', () => {
  const project = createProject(temporary('reader.maskbench'))
  addMadeUpRun(project, frames)
  project.close()
  const reader = openProject(project.dir, { mode: 'read' })
  expect(caught(() => new RunWriter(reader, 1)).code).toBe('read-only')
  expect(existsSync(mapsFile(project.dir, 1))).toBe(false)
  reader.close()
})

test('scores that are missing are damage, not zeros', () => {
  const { project, writer } = projectWithRun('holes.maskbench', 550)
  writer.close('interrupted')
  project.db.exec('DELETE FROM score WHERE block = 1 AND cut = 10')
  expect(caught(() => loadScores(project, 1, shapeAt(project, 0), 0.5)).code).toBe(
    'project-damaged',
  )
  expect(caught(() => new RunWriter(project, 1)).code).toBe('project-damaged')
  project.close()
})
