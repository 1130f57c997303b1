import { mkdtemp } from 'node:fs/promises'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listClasses } from '../../../../src/engine/db/classes.ts'
import {
  beginImageSet,
  completeImageSet,
  listImageSets,
  listImages,
} from '../../../../src/engine/db/image-sets.ts'
import { createProject, type Project } from '../../../../src/engine/db/project.ts'
import type { AnnotatedSet } from '../../../../src/engine/formats/annotated-set.ts'
import { splitImages } from '../../../../src/engine/jobs/datasets/split-images.ts'
import { storeImages } from '../../../../src/engine/jobs/datasets/store-images.ts'
import { storedSet } from '../../../../src/engine/jobs/datasets/stored-set.ts'
import { undoImport } from '../../../../src/engine/jobs/datasets/undo-import.ts'
import { imageOf, maskedImage, setOf } from '../../../fixtures/annotated-sets.ts'
import { rejection } from '../../../fixtures/caught.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'

const temporary = temporaryFolder()
const mask = { width: 3, height: 1, data: Uint8Array.of(0, 1, 255) }

let dir = ''
let project: Project
beforeEach(async () => {
  dir = `${await mkdtemp(temporary('p-'))}/a.maskbench`
  project = createProject(dir)
})
afterEach(() => project.close())

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

describe('Dividing', () => {
  async function recording(name: string, count: number, changes: boolean) {
    const folder = await mkdtemp(temporary('frames-'))
    return Promise.all(
      Array.from({ length: count }, async (_, i) => {
        const file = `${folder}/${name}${i}.png`
        const level = changes ? (i * 37 + 11 * name.charCodeAt(0)) % 256 : 128
        const background = { r: level, g: level, b: (level + i) % 256 }
        await sharp({ create: { width: 3, height: 1, channels: 3, background } })
          .png()
          .toFile(file)
        return { ...maskedImage(`${name}${i}.png`, mask), file, scene: name }
      }),
    )
  }

  test('keeps neighbours that look the same on one side', async () => {
    const still = await recording('still', 10, false)
    const moving = await recording('moving', 10, true)
    await stored(setOf(['car'], [...still, ...moving]), [0, 1])
    const { groups } = await splitImages(project, { ratio: '1:1' }, {})
    expect(groups).toBe(11)
    const images = listImages(project, listImageSets(project)[0]?.id ?? 0)
    expect(new Set(images.slice(0, 10).map(({ split }) => split)).size).toBe(1)
    expect(images.filter(({ split }) => split === 'train')).toHaveLength(10)
  })

  test('keeps scenes whole where that is asked for', async () => {
    const scenes = await Promise.all(['a', 'b', 'c'].map((name) => recording(name, 4, true)))
    await stored(setOf(['car'], scenes.flat()), [0, 1])
    const { groups, parts } = await splitImages(project, { ratio: '2:1', byScene: true }, {})
    expect([groups, parts.map(({ images }) => images)]).toEqual([3, [8, 4]])
    const apart = await splitImages(project, { ratio: '2:1' }, {})
    expect(apart.groups).toBe(12)
  })

  test('leaves out what nobody has annotated, and needs something that somebody has', async () => {
    const image = imageOf('a.png', mask, { annotated: false })
    await stored(setOf(['car'], [image, maskedImage('b.png', mask)]), [0, 1])
    const { unannotated, parts } = await splitImages(project, { ratio: '1:1' }, {})
    expect([unannotated, parts.map(({ images }) => images)]).toEqual([1, [1, 0]])
    await undoImport(project)
    await stored(setOf(['car'], [image]), [0, 1])
    expect((await rejection(splitImages(project, { ratio: '1:1' }, {}))).code).toBe('no-labels')
  })
})
