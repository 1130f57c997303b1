import { expect, test } from 'vitest'
import { deleteMask, listLabels, loadMask, saveMask } from '../../../src/engine/db/masks.ts'
import { createProject, type Project } from '../../../src/engine/db/project.ts'
import { addSource } from '../../../src/engine/db/sources.ts'
import type { ClassMask } from '../../../src/shared/mask.ts'
import { caught } from '../../fixtures/caught.ts'
import { madeUpTape } from '../../fixtures/made-up-tape.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

function projectWithTape(name: string): Project {
  const project = createProject(temporary(name))
  addSource(project, madeUpTape(100), null)
  return project
}

const mask = (value: number): ClassMask => ({
  width: 40,
  height: 30,
  data: Uint8Array.from({ length: 1200 }, (_, i) => (i % 7 === 0 ? value : 0)),
})

const at = (frame: number) => ({ source: 1, frame })

test('the label of a frame is the mask that was saved last; earlier versions stay', () => {
  const project = projectWithTape('versions.maskbench')
  expect(saveMask(project, at(5), mask(1), 'hash')).toBe(1)
  expect(saveMask(project, at(5), mask(255), 'hash')).toBe(2)
  expect(saveMask(project, at(3), mask(2), 'hash')).toBe(1)
  expect(loadMask(project, at(5))).toMatchObject({
    version: 2,
    geometryHash: 'hash',
    mask: mask(255),
  })
  expect(loadMask(project, at(5), 1)?.mask).toEqual(mask(1))
  expect(loadMask(project, at(4))).toBeUndefined()
  expect(listLabels(project).map(({ frame, version }) => [frame, version])).toEqual([
    [3, 1],
    [5, 2],
  ])
  project.close()
})

test('saving what is the label already makes no version; the same pixels in another recipe do', () => {
  const project = projectWithTape('same.maskbench')
  saveMask(project, at(5), mask(1), 'hash')
  expect(saveMask(project, at(5), mask(1), 'hash')).toBe(1)
  expect(saveMask(project, at(5), mask(1), 'other')).toBe(2)
  project.close()
})

test('a deleted label is gone from the list, and its pixels can be brought back', () => {
  const project = projectWithTape('deleted.maskbench')
  saveMask(project, at(5), mask(1), 'hash')
  deleteMask(project, at(5))
  deleteMask(project, at(5))
  deleteMask(project, at(6))
  expect(listLabels(project)).toEqual([])
  expect(loadMask(project, at(5))).toBeUndefined()
  const before = loadMask(project, at(5), 1)
  expect(before?.mask).toEqual(mask(1))
  expect(saveMask(project, at(5), mask(1), 'hash')).toBe(3)
  expect(listLabels(project)).toHaveLength(1)
  project.close()
})

test('pixels that are not those that were saved are never shown as a label', () => {
  const project = projectWithTape('damaged.maskbench')
  saveMask(project, at(5), mask(1), 'hash')
  saveMask(project, at(6), mask(2), 'hash')
  project.db.exec(
    'UPDATE mask SET pixels = (SELECT pixels FROM mask WHERE frame = 6) WHERE frame = 5',
  )
  project.db.exec(`UPDATE mask SET pixels = x'00' WHERE frame = 6`)
  for (const frame of [5, 6])
    expect(caught(() => loadMask(project, at(frame)))).toMatchObject({
      code: 'project-damaged',
      message: `the stored mask of frame ${frame} is damaged`,
    })
  project.close()
})
