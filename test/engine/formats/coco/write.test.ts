import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { AnnotatedImage, SetObject } from '../../../../src/engine/formats/annotated-set.ts'
import { coco } from '../../../../src/engine/formats/coco/index.ts'
import { cocoPolygons } from '../../../../src/engine/formats/shapes/coco-polygon.ts'
import { objectOf } from '../../../../src/engine/formats/shapes/compose.ts'
import { rasterArea, rasterOfPicture } from '../../../../src/engine/formats/shapes/raster.ts'
import {
  imageOf,
  namedMask,
  readAll,
  savePicture,
  setOf,
} from '../../../fixtures/annotated-sets.ts'
import { annotationsSchema, cocoFiles } from '../../../fixtures/coco-files.ts'
import { drawnMask } from '../../../fixtures/drawn-mask.ts'
import fc from '../../../fixtures/fast-check.ts'
import { randomMask, randomRaster, wholePicture } from '../../../fixtures/random-masks.ts'
import { describeWithShared, sharedPath } from '../../../fixtures/shared.ts'

const { temporary, saved, written } = cocoFiles()
const again = async (folder: string) => coco.read(folder, {})

const goldenSchema = z.object({
  ap: z.array(z.object({ name: z.string(), ground_truth: annotationsSchema })),
})

describeWithShared('Areas and boxes that are written', () => {
  test('are those that pycocotools computed for the same things', async () => {
    const goldens = goldenSchema.parse(
      JSON.parse(await readFile(sharedPath('goldens', 'metrics.json'), 'utf8')),
    )
    let compared = 0
    for (const { ground_truth: truth } of goldens.ap) {
      const set = await coco.read(await saved(truth), {})
      const file = await (await written(set)).read()
      const order = truth.images.map(({ id }) => id)
      const expected = order.flatMap((id) => truth.annotations.filter((a) => a.image_id === id))
      expect(file.annotations.map(({ area, bbox, iscrowd }) => ({ area, bbox, iscrowd }))).toEqual(
        expected.map(({ area, bbox, iscrowd }) => ({ area, bbox, iscrowd })),
      )
      compared += expected.length
    }
    expect(compared).toBeGreaterThan(20)
  })
})

const size = { width: 12, height: 9 }
const square = [2.5, 2.5, 8, 2, 8, 7, 2, 7]

function pixels({ objects }: AnnotatedImage, of: { width: number; height: number }) {
  return objects.map(({ raster, ...rest }) => ({ ...rest, pixels: wholePicture(raster, of) }))
}

