import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Project } from '../../../src/engine/db/handle.ts'
import { mapsFile } from '../../../src/engine/db/layout.ts'
import { openMaps, readMaps } from '../../../src/engine/db/map-reader.ts'
import { createProject, openProject } from '../../../src/engine/db/project.ts'
import { RunWriter } from '../../../src/engine/db/run-writer.ts'
import { deleteRun, getRun, type Run } from '../../../src/engine/db/runs.ts'
import { loadScores } from '../../../src/engine/db/scores.ts'
import { runShapes } from '../../../src/engine/db/shapes.ts'
import { caught } from '../../fixtures/caught.ts'
import { addMadeUpRun, madeUpMap, madeUpResult, madeUpSum } from '../../fixtures/made-up-run.ts'
import { startScript } from '../../fixtures/script-process.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

/** Every stored row of scores, with its bytes in hexadecimal. */
const scoreRows = (project: Project) =>
  project.db
    .prepare('SELECT run_id, shape_id, cut, block, hex(sums) FROM score ORDER BY 1, 2, 3, 4')
    .raw()
    .all()

/** Goes on with a run up to a position, storing it every so many positions. */
function write(project: Project, run: Run, to: number, every = to): RunWriter {
  const writer = new RunWriter(project, run.id)
  for (let position = getRun(project, run.id).done; position < to; position++) {
    writer.append(madeUpResult(position))
    if (position % every === 0) writer.flush()
  }
  return writer
}

/** A project with a run that was never interrupted. */
function wholeRun(name: string, frames: number): Project {
  const project = createProject(temporary(name))
  write(project, addMadeUpRun(project, frames), frames).close('done')
  return project
}

function expectAllMaps(project: Project, run: number, frames: number): void {
  let position = 0
  for (const map of readMaps(project, run)) {
    expect(Buffer.compare(map.data, madeUpMap(position))).toBe(0)
    position += 1
  }
  expect(position).toBe(frames)
}

describe('a run that was written', () => {
  test('gives back its scores by shape and cut, across blocks, and its maps', () => {
    const frames = 1100
    const project = wholeRun('whole.maskbench', frames)
    const run = getRun(project, 1)
    expect(run).toMatchObject({ done: frames, state: 'done' })
    for (const [number, shape] of runShapes(project, run.id).entries()) {
      expect(shape).toMatchObject({ approximate: false, scored: frames })
      for (const [index, cut] of [
        [0, 0],
        [10, 0.5],
        [19, 0.95],
      ] as const)
        expect(loadScores(project, run.id, shape, cut)).toEqual(
          Float64Array.from({ length: frames }, (_, at) => madeUpSum(at, number, index)),
        )
    }
    expectAllMaps(project, run.id, frames)
    project.close()
  })

  test('has no scores for a cut between the stored ones, and names the nearest', () => {
    const project = wholeRun('cuts.maskbench', 3)
    const [shape] = runShapes(project, 1)
    if (!shape) throw new Error('the run has no shapes')
    expect(caught(() => loadScores(project, 1, shape, 0.52))).toMatchObject({
      code: 'bad-value',
      hint: 'The nearest is 0.5.',
    })
    project.close()
  })

  test('takes its scores and maps with it when it is deleted', () => {
    const project = wholeRun('deleted.maskbench', 30)
    deleteRun(project, 1)
    expect(scoreRows(project)).toEqual([])
    expect(caught(() => getRun(project, 1)).code).toBe('no-such-run')
    // A later run never gets the number, and with it the maps, of an earlier one.
    expect(
      project.db.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').pluck().get('run'),
    ).toBe(1)
    project.close()
  })
})

describe('a run that was interrupted', () => {
  const frames = 800
  let whole: Project
  beforeAll(() => {
    whole = wholeRun('reference.maskbench', frames)
  })
  afterAll(() => whole.close())

  test.each([1, 64, 100, 511, 512, 513])(
    'at position %i ends with the same rows as one that was not',
    (stop) => {
      const project = createProject(temporary(`stopped-${stop}.maskbench`))
      const run = addMadeUpRun(project, frames)
      write(project, run, stop, 97).close('interrupted')
      expect(getRun(project, run.id)).toMatchObject({ done: stop, state: 'interrupted' })
      write(project, run, frames, 101).close('done')
      expect(scoreRows(project)).toEqual(scoreRows(whole))
      expectAllMaps(project, run.id, frames)
      project.close()
    },
  )

  test('by kill -9, several times, ends with the same rows as one that was not', async () => {
    const dir = temporary('killed.maskbench')
    const created = createProject(dir)
    addMadeUpRun(created, frames)
    created.close()
    for (const kill of [100, 500]) {
      const writer = startScript('write-run.ts', dir)
      let printed = 0
      while (printed < kill) printed = Number(await writer.line())
      await writer.kill()
      const project = openProject(dir, { mode: 'write' })
      expect(getRun(project, 1).state).toBe('interrupted')
      // What the process said it had stored is stored.
      expect(getRun(project, 1).done).toBeGreaterThanOrEqual(printed)
      project.close()
    }
    const project = openProject(dir, { mode: 'write' })
    write(project, getRun(project, 1), frames).close('done')
    expect(scoreRows(project)).toEqual(scoreRows(whole))
    expectAllMaps(project, 1, frames)
    project.close()
  })

  test('goes on without the maps that were deleted in the meantime, which are then missing', () => {
    const project = createProject(temporary('no-maps.maskbench'))
    const run = addMadeUpRun(project, 300)
    write(project, run, 100).close('interrupted')
    rmSync(mapsFile(project.dir, run.id))
    expect(caught(() => [...readMaps(project, run.id)])).toMatchObject({ code: 'no-maps' })
    write(project, run, 300).close('done')
    expect(caught(() => [...readMaps(project, run.id)]).message).toContain('position 0 on')
    using maps = openMaps(project, run.id)
    for (let position = 100; position < 300; position++)
      expect(Buffer.compare(maps.at(position).data, madeUpMap(position))).toBe(0)
    project.close()
  })
})

test('a position out of order is refused before it does harm', () => {
  const project = createProject(temporary('order.maskbench'))
  const writer = new RunWriter(project, addMadeUpRun(project, 10).id)
  writer.append(madeUpResult(0))
  expect(caught(() => writer.append(madeUpResult(2))).message).toContain('it expected 1')
  expect(caught(() => writer.close('done')).message).toContain('1 of 10')
  project.close()
})
