import { expect, test } from 'vitest'
import { loadDifferences } from '../../../src/engine/db/differences.ts'
import { createProject, openProject } from '../../../src/engine/db/project.ts'
import { RunWriter } from '../../../src/engine/db/run-writer.ts'
import { deleteRun } from '../../../src/engine/db/runs.ts'
import { runShapes } from '../../../src/engine/db/shapes.ts'
import type { FrameResult } from '../../../src/engine/infer/types.ts'
import { addMadeUpRun, madeUpResult } from '../../fixtures/made-up-run.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()
const frames = 1300

/** Two shapes' differences, that tell position and shape. */
const resultAt = (position: number): FrameResult => ({
  ...madeUpResult(position),
  changed: Float64Array.of(position, -position),
})

test('a run that goes on has the differences from the background of one that never stopped', () => {
  const dir = temporary('resumed.maskbench')
  const first = createProject(dir)
  const run = addMadeUpRun(first, frames)
  const begun = new RunWriter(first, run.id)
  for (let position = 0; position < 700; position++) begun.append(resultAt(position))
  begun.close('cancelled')
  first.close()
  const project = openProject(dir, { mode: 'write' })
  const resumed = new RunWriter(project, run.id)
  for (let position = 700; position < frames; position++) resumed.append(resultAt(position))
  resumed.close('done')
  for (const [index, shape] of runShapes(project, run.id).entries())
    expect(loadDifferences(project, run.id, shape, frames)).toEqual(
      Float64Array.from({ length: frames }, (_, position) => (index === 0 ? position : -position)),
    )
  deleteRun(project, run.id)
  expect(project.db.prepare('SELECT count(*) FROM difference').pluck().get()).toBe(0)
  project.close()
})

test('a run without them has none, and one that has some knows which', () => {
  const project = createProject(temporary('some.maskbench'))
  const run = addMadeUpRun(project, frames)
  const writer = new RunWriter(project, run.id)
  for (let position = 0; position < 600; position++) writer.append(madeUpResult(position))
  writer.flush()
  const [shape] = runShapes(project, run.id)
  if (!shape) throw new Error('the run has no shapes')
  expect(loadDifferences(project, run.id, shape, 600)).toBeNull()
  for (let position = 600; position < frames; position++) writer.append(resultAt(position))
  writer.close('done')
  const pixels = loadDifferences(project, run.id, shape, frames)
  expect([...(pixels ?? [])].map(Number.isNaN)).toEqual(
    Array.from({ length: frames }, (_, position) => position < 600),
  )
  expect(pixels?.[600]).toBe(600)
  project.close()
})
