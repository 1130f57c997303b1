import { describe, expect, test } from 'vitest'
import { getJob } from '../../../src/engine/db/jobs.ts'
import { createProject, openProject, type Project } from '../../../src/engine/db/project.ts'
import { JobRunner } from '../../../src/engine/jobs/job-runner.ts'
import { loggedJob } from '../../../src/engine/jobs/logged-job.ts'
import { AppError, throwIfCancelled } from '../../../src/shared/errors.ts'
import type { JobProgress, LongWork } from '../../../src/shared/progress.ts'
import { caught } from '../../fixtures/caught.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

const halfWay: JobProgress = {
  ...{ stage: 'reading', done: 50, total: 100, unit: 'frames', rate: 25, etaSeconds: 2 },
}

function runnerIn(name: string) {
  const project = createProject(temporary(`${name}.maskbench`))
  const said: unknown[] = []
  const runner = new JobRunner(
    { project },
    { changed: () => said.push('changed'), progress: (...args) => said.push(args) },
  )
  return { project, runner, said }
}

/** Work that goes on until it is cancelled. */
async function endless({ signal }: LongWork): Promise<void> {
  await new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }))
  throwIfCancelled(signal, 'the work')
}

const states = (project: Project, ids: readonly number[]) =>
  ids.map((id) => getJob(project, id)?.state)

describe('a job', () => {
  test('is a row with its title, and says how far it is and that it is done', async () => {
    const { project, runner, said } = runnerIn('done')
    const id = runner.start('import', 'Add “hall.mp4” 📼', { path: 'hall.mp4' }, async (work) => {
      work.onProgress?.(halfWay)
      expect(runner.list()).toMatchObject([{ id, state: 'running', progress: halfWay }])
    })
    expect(runner.list()).toMatchObject([{ state: 'queued', title: 'Add “hall.mp4” 📼' }])
    await runner.ended(id)
    expect(said).toEqual(['changed', 'changed', [id, halfWay], 'changed'])
    expect(getJob(project, id)).toMatchObject({
      ...{ kind: 'import', state: 'done', arguments: { path: 'hall.mp4' }, error: null },
      ...{ stage: 'reading', done: 50, total: 100 },
    })
    project.close()
  })

  test('that fails keeps what went wrong and disturbs nobody', async () => {
    const { project, runner } = runnerIn('failed')
    const failing = async () => {
      throw new AppError('not-a-video', 'hall.txt is no video', 'Choose a tape.')
    }
    const id = runner.start('import', 'Add hall.txt', null, failing)
    await runner.ended(id)
    const error = { code: 'not-a-video', message: 'hall.txt is no video', hint: 'Choose a tape.' }
    expect(runner.list()).toMatchObject([{ state: 'failed', error, dismissed: false }])
    runner.dismiss(id)
    expect(runner.list()).toMatchObject([{ state: 'failed', dismissed: true }])
    project.close()
  })

  test('waits for one of its kind, and not for others', async () => {
    const { project, runner } = runnerIn('queue')
    const first = runner.start('train', 'Train', null, endless)
    const second = runner.start('train', 'Train again', null, async () => {})
    const other = runner.start('import', 'Add a tape', null, async () => {})
    await runner.ended(other)
    expect(states(project, [first, second, other])).toEqual(['running', 'queued', 'done'])
    runner.cancel(first)
    await runner.ended(second)
    expect(states(project, [first, second])).toEqual(['cancelled', 'done'])
    expect(runner.underWay).toBe(0)
    project.close()
  })

  test('that is cancelled while it waits is never begun', async () => {
    const { project, runner } = runnerIn('never')
    const first = runner.start('train', 'Train', null, endless)
    let begun = false
    const second = runner.start('train', 'Train again', null, async () => {
      begun = true
    })
    runner.cancel(second)
    runner.cancel(first)
    await runner.ended(second)
    expect(states(project, [first, second])).toEqual(['cancelled', 'cancelled'])
    expect(begun).toBe(false)
    project.close()
  })

  test('is not logged once more by work that logs itself', async () => {
    const { project, runner } = runnerIn('logged')
    const id = runner.start('infer', 'Look at the tape', null, (work) =>
      loggedJob(project, 'infer', {}, work, async (_, job) => expect(job).toBe(id)),
    )
    await runner.ended(id)
    expect(runner.list()).toMatchObject([{ id, state: 'done' }])
    project.close()
  })

  test('cannot start in a project that is open for reading', () => {
    const { project } = runnerIn('read')
    project.close()
    const reading = openProject(project.dir, { mode: 'read' })
    const runner = new JobRunner({ project: reading }, { changed() {}, progress() {} })
    expect(caught(() => runner.start('import', 'Add', null, endless)).code).toBe('read-only')
    expect(runner.list()).toEqual([])
    reading.close()
  })
})

describe('jobs under way when the program ends', () => {
  test('are interrupted, not cancelled: nobody wished them to end', async () => {
    const { project, runner } = runnerIn('ended')
    const ids = [1, 2].map(() => runner.start('train', 'Train', null, endless))
    await new Promise(setImmediate)
    await runner.close()
    expect(states(project, ids)).toEqual(['interrupted', 'interrupted'])
    project.close()
  })
})

describe('a job whose end cannot be written', () => {
  test('has ended for those who look, and is interrupted once it can be written', async () => {
    const { project, runner } = runnerIn('full')
    const id = runner.start('export', 'Export', null, async () => {
      // Stands for a full disk.
      project.db.exec(
        'CREATE TRIGGER full BEFORE UPDATE ON job BEGIN SELECT RAISE(FAIL, "full"); END',
      )
    })
    await runner.ended(id)
    expect(runner.list()).toMatchObject([{ id, state: 'done' }])
    project.db.exec('DROP TRIGGER full')
    project.close()
    const again = openProject(project.dir, { mode: 'write' })
    expect(getJob(again, id)?.state).toBe('interrupted')
    again.close()
  })
})
