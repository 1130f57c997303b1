import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { AnnotatedImage } from '../../../../src/engine/formats/annotated-set.ts'
import { objectOf } from '../../../../src/engine/formats/shapes/compose.ts'
import { fillPolygon } from '../../../../src/engine/formats/shapes/fill-polygon.ts'
import { yolo } from '../../../../src/engine/formats/yolo/index.ts'
import {
  imageOf,
  namedMask,
  readAll,
  savePicture,
  setOf,
} from '../../../fixtures/annotated-sets.ts'
import { rejection } from '../../../fixtures/caught.ts'
import fc from '../../../fixtures/fast-check.ts'
import { randomMask } from '../../../fixtures/random-masks.ts'
import { size, yoloFolders } from '../../../fixtures/yolo-folders.ts'

const { temporary, written } = yoloFolders()

describe('A set that is written as YOLO and read again', () => {
  test('has the same names, parts, classes and things', async () => {
    const file = await savePicture(temporary('source', 'p.png'), size)
    const objects = [objectOf(2, fillPolygon([[1, 1, 9, 1, 5, 9]], size))]
    const images = [
      imageOf('a.png', size, { file, split: 'train', objects }),
      imageOf('sub/b.png', size, { file, split: 'val' }),
      imageOf('c.png', size, { file, split: 'first half/a', annotated: false }),
      imageOf('d.png', size, { file, objects }),
    ]
    const classes = ['cat', 'yes', 'a: "b" #1', 'Straße 2']
    const { folder, result } = await written(setOf(classes, images))
    expect(result).toEqual({ images: 4, files: 8 })
    expect((await readdir(folder)).sort()).toEqual(['data.yaml', 'images', 'labels'])
    expect(await yolo.recognises(folder)).toBe(true)
    const set = await yolo.read(folder, {})
    expect(set.classes.map(({ name }) => name)).toEqual(['background', ...classes])
    const back = await readAll(set)
    expect(back.problems).toEqual([])
    const facts = ({ name, split, annotated, objects }: AnnotatedImage) =>
      [name, split, annotated, objects.length].join()
    expect(new Set(back.images.map(facts))).toEqual(new Set(images.map(facts)))
  })

  test.each([
    [[null], 'train: images/unassigned\nval: images/unassigned\n'],
    [['train'], 'train: images/train\nval: images/train\n'],
    [['val', 'test'], 'train: images/val\nval: images/val\ntest: images/test\n'],
  ])('names the parts that Ultralytics asks for: %j', async (splits, expected) => {
    const file = await savePicture(temporary('source', 'q.png'), size)
    const images = splits.map((split, i) => imageOf(`${i}.png`, size, { file, split }))
    const { folder } = await written(setOf(['a'], images))
    expect(await readFile(join(folder, 'data.yaml'), 'utf8')).toBe(`${expected}\nnames:\n  0: a\n`)
    const back = (await readAll(await yolo.read(folder, {}))).images
    expect(back.map(({ split }) => split).sort()).toEqual([...splits].sort())
  })

  test('has the same masks', async () => {
    await fc.assert(
      fc.asyncProperty(randomMask({ classes: 4 }), async (mask) => {
        const file = await savePicture(temporary('source', `${mask.width}.png`), mask)
        const image = imageOf('a.png', mask, { file, mask })
        const original = setOf(['a', 'b', 'c'], [image])
        const set = await yolo.read((await written(original)).folder, {})
        const [back] = (await readAll(set)).images
        expect(back && namedMask(set, back)).toEqual(namedMask(original, image))
      }),
      { numRuns: 30 },
    )
  })

  test('keeps labels apart of pictures that differ in their ending only', async () => {
    const file = await savePicture(temporary('source', 'r.png'), size)
    const objects = [objectOf(1, fillPolygon([[1, 1, 9, 1, 5, 9]], size))]
    const images = [imageOf('a.png', size, { file, objects }), imageOf('a.PNG', size, { file })]
    const { folder } = await written(setOf(['a'], images))
    const back = (await readAll(await yolo.read(folder, {}))).images
    expect(back.map(({ objects }) => objects.length).sort()).toEqual([0, 1])
  })

  test('is refused when a name leads out of the folder, and stops when it is cancelled', async () => {
    const outside = setOf(['a'], [imageOf('../a.png', size, {})])
    expect((await rejection(written(outside))).code).toBe('bad-dataset')
    const folder = temporary('cancelled')
    await mkdir(folder)
    const work = { signal: AbortSignal.abort() }
    const set = setOf(['a'], [imageOf('a.png', size, {})])
    expect((await rejection(yolo.write(set, folder, { pictures: 'copy' }, work))).code).toBe(
      'cancelled',
    )
  })
})
