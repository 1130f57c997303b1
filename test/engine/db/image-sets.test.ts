import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { listClassParents, replaceClasses, setClassParent } from '../../../src/engine/db/classes.ts'
import { projectContents } from '../../../src/engine/db/contents.ts'
import { loadObjects } from '../../../src/engine/db/image-objects.ts'
import {
  addImages,
  asItIs,
  beginImageSet,
  completeImageSet,
  getImageSet,
  listImageSets,
  listImages,
  type NewImage,
  paintedSince,
  pictureOf,
  picturesFolder,
  setSplits,
} from '../../../src/engine/db/image-sets.ts'
import { listLabels, loadMask, saveMask } from '../../../src/engine/db/masks.ts'
import { createProject, openProject, type Project } from '../../../src/engine/db/project.ts'
import { addSource, listSources } from '../../../src/engine/db/sources.ts'
import { objectOf } from '../../../src/engine/formats/shapes/compose.ts'
import { defaultClasses } from '../../../src/shared/mask.ts'
import { caught } from '../../fixtures/caught.ts'
import { madeUpTape } from '../../fixtures/made-up-tape.ts'
import { makeOldProject } from '../../fixtures/old-project.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()
const mask = { width: 3, height: 2, data: Uint8Array.of(0, 1, 1, 255, 0, 1) }
const object = objectOf(
  1,
  { x: 1, y: 0, width: 2, height: 2, data: Uint8Array.of(1, 1, 0, 1) },
  {
    crowd: true,
    track: 7,
    box: { x: 1, y: 0, width: 2, height: 2 },
    outline: [[1, 0, 3, 0, 3, 2]],
  },
)

function image(position: number, more: Partial<NewImage> = {}): NewImage {
  return {
    ...{ position, name: `${position}.jpg`, path: `/data/${position}.jpg`, width: 3, height: 2 },
    ...{ sizeBytes: 10, sha256: 'a'.repeat(64), split: 'train', scene: null, annotated: true },
    ...{ objects: [object], mask, ...more },
  }
}

function begin(project: Project): number {
  return beginImageSet(project, {
    ...{ name: 'cars', format: 'coco', path: '/data' },
    ...{ classesBefore: defaultClasses, classesAfter: defaultClasses },
  })
}

const whole = {
  images: 2,
  sizeBytes: 20,
  sha256: 'b'.repeat(64),
  problems: [{ file: 'c', why: 'x' }],
}

function complete(project: Project): number {
  const id = begin(project)
  addImages(project, id, [image(0), image(1, { objects: [], mask: null, annotated: false })])
  completeImageSet(project, id, whole)
  return id
}

test('an image set comes back as it was, also after reopening', () => {
  const dir = temporary('set.maskbench')
  const project = createProject(dir)
  const id = complete(project)
  project.close()
  const again = openProject(dir, { mode: 'read' })
  expect(listImageSets(again)).toMatchObject([{ id, name: 'cars', format: 'coco', ...whole }])
  const [first, second] = listImages(again, id)
  const { objects: _objects, mask: _mask, ...stored } = image(0)
  expect(first).toEqual(stored)
  expect(second?.annotated).toBe(false)
  expect(loadObjects(again, { source: id, frame: 0 })).toEqual([object])
  expect(loadMask(again, { source: id, frame: 0 })).toMatchObject({ mask, geometryHash: asItIs })
  expect(loadMask(again, { source: id, frame: 1 })).toBeUndefined()
  again.close()
})

test('an image set is no tape, and its masks are no labels of tapes', () => {
  const dir = temporary('both.maskbench')
  const project = createProject(dir)
  const tape = addSource(project, madeUpTape(10), null)
  const id = complete(project)
  saveMask(project, { source: tape.id, frame: 3 }, mask, 'g')
  expect(listSources(project).map((source) => source.id)).toEqual([tape.id])
  expect(listLabels(project).map(({ source }) => source)).toEqual([tape.id])
  expect(id).not.toBe(tape.id)
  project.close()
  expect(projectContents(dir)).toMatchObject({ tapes: 1, frames: 10, labels: 1 })
})

test('a set is not seen before it is complete, and removed at the next opening', async () => {
  const dir = temporary('half.maskbench')
  const project = createProject(dir)
  const kept = complete(project)
  const id = begin(project)
  addImages(project, id, [image(0)])
  const [folder, other] = [id, kept].map((set) => `${dir}/${picturesFolder(project, set)}`)
  for (const each of [folder, other]) {
    await mkdir(`${each}`, { recursive: true })
    await writeFile(`${each}/000000.jpg`, 'x')
  }
  expect(listImageSets(project).map((set) => set.id)).toEqual([kept])
  expect(caught(() => getImageSet(project, id))).toMatchObject({
    code: 'no-such-dataset',
    hint: expect.stringContaining(String(kept)),
  })
  project.close()
  const again = openProject(dir, { mode: 'write' })
  expect(listImages(again, id)).toEqual([])
  expect(loadMask(again, { source: id, frame: 0 })).toBeUndefined()
  expect([existsSync(`${folder}`), existsSync(`${other}`)]).toEqual([false, true])
  expect(listImages(again, kept)).toHaveLength(2)
  again.close()
})

test('the very same set is not completed twice', () => {
  const project = createProject(temporary('twice.maskbench'))
  const first = complete(project)
  expect(caught(() => complete(project))).toMatchObject({
    code: 'dataset-exists',
    message: expect.stringContaining(`set ${first}`),
  })
  project.close()
})

test('splits are stored, and painting is noticed', () => {
  const project = createProject(temporary('split.maskbench'))
  const id = complete(project)
  setSplits(
    project,
    id,
    new Map([
      [1, 'val'],
      [0, null],
    ]),
  )
  expect(listImages(project, id).map(({ split }) => split)).toEqual([null, 'val'])
  expect(paintedSince(project, id)).toBe(0)
  saveMask(project, { source: id, frame: 0 }, { ...mask, data: new Uint8Array(6) }, asItIs)
  expect(paintedSince(project, id)).toBe(1)
  project.close()
})

test('pictures lie in the project or where they were', () => {
  const project = createProject(temporary('places.maskbench'))
  expect(pictureOf(project, { path: 'images/1/000000.jpg' })).toBe(
    temporary('places.maskbench', 'images', '1', '000000.jpg'),
  )
  expect(pictureOf(project, { path: '/data/a.jpg' })).toBe('/data/a.jpg')
  expect(pictureOf(project, { path: null })).toBeNull()
  project.close()
})

test('what is above a class stays while there is the class', () => {
  const project = createProject(temporary('parents.maskbench'))
  setClassParent(project, 1, 'animal')
  replaceClasses(
    project,
    defaultClasses.map((each) => ({ ...each, colour: '#123456' })),
  )
  expect([...listClassParents(project)]).toEqual([[1, 'animal']])
  replaceClasses(project, defaultClasses.slice(0, 1))
  expect([...listClassParents(project)]).toEqual([])
  project.close()
})

test('a project from before there were image sets is brought up to date', () => {
  const dir = temporary('old.maskbench')
  makeOldProject(dir, 4)
  expect(projectContents(dir)).toMatchObject({ tapes: 0, labels: 0 })
  const project = openProject(dir, { mode: 'write' })
  expect(listImageSets(project)).toEqual([])
  project.close()
})