describe('A set that is written as COCO and read again', () => {
  const objects: SetObject[] = [
    objectOf(2, cocoPolygons([square], size), { outline: [square], track: 4 }),
    objectOf(
      1,
      { x: 1, y: 1, width: 2, height: 2, data: Uint8Array.of(1, 0, 0, 1) },
      { crowd: true },
    ),
    objectOf(
      1,
      { x: 3, y: 2, width: 2, height: 3, data: new Uint8Array(6).fill(1) },
      {
        boxOnly: true,
        box: { x: 2.75, y: 2.25, width: 2, height: 2.5 },
      },
    ),
  ]

  test('has the same classes, splits, names and things', async () => {
    const classes = [
      { name: 'background', colour: null, parent: null },
      { name: 'dog', colour: '#ff8000', parent: 'animal' },
      { name: 'Straße', colour: null, parent: null },
    ]
    const images = [
      imageOf('a.png', size, { split: 'train', objects }),
      imageOf('b/ä.png', size, { split: 'val' }),
      imageOf('c.png', size, {}),
      imageOf('d.png', size, { split: 'first half/a', objects: objects.slice(0, 1) }),
    ]
    const { folder, result } = await written({ ...setOf([], images), classes })
    expect(result).toEqual({ images: 4, files: 4 })
    const set = await again(folder)
    expect(set.classes).toEqual(classes)
    const back = await readAll(set)
    expect(back.problems).toEqual([])
    expect(back.images.map(({ name, split }) => [name, split])).toEqual([
      ['c.png', null],
      ['d.png', 'first half/a'],
      ['a.png', 'train'],
      ['b/ä.png', 'val'],
    ])
    const first = back.images.find(({ name }) => name === 'a.png')
    expect(first && pixels(first, size)).toEqual(
      pixels(imageOf('a.png', size, { objects }), size).map((each, i) => ({
        ...each,
        box: first?.objects[i]?.box,
      })),
    )
    expect(first?.objects.map(({ box }) => box && [box.x, box.y, box.width, box.height])).toEqual([
      [2, 2, 6, 5],
      [1, 1, 2, 2],
      [2.75, 2.25, 2, 2.5],
    ])
  })

  test('has the same pixels, whatever they are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(randomRaster(), fc.boolean()), { minLength: 1, maxLength: 3 }),
        async (things) => {
          const images = things.map(([{ raster, size }, crowd], i) =>
            imageOf(`${i}.png`, size, { objects: [objectOf(1, raster, { crowd })] }),
          )
          const { folder, read } = await written(setOf(['thing'], images))
          const back = await readAll(await again(folder))
          expect(back.problems).toEqual([])
          for (const [i, image] of images.entries()) {
            const [original, found] = [image.objects[0], back.images[i]?.objects[0]]
            expect(found?.crowd).toBe(original?.crowd)
            expect(found && wholePicture(found.raster, image)).toEqual(
              original && wholePicture(original.raster, image),
            )
          }
          const areas = (await read()).annotations.map(({ area }) => area)
          expect(areas).toEqual(things.map(([{ raster }]) => rasterArea(raster)))
        },
      ),
      { numRuns: 60 },
    )
  })

  test('has the same masks, where it is one of masks', async () => {
    await fc.assert(
      fc.asyncProperty(randomMask({ classes: 4 }), async (mask) => {
        const original = setOf(['a', 'b', 'c'], [imageOf('a.png', mask, { mask })])
        const { folder } = await written(original)
        const set = await again(folder)
        const [image] = (await readAll(set)).images
        expect(image && namedMask(set, image)).toEqual(
          namedMask(original, imageOf('a.png', mask, { mask })),
        )
      }),
      { numRuns: 60 },
    )
  })

  test('has the same polygons where pycocotools draws their very pixels, else run lengths', async () => {
    const drawnOtherwise = objectOf(
      1,
      rasterOfPicture(drawnMask('111 1.. ...').data, { width: 3, height: 3 }),
      {
        outline: [[0, 0, 3, 0, 0, 3]],
      },
    )
    const { read } = await written(
      setOf(
        ['a', 'b'],
        [imageOf('a.png', size, { objects: [...objects.slice(0, 1), drawnOtherwise] })],
      ),
    )
    expect((await read()).annotations.map(({ segmentation }) => segmentation)).toEqual([
      [square],
      { size: [9, 12], counts: '027O10a2' },
    ])
  })

  test('keeps what is drawn with the background over something else', async () => {
    const block = (width: number) => ({
      ...{ x: 0, y: 0, width, height: 1 },
      data: new Uint8Array(width).fill(1),
    })
    const covered = [objectOf(1, block(3)), objectOf(0, block(2))]
    const original = setOf(['a'], [imageOf('a.png', { width: 4, height: 1 }, { objects: covered })])
    const { folder } = await written(original)
    const set = await again(folder)
    const [image] = (await readAll(set)).images
    expect(image && namedMask(set, image)).toEqual(['background', 'background', 'a', 'background'])
    expect(set.classes.map(({ name }) => name)).toEqual(['background', 'a'])
  })

  test('comes with its pictures where that is asked for', async () => {
    const picture = await savePicture(temporary('pictures', 'p.png'), size)
    const image = imageOf('sub/p.png', size, { file: picture, split: 'val' })
    const { folder, result } = await written(setOf(['a'], [image]), 'copy')
    expect(result).toEqual({ images: 1, files: 2 })
    const [back] = (await readAll(await again(folder))).images
    expect(back?.file).toBe(join(folder, 'images', 'val', 'sub', 'p.png'))
    expect((await readdir(folder)).sort()).toEqual(['annotations', 'images'])
  })

  test('is the same file each time', async () => {
    const set = setOf(['a', 'b'], [imageOf('a.png', size, { objects })])
    const texts = await Promise.all(
      [await written(set), await written(set)].map(({ folder }) =>
        readFile(join(folder, 'annotations', 'instances_default.json'), 'utf8'),
      ),
    )
    expect(texts[0]).toBe(texts[1])
  })
})
