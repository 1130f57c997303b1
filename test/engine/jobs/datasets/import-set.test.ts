import { existsSync } from 'node:fs'
import { mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listClasses, replaceClasses, setClasses } from '../../../../src/engine/db/classes.ts'
import {
  asItIs,
  beginImageSet,
  completeImageSet,
  listImageSets,
  removeImageSet,
} from '../../../../src/engine/db/image-sets.ts'
import { imagesFolder } from '../../../../src/engine/db/layout.ts'
import { loadMask, saveMask } from '../../../../src/engine/db/masks.ts'
import { createProject, type Project } from '../../../../src/engine/db/project.ts'
import { addSource } from '../../../../src/engine/db/sources.ts'
import type { AnnotatedImage, AnnotatedSet } from '../../../../src/engine/formats/annotated-set.ts'
import { objectOf } from '../../../../src/engine/formats/shapes/compose.ts'
import { writeSet } from '../../../../src/engine/formats/write-set.ts'
import { changeClasses } from '../../../../src/engine/jobs/change-classes.ts'
import { importSet } from '../../../../src/engine/jobs/datasets/import-set.ts'
import { storeImages } from '../../../../src/engine/jobs/datasets/store-images.ts'
import { storedSet } from '../../../../src/engine/jobs/datasets/stored-set.ts'
import { undoImport } from '../../../../src/engine/jobs/datasets/undo-import.ts'
import { defaultClasses } from '../../../../src/shared/mask.ts'
import {
  imageOf,
  maskedImage,
  namedMask,
  readAll,
  savePicture,
  setOf,
} from '../../../fixtures/annotated-sets.ts'
import { caught, rejection } from '../../../fixtures/caught.ts'
import fc from '../../../fixtures/fast-check.ts'
import { madeUpTape } from '../../../fixtures/made-up-tape.ts'
import { randomMask, randomRaster } from '../../../fixtures/random-masks.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'

const temporary = temporaryFolder()
const mask = { width: 3, height: 1, data: Uint8Array.of(0, 1, 255) }
const auto = { format: 'auto' } as const

let dir = ''
let project: Project
beforeEach(async () => {
  dir = `${await mkdtemp(temporary('p-'))}/a.maskbench`
  project = createProject(dir)
})
afterEach(() => project.close())

/** A set on disk, as index PNGs. */
async function saved(names: readonly string[], ...images: AnnotatedImage[]): Promise<string> {
  const target = `${await mkdtemp(temporary('set-'))}/set`
  await writeSet(setOf(names, images), target, { format: 'index-png', pictures: 'none' }, {})
  return target
}

/** Stores a set in memory as an import does. */
async function stored(set: AnnotatedSet, indexOf: readonly number[]) {
  const classes = listClasses(project)
  const source = beginImageSet(project, {
    ...{ name: 'set', format: 'coco', path: '/', classesBefore: classes, classesAfter: classes },
  })
  const format = 'index-png'
  const storing = {
    set,
    format,
    source,
    indexOf,
    folder: 'images/x',
    keepsPictures: false,
  } as const
  const { counter, ...whole } = await storeImages(project, storing, {})
  completeImageSet(project, source, { ...whole, problems: counter.problems })
  return storedSet(project, listImageSets(project))
}

const names = () => listClasses(project).map(({ name }) => name)

