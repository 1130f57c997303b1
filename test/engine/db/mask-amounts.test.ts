import { afterEach, beforeEach, expect, test } from 'vitest'
import { countedImages, countedImagesAt } from '../../../src/engine/db/counted-images.ts'
import {
  addImages,
  asItIs,
  beginImageSet,
  completeImageSet,
} from '../../../src/engine/db/image-sets.ts'
import { labelsByValue } from '../../../src/engine/db/mask-amounts.ts'
import { deleteMask, saveMask } from '../../../src/engine/db/masks.ts'
import { createProject, openProject, type Project } from '../../../src/engine/db/project.ts'
import { usedClasses } from '../../../src/engine/db/used-classes.ts'
import { defaultClasses } from '../../../src/shared/mask.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()
const size = { width: 3, height: 2 }
const maskOf = (...values: number[]) => ({ ...size, data: Uint8Array.from(values) })
const amounts = [
  { index: 0, pixels: 3 },
  { index: 4, pixels: 2 },
  { index: 255, pixels: 1 },
]

let project: Project
let set = 0
let dir = ''
let made = 0
beforeEach(() => {
  dir = temporary(`${made++}.maskbench`)
  project = createProject(dir)
  set = beginImageSet(project, {
    ...{ name: 'cars', format: 'coco', path: '/data' },
    ...{ classesBefore: defaultClasses, classesAfter: defaultClasses },
  })
  const image = (position: number, mask: ReturnType<typeof maskOf> | null) => ({
    ...{ position, name: `${position}.jpg`, path: null, ...size, sizeBytes: null, sha256: null },
    ...{ split: null, scene: null, annotated: mask !== null, objects: [], mask },
  })
  addImages(project, set, [
    image(0, maskOf(0, 4, 4, 255, 0, 0)),
    image(1, null),
    image(2, maskOf(1, 1, 1, 1, 1, 1)),
  ])
  completeImageSet(project, set, { images: 3, sizeBytes: 0, sha256: 'b'.repeat(64), problems: [] })
})
afterEach(() => project.close())

const found = (from = 0, count = 10) =>
  countedImages(project, set, { from, count }).map(({ label }) => label?.amounts ?? null)

test('what is in masks is kept with them, image by image and page by page', () => {
  expect(found()).toEqual([amounts, null, [{ index: 1, pixels: 6 }]])
  expect(found(1, 1)).toEqual([null])
  const [last, first] = countedImagesAt(project, set, [2, 0, 7])
  expect([last?.position, first?.label?.amounts]).toEqual([2, amounts])
})

test('a painted mask counts instead of the one before, and none where it was taken off', () => {
  saveMask(project, { source: set, frame: 2 }, maskOf(0, 0, 0, 0, 0, 7), asItIs)
  deleteMask(project, { source: set, frame: 0 })
  expect(found()).toEqual([
    null,
    null,
    [
      { index: 0, pixels: 5 },
      { index: 7, pixels: 1 },
    ],
  ])
  expect(usedClasses(project)).toEqual(new Set([0, 7]))
})

test('masks of an older project are counted when they are looked at, and then kept', () => {
  const kept = () => project.db.prepare('SELECT count(*) FROM mask_amount').pluck().get()
  project.db.exec('DELETE FROM mask_amount')
  expect(labelsByValue(project)).toEqual(
    new Map([
      [0, 1],
      [4, 1],
      [255, 1],
      [1, 1],
    ]),
  )
  project.close()
  project = openProject(dir, { mode: 'read' })
  expect(found(0, 1)).toEqual([amounts])
  expect(kept()).toBe(0)
  project.close()
  project = openProject(dir, { mode: 'write' })
  expect(found(0, 1)).toEqual([amounts])
  expect(kept()).toBe(3)
  expect(labelsByValue(project).get(1)).toBe(1)
})
