import { rmSync } from 'node:fs'
import { afterEach, describe, expect, test } from 'vitest'
import { backup, createProject, openProject, type Project } from '../../../src/engine/db/project.ts'
import { RunWriter } from '../../../src/engine/db/run-writer.ts'
import { getRun } from '../../../src/engine/db/runs.ts'
import { loadScores } from '../../../src/engine/db/scores.ts'
import { loadSettings, saveSettings } from '../../../src/engine/db/settings.ts'
import { runShapes } from '../../../src/engine/db/shapes.ts'
import { caught } from '../../fixtures/caught.ts'
import { addMadeUpRun, madeUpResult, madeUpSum } from '../../fixtures/made-up-run.ts'
import { startScript } from '../../fixtures/script-process.ts'
import { canMount, mountSmallDisk, type SmallDisk } from '../../fixtures/small-disk.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

let disk: SmallDisk | undefined
function smallDisk(megabytes = 2): SmallDisk {
  disk = mountSmallDisk(megabytes)
  return disk
}
afterEach(() => {
  disk?.remove()
  disk = undefined
})

/** Appends made-up results until the disk is full, and gives the code of the error. */
function writeUntilFull(writer: RunWriter): string {
  for (let position = 0; position < 100_000; position++) {
    try {
      writer.append(madeUpResult(position))
      if (position % 20 === 0) writer.flush()
    } catch {
      return caught(() => writer.flush()).code
    }
  }
  throw new Error('the disk never got full')
}

function expectScores(project: Project, frames: number): void {
  for (const [number, shape] of runShapes(project, 1).entries())
    expect(loadScores(project, 1, shape, 0.5)).toEqual(
      Float64Array.from({ length: frames }, (_, at) => madeUpSum(at, number, 10)),
    )
}

describe.skipIf(!canMount)('a full disk', () => {
  test('stops a run with a clear error; what was stored stays, and the run can go on', () => {
    const small = smallDisk(3)
    const project = createProject(small.path('p.maskbench'))
    const run = addMadeUpRun(project, 5000)
    const writer = new RunWriter(project, run.id)
    expect(writeUntilFull(writer)).toBe('disk-full')
    writer.abandon()
    const { done } = getRun(project, run.id)
    project.close()

    const reader = openProject(small.path('p.maskbench'), { mode: 'read' })
    expect(getRun(reader, run.id).done).toBe(done)
    expect(done).toBeGreaterThan(0)
    expectScores(reader, done)
    reader.close()
  })

  test('takes the rest of a run once there is room again', () => {
    const small = smallDisk(4)
    const project = createProject(small.path('p.maskbench'))
    const run = addMadeUpRun(project, 5000)
    small.fill(2 ** 20)
    const writer = new RunWriter(project, run.id)
    expect(writeUntilFull(writer)).toBe('disk-full')
    const stored = getRun(project, run.id).done
    rmSync(small.path('filler'))
    writer.flush()
    const { done } = writer.close('interrupted')
    expect(done).toBeGreaterThan(stored)
    expectScores(project, done)
    project.close()
  })

  test('leaves no half-made project behind', () => {
    const small = smallDisk()
    small.fill()
    expect(caught(() => createProject(small.path('p.maskbench')))).toMatchObject({
      code: 'disk-full',
      hint: expect.stringContaining('Free some space'),
    })
    expect(caught(() => openProject(small.path('p.maskbench'), { mode: 'read' })).code).toBe(
      'no-such-file',
    )
  })

  test('leaves no half-made backup behind', () => {
    const small = smallDisk()
    const project = createProject(small.path('p.maskbench'))
    small.fill()
    const error = caught(() => backup(project, small.path('copy.db')))
    expect(error).toMatchObject({ code: 'disk-full', message: expect.stringContaining('copy.db') })
    rmSync(small.path('filler'))
    backup(project, small.path('copy.db'))
    project.close()
  })
})

describe.skipIf(!canMount)('a read-only disk', () => {
  test('gives a project to read and says why it cannot be written', () => {
    const small = smallDisk()
    const dir = small.path('p.maskbench')
    const project = createProject(dir)
    saveSettings(project, { truthPixels: 7 })
    project.close()
    small.readOnly()
    expect(caught(() => openProject(dir, { mode: 'write' }))).toMatchObject({
      code: 'read-only',
      hint: expect.stringContaining('writable disk'),
    })
    const reader = openProject(dir, { mode: 'read' })
    expect(loadSettings(reader).truthPixels).toBe(7)
    reader.close()
  })

  test('gives everything that a killed process had stored, log and all', async () => {
    const small = smallDisk(4)
    const dir = small.path('p.maskbench')
    const project = createProject(dir)
    addMadeUpRun(project, 2000)
    project.close()
    const writer = startScript('write-run.ts', dir)
    let printed = 0
    while (printed < 100) printed = Number(await writer.line())
    await writer.kill()
    // A disk that was copied without the index of the log.
    rmSync(`${dir}/project.db-shm`)
    small.readOnly()
    const reader = openProject(dir, { mode: 'read' })
    const { done } = getRun(reader, 1)
    expect(done).toBeGreaterThanOrEqual(printed)
    expectScores(reader, done)
    backup(reader, temporary('rescued.db'))
    reader.close()
  })
})