describe('Classes of an imported set', () => {
  test('become those of a project in which nothing is', async () => {
    await importSet(project, await saved(['car', 'bus'], maskedImage('a.png', mask)), auto, {})
    expect(names()).toEqual(['background', 'car', 'bus'])
  })

  test('are added by name to those of a project with a tape', async () => {
    addSource(project, madeUpTape(5), null)
    await importSet(project, await saved(['car', 'person'], maskedImage('a.png', mask)), auto, {})
    expect(names()).toEqual(['background', 'person', 'car'])
    const [set] = listImageSets(project)
    expect(loadMask(project, { source: set?.id ?? 0, frame: 0 })?.mask.data).toEqual(
      Uint8Array.of(0, 2, 255),
    )
  })

  test('have colours of their own', async () => {
    await importSet(project, await saved(['a', 'b', 'c'], maskedImage('a.png', mask)), auto, {})
    expect(new Set(listClasses(project).map(({ colour }) => colour)).size).toBe(4)
  })

  test('cannot go while an image shows them', async () => {
    await importSet(project, await saved(['car', 'bus'], maskedImage('a.png', mask)), auto, {})
    const [background, car, bus] = listClasses(project)
    if (!background || !car || !bus) throw new Error('three classes were expected')
    expect(caught(() => changeClasses(project, [background, bus])).code).toBe('bad-value')
    changeClasses(project, [background, car])
    expect(names()).toEqual(['background', 'car'])
  })

  test('that would be more than 255 are refused', async () => {
    const many = Array.from({ length: 250 }, (_, i) => `class ${i}`)
    setClasses(
      project,
      Array.from({ length: 10 }, (_, i) => ({ index: i + 2, name: `own ${i}`, colour: '#123456' })),
    )
    const folder = await saved(many, maskedImage('a.png', mask))
    expect((await rejection(importSet(project, folder, auto, {}))).code).toBe('bad-dataset')
    expect(listImageSets(project)).toEqual([])
  })
})

describe('What is imported', () => {
  test('is given out again as it was: objects, boxes, tracks, masks and "ignore"', async () => {
    replaceClasses(project, [
      ...defaultClasses,
      { index: 5, name: 'car', colour: '#112233' },
      { index: 9, name: 'bus', colour: '#445566' },
    ])
    const raster = randomRaster({ maximumSide: 12 })
    await fc.assert(
      fc.asyncProperty(
        raster,
        randomMask({ maximumSide: 12, classes: 3, ignore: true }),
        fc.uuid(),
        async ({ size, raster: pixels }, other, id) => {
          const object = objectOf(2, pixels, {
            ...{
              boxOnly: true,
              box: { x: 0.5, y: 1, width: 2.25, height: 3 },
              crowd: true,
              track: 3,
            },
            outline: [[0, 0, 1.5, 0, 1, 2]],
          })
          const images = [
            imageOf(`${id}.jpg`, size, { objects: [object], split: 'val', scene: 'hall' }),
            maskedImage('b.jpg', other),
            imageOf('c.jpg', size, { annotated: false }),
          ]
          const set = setOf(['car', 'bus'], images)
          const again = await stored(set, [0, 5, 9])
          const read = (await readAll(again)).images.slice(-3)
          const classOf = (index: number) => again.classes[index]?.name
          expect(read.map((image) => namedMask(again, image))).toEqual(
            images.map((image) => namedMask(set, image)),
          )
          expect(read.map(({ split, scene, annotated }) => [split, scene, annotated])).toEqual(
            images.map(({ split, scene, annotated }) => [split, scene, annotated]),
          )
          const { classIndex, ...rest } = read[0]?.objects[0] ?? object
          const { classIndex: _position, ...expected } = object
          expect([classOf(classIndex), rest]).toEqual(['bus', expected])
          for (const { id: old } of listImageSets(project)) removeImageSet(project, old)
        },
      ),
      { numRuns: 10 },
    )
  })

  test('is nothing at all when it is cancelled or fails on the way', async () => {
    const folder = await mkdtemp(temporary('part-'))
    const images = await Promise.all(
      Array.from({ length: 130 }, async (_, i) => ({
        ...maskedImage(`${i}.png`, mask),
        file: await savePicture(`${folder}/${i}.png`, mask),
      })),
    )
    const zip = `${folder}/set.zip`
    await writeSet(setOf(['car'], images), zip, { format: 'folders', pictures: 'copy' }, {})
    const abort = new AbortController()
    const onProgress = ({ stage, done }: { stage: string; done: number }) => {
      if (stage === 'import' && done >= 30) abort.abort()
    }
    const work = { signal: abort.signal, onProgress }
    expect((await rejection(importSet(project, zip, auto, work))).code).toBe('cancelled')
    expect(listImageSets(project)).toEqual([])
    expect(names()).toEqual(defaultClasses.map(({ name }) => name))
    expect(existsSync(imagesFolder(dir)) ? await readdir(imagesFolder(dir)) : []).toEqual([])
    for (const table of ['image', 'mask', 'image_object', 'source'])
      expect(project.db.prepare(`SELECT count(*) AS n FROM ${table}`).get()).toEqual({ n: 0 })
    const found = await importSet(project, zip, auto, {})
    expect(found).toMatchObject({ images: 130, problems: [] })
  })

  test('is refused where classes were changed meanwhile', async () => {
    const folder = await saved(['car'], maskedImage('a.png', mask))
    const onProgress = ({ stage }: { stage: string }) => {
      if (stage === 'import') setClasses(project, [{ index: 7, name: 'van', colour: '#000001' }])
    }
    const error = await rejection(importSet(project, folder, auto, { onProgress }))
    expect(error.code).toBe('class-mismatch')
    expect(listImageSets(project)).toEqual([])
  })
})

