import { expect, test } from 'vitest'
import { frameSeconds, loadFrameIndex } from '../../../src/engine/db/frame-indexes.ts'
import { createProject, openProject } from '../../../src/engine/db/project.ts'
import {
  addSource,
  getSource,
  listSources,
  relinkSource,
  setStartTime,
} from '../../../src/engine/db/sources.ts'
import { caught } from '../../fixtures/caught.ts'
import { madeUpTape } from '../../fixtures/made-up-tape.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

test('a tape and its index come back as they were, also after reopening', () => {
  const dir = temporary('tape.maskbench')
  const project = createProject(dir)
  const index = { ...madeUpTape(1000), problem: 'the last 3 frames are cut off', files: ['a', 'b'] }
  addSource(project, index, '2024-05-01T06:00:00+02:00')
  project.close()
  const again = openProject(dir, { mode: 'read' })
  const [source] = listSources(again)
  if (!source) throw new Error('no source')
  expect(source.startTime).toBe('2024-05-01T06:00:00+02:00')
  expect(loadFrameIndex(again, source)).toEqual(index)
  again.close()
})

test('frame times count from the first frame, in the units of the time base', () => {
  const seconds = frameSeconds(madeUpTape(4))
  expect([...seconds].map((second) => second * 15)).toEqual([0, 1, 2, 3])
})

test('a tape is added once', () => {
  const project = createProject(temporary('once.maskbench'))
  addSource(project, madeUpTape(10), null)
  expect(caught(() => addSource(project, madeUpTape(10), null))).toMatchObject({
    code: 'tape-exists',
    message: expect.stringContaining('as tape 1'),
  })
  expect(addSource(project, madeUpTape(10, 'c'.repeat(64)), null).id).toBe(2)
  project.close()
})

test('a tape that moved and got a start time keeps everything else', () => {
  const project = createProject(temporary('moved.maskbench'))
  const before = addSource(project, madeUpTape(10), null)
  relinkSource(project, before.id, '/elsewhere/tape.mp4')
  setStartTime(project, before.id, '2024-05-01T06:00')
  const path = '/elsewhere/tape.mp4'
  expect(getSource(project, before.id)).toEqual({
    ...before,
    path,
    info: { ...before.info, path },
    startTime: '2024-05-01T06:00',
  })
  project.close()
})

test('a tape that is not there is an error that lists those there are', () => {
  const project = createProject(temporary('list.maskbench'))
  addSource(project, madeUpTape(10), null)
  expect(caught(() => getSource(project, 7))).toMatchObject({
    code: 'no-such-tape',
    hint: 'Its tapes are 1.',
  })
  project.close()
})
