/** @file The small tables: classes, settings, reviews, jobs. */
import { describe, expect, test } from 'vitest'
import { listClasses, setClasses } from '../../../src/engine/db/classes.ts'
import {
  addJob,
  finishJob,
  getJob,
  listJobs,
  setJobProgress,
  startJob,
} from '../../../src/engine/db/jobs.ts'
import { createProject } from '../../../src/engine/db/project.ts'
import { addRegions } from '../../../src/engine/db/regions.ts'
import { deleteReviews, listReviews, saveReviews } from '../../../src/engine/db/reviews.ts'
import { loadSettings, saveSettings } from '../../../src/engine/db/settings.ts'
import { addSource } from '../../../src/engine/db/sources.ts'
import { AppError, cancelled } from '../../../src/shared/errors.ts'
import { regionSchema } from '../../../src/shared/region.ts'
import { caught } from '../../fixtures/caught.ts'
import { madeUpTape } from '../../fixtures/made-up-tape.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

test('a class can be added and renamed', () => {
  const project = createProject(temporary('classes.maskbench'))
  setClasses(project, [
    { index: 1, name: 'worker', colour: '#ff0000' },
    { index: 7, name: 'cart', colour: '#00ff00' },
  ])
  expect(listClasses(project).map(({ index, name }) => [index, name])).toEqual([
    [0, 'background'],
    [1, 'worker'],
    [7, 'cart'],
  ])
  project.close()
})

test('two classes never have one name', () => {
  const project = createProject(temporary('same-class.maskbench'))
  const person = { index: 2, name: 'person', colour: '#ff0000' }
  expect(caught(() => setClasses(project, [person]))).toMatchObject({
    code: 'bad-value',
    message: 'there are two classes with the name "person"',
  })
  // Unless the other one changes its name at the same time.
  setClasses(project, [{ ...person, index: 1, name: 'worker' }, person])
  expect(listClasses(project).map(({ name }) => name)).toEqual(['background', 'worker', 'person'])
  project.close()
})

describe('settings', () => {
  test('have defaults, and change one by one', () => {
    const project = createProject(temporary('settings.maskbench'))
    const rule = { threshold: 80, cut: 0.25, enter: 3, leave: 10 }
    expect(loadSettings(project)).toMatchObject({
      activeModel: null,
      shifts: ['06:00', '14:00', '22:00'],
    })
    saveSettings(project, { countRule: rule, activeModel: 'tuned' })
    saveSettings(project, { activeModel: null, shifts: ['07:30'] })
    expect(loadSettings(project)).toEqual({
      activeModel: null,
      countRule: rule,
      truthPixels: null,
      likeProject: null,
      settledCameras: [],
      shifts: ['07:30'],
    })
    project.close()
  })

  test('that nobody can have written are damage, said with the name of the file', () => {
    const project = createProject(temporary('nonsense.maskbench'))
    project.db.exec(`INSERT INTO setting VALUES ('countRule', '{"threshold": -4}')`)
    const error = caught(() => loadSettings(project))
    expect(error.code).toBe('project-damaged')
    expect(error.message).toContain('nonsense.maskbench')
    project.close()
  })
})

test('a later judgement of a reviewer replaces an earlier one, and can be taken back', () => {
  const project = createProject(temporary('reviews.maskbench'))
  addSource(project, madeUpTape(100), null)
  const [region] = addRegions(
    project,
    [
      regionSchema.parse({
        name: 'a',
        points: [
          [0, 0],
          [1, 0],
          [0, 1],
        ],
      }),
    ],
    'hash',
  )
  if (!region) throw new Error('no region')
  const review = { source: 1, region: region.id }
  saveReviews(project, [
    { ...review, frame: 8, occupied: true },
    { ...review, frame: 3, occupied: true },
  ])
  saveReviews(project, [{ ...review, frame: 8, occupied: false }])
  expect(listReviews(project, 1)).toMatchObject([
    { frame: 3, occupied: true },
    { frame: 8, occupied: false },
  ])
  deleteReviews(project, [{ ...review, frame: 3 }])
  expect(listReviews(project, 1).map(({ frame }) => frame)).toEqual([8])
  project.close()
})

test('a job runs through its states, and starts again after a failure', () => {
  const project = createProject(temporary('jobs.maskbench'))
  const id = addJob(project, 'infer', { frames: '0-99' })
  expect(getJob(project, id)).toMatchObject({ state: 'queued', arguments: { frames: '0-99' } })
  startJob(project, id)
  setJobProgress(project, id, { stage: 'inferring', done: 40, total: 100 })
  finishJob(project, id, new AppError('disk-full', 'the disk is full', 'Free some space.'))
  const failed = getJob(project, id)
  expect(failed).toMatchObject({
    state: 'failed',
    stage: 'inferring',
    done: 40,
    total: 100,
    error: { code: 'disk-full', message: 'the disk is full', hint: 'Free some space.' },
  })
  startJob(project, id)
  const again = getJob(project, id)
  expect(again).toMatchObject({ state: 'running', error: null, finishedAt: null })
  expect(again?.startedAt).toBe(failed?.startedAt)
  finishJob(project, id)
  finishJob(project, addJob(project, 'export', null), cancelled())
  expect(listJobs(project).map(({ kind, state }) => [kind, state])).toEqual([
    ['export', 'cancelled'],
    ['infer', 'done'],
  ])
  project.close()
})