describe('Taking an import back', () => {
  test('brings the classes back that nothing else uses', async () => {
    const tape = addSource(project, madeUpTape(5), null)
    await importSet(project, await saved(['car', 'bus'], maskedImage('a.png', mask)), auto, {})
    saveMask(project, { source: tape.id, frame: 0 }, { ...mask, data: Uint8Array.of(0, 2, 0) }, 'g')
    await undoImport(project)
    expect(names()).toEqual(['background', 'person', 'car'])
    expect((await rejection(undoImport(project))).code).toBe('no-such-dataset')
  })

  test('keeps what the user has made of the classes', async () => {
    await importSet(project, await saved(['car', 'bus'], maskedImage('a.png', mask)), auto, {})
    setClasses(project, [{ index: 2, name: 'my bus', colour: '#abcdef' }])
    await undoImport(project)
    expect(names()).toEqual(['background', 'person', 'my bus'])
  })

  test('asks where images were painted since', async () => {
    await importSet(project, await saved(['car'], maskedImage('a.png', mask)), auto, {})
    const [set] = listImageSets(project)
    const painted = { ...mask, data: Uint8Array.of(1, 1, 1) }
    saveMask(project, { source: set?.id ?? 0, frame: 0 }, painted, asItIs)
    expect((await rejection(undoImport(project))).code).toBe('labels-changed')
    await undoImport(project, { painted: true })
    expect(listImageSets(project)).toEqual([])
  })
})

test('pictures that are not there are problems, the first of them by name', async () => {
  const save = async (count: number, there: number): Promise<string> => {
    const folder = await mkdtemp(temporary('coco-'))
    const images = Array.from({ length: count }, (_, i) => `${i}.png`)
    for (const name of images.slice(0, there))
      await savePicture(`${folder}/${name}`, { width: 3, height: 1 })
    const entries = images.map((name, id) => ({ id, file_name: name, width: 3, height: 1 }))
    const file = { images: entries, annotations: [], categories: [{ id: 1, name: 'car' }] }
    await writeFile(`${folder}/annotations.json`, JSON.stringify(file))
    return `${folder}/annotations.json`
  }
  const whole = await importSet(project, await save(3, 3), auto, {})
  expect(whole).toMatchObject({ images: 3, problems: [] })
  expect(listImageSets(project)[0]?.name).toMatch(/^coco-/)
  const some = await importSet(project, await save(30, 5), auto, {})
  expect(some.images).toBe(30)
  expect(some.problems.map(({ file }) => file)).toEqual([
    ...Array.from({ length: 21 }, (_, i) => `${i + 5}.png`),
  ])
  expect(some.problems.at(-1)?.why).toBe('this picture and 4 more are not there')
  const { problems } = await importSet(project, await save(40, 0), auto, {})
  expect(problems).toEqual([{ file: '0.png', why: expect.stringContaining('other 39') }])
})

test('an image whose name another one has is a problem', async () => {
  const set = setOf(['car'], [maskedImage('a.png', mask), maskedImage('a.png', mask)])
  await stored(set, [0, 1])
  expect(listImageSets(project)).toMatchObject([
    { images: 1, problems: [{ file: 'a.png', why: 'another picture has the same name' }] },
  ])
})
