import { expect, test } from 'vitest'
import { createProject } from '../../../src/engine/db/project.ts'
import {
  addRegions,
  deleteRegion,
  getRegion,
  listRegions,
  regionHistory,
  updateRegion,
} from '../../../src/engine/db/regions.ts'
import { type Point, type Region, regionSchema } from '../../../src/shared/region.ts'
import { caught } from '../../fixtures/caught.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

const triangle: Point[] = [
  [0, 0],
  [10, 0],
  [0, 10],
]
const square: Point[] = [
  [0, 0],
  [10, 0],
  [10, 10],
  [0, 10],
]

const region = (name: string, fields: Partial<Region> = {}): Region =>
  regionSchema.parse({ name, points: triangle, ...fields })

test('regions come back in the order in which they were drawn, with everything they were given', () => {
  const project = createProject(temporary('order.maskbench'))
  const drawn = [
    region('bench 2', { group: 'benches', colour: '#00ff00', threshold: 12.5 }),
    region('bench 1', { points: square }),
    region('screen', { kind: 'ignore' }),
  ]
  addRegions(project, drawn, 'hash')
  expect(listRegions(project)).toMatchObject(drawn)
  project.close()
})

test('an edit makes a revision, a new name does not', () => {
  const project = createProject(temporary('revision.maskbench'))
  const [first] = addRegions(project, [region('a')], 'hash')
  if (!first) throw new Error('no region')
  const renamed = updateRegion(project, first.id, { name: 'b', threshold: 3 }, 'hash')
  expect(renamed).toEqual({ ...first, name: 'b', threshold: 3 })
  const edited = updateRegion(project, first.id, { points: square }, 'other')
  expect(edited.revision).toBeGreaterThan(renamed.revision)
  expect(edited).toMatchObject({ name: 'b', points: square, geometryHash: 'other' })
  expect(regionHistory(project, first.id)).toMatchObject([
    { points: triangle, geometryHash: 'hash' },
    { points: square, geometryHash: 'other' },
  ])
  project.close()
})

test('a name that is taken is refused, and then nothing is added or changed', () => {
  const project = createProject(temporary('names.maskbench'))
  const [a, b] = addRegions(project, [region('a'), region('b')], 'hash')
  if (!a || !b) throw new Error('no regions')
  expect(caught(() => addRegions(project, [region('c'), region('a')], 'hash'))).toMatchObject({
    code: 'bad-region',
    message: 'there are two regions with the name "a"',
  })
  expect(caught(() => addRegions(project, [region('d'), region('d')], 'hash')).code).toBe(
    'bad-region',
  )
  expect(caught(() => updateRegion(project, b.id, { name: 'a' }, 'hash')).code).toBe('bad-region')
  expect(listRegions(project)).toEqual([a, b])
  project.close()
})

test('a deleted region frees its name and keeps its history', () => {
  const project = createProject(temporary('deleted.maskbench'))
  const [old] = addRegions(project, [region('a')], 'hash')
  if (!old) throw new Error('no region')
  deleteRegion(project, old.id)
  expect(listRegions(project)).toEqual([])
  expect(caught(() => getRegion(project, old.id)).code).toBe('no-such-region')
  expect(regionHistory(project, old.id)).toHaveLength(1)
  const [next] = addRegions(project, [region('a')], 'hash')
  expect(next?.id).not.toBe(old.id)
  project.close()
})
