import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { readPng } from '../../../../src/engine/formats/png-pixels.ts'
import { maskOfImage, objectOf } from '../../../../src/engine/formats/shapes/compose.ts'
import { voc } from '../../../../src/engine/formats/voc/index.ts'
import {
  imageOf,
  maskedImage,
  readAll,
  savePicture,
  setOf,
} from '../../../fixtures/annotated-sets.ts'
import { rejection } from '../../../fixtures/caught.ts'
import { drawnMask } from '../../../fixtures/drawn-mask.ts'
import fc from '../../../fixtures/fast-check.ts'
import { noOptions } from '../../../fixtures/formats/voc-files.ts'
import { randomMask } from '../../../fixtures/random-masks.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'

const temporary = temporaryFolder()

describe('Writing a PASCAL VOC set', () => {
  const write = (set: ReturnType<typeof setOf>, folder: string) =>
    voc.write(set, folder, { pictures: 'copy' }, {})

  test('gives the folders, lists and palette of the challenges, and the same set again', async () => {
    const folder = temporary('written')
    const file = await savePicture(temporary('pictures', 'a.png'), { width: 4, height: 2 })
    const mask = drawnMask('.11x\n22.x')
    const raster = { x: 1, y: 0, width: 2, height: 1, data: Uint8Array.of(1, 1) }
    const boxes = [objectOf(2, raster, { boxOnly: true, box: { ...raster, x: 0.5 } })]
    const set = setOf(
      ['helmet', 'face', 'unused'],
      [
        imageOf('sub/a.png', mask, { file, split: 'train', mask, objects: [objectOf(1, raster)] }),
        imageOf('b.jpg', mask, { split: 'val', mask }),
        imageOf('empty.jpg', mask),
        imageOf('plain.jpg', mask, { annotated: false, file }),
        imageOf('boxes.jpg', mask, { objects: boxes }),
        imageOf('shown.jpg', mask, { objects: boxes, mask: drawnMask('.22.\n....') }),
        { file: 'x', why: 'it was broken before' },
      ],
    )
    expect(await write(set, folder)).toEqual({ images: 6, files: 14 })
    expect((await readdir(folder, { recursive: true })).sort()).toMatchInlineSnapshot(`
      [
        "Annotations",
        "Annotations/boxes.xml",
        "Annotations/shown.xml",
        "Annotations/sub",
        "Annotations/sub/a.xml",
        "ImageSets",
        "ImageSets/Segmentation",
        "ImageSets/Segmentation/default.txt",
        "ImageSets/Segmentation/train.txt",
        "ImageSets/Segmentation/trainval.txt",
        "ImageSets/Segmentation/val.txt",
        "JPEGImages",
        "JPEGImages/plain.jpg",
        "JPEGImages/sub",
        "JPEGImages/sub/a.png",
        "SegmentationClass",
        "SegmentationClass/b.png",
        "SegmentationClass/empty.png",
        "SegmentationClass/sub",
        "SegmentationClass/sub/a.png",
        "SegmentationObject",
        "SegmentationObject/sub",
        "SegmentationObject/sub/a.png",
        "labelmap.txt",
      ]
    `)
    expect(await readFile(temporary('written', 'labelmap.txt'), 'utf8')).toMatchInlineSnapshot(`
      "# label:color_rgb:parts:actions
      background:0,0,0::
      helmet:128,0,0::
      face:0,128,0::
      unused:128,128,0::
      "
    `)
    const png = await readFile(temporary('written', 'SegmentationClass', 'b.png'))
    expect((await readPng(png, 'b.png')).palette?.slice(0, 4)).toEqual([
      0, 0x800000, 0x008000, 0x808000,
    ])

    const again = await voc.read(folder, noOptions)
    expect(again.classes.map(({ name }) => name)).toEqual(set.classes.map(({ name }) => name))
    const { images, problems } = await readAll(again)
    expect(problems.map(({ file }) => file)).toEqual([])
    const byName = new Map(images.map((image) => [image.name, image]))
    expect(byName.get('sub/a.png')).toMatchObject({ split: 'train', mask })
    expect(byName.get('sub/a.png')?.objects).toMatchObject([{ classIndex: 1, raster }])
    expect(byName.get('b.jpg')).toMatchObject({ split: 'val', mask, file: null })
    expect(byName.get('empty.jpg')).toMatchObject({ split: null, annotated: true })
    expect(byName.get('boxes.jpg')).toMatchObject({
      mask: null,
      objects: [{ classIndex: 2, boxOnly: true, box: { x: 0.5, y: 0, width: 2, height: 1 } }],
    })
  })

  test('keeps every pixel of any mask, ignored ones included', async () => {
    let run = 0
    await fc.assert(
      fc.asyncProperty(randomMask({ classes: 6, ignore: true }), async (mask) => {
        const folder = temporary(`random-${run++}`)
        const names = ['a', 'b', 'c', 'd', 'e']
        await write(setOf(names, [maskedImage('p.png', mask)]), folder)
        const { images } = await readAll(await voc.read(folder, noOptions))
        expect(images[0]?.mask).toEqual(mask)
      }),
      { numRuns: 60 },
    )
  })

  test('keeps objects apart as far as one can see them', async () => {
    const square = { width: 2, height: 2, data: Uint8Array.of(1, 1, 1, 1) }
    const objects = [objectOf(1, { x: 0, y: 0, ...square }), objectOf(1, { x: 1, y: 0, ...square })]
    const image = imageOf('a.png', { width: 3, height: 2 }, { objects })
    await write(setOf(['cell'], [image]), temporary('touching'))
    const { images } = await readAll(await voc.read(temporary('touching'), noOptions))
    expect(images[0]?.objects.map(({ raster }) => raster.width)).toEqual([1, 2])
    expect(images[0] && maskOfImage(images[0])).toEqual(maskOfImage(image))
  })

  test('refuses more objects than an object mask numbers, and names that a label map cannot hold', async () => {
    const raster = { x: 0, y: 0, width: 1, height: 1, data: Uint8Array.of(1) }
    const objects = Array.from({ length: 255 }, () => objectOf(1, raster))
    const many = setOf(['cell'], [imageOf('a.png', { width: 1, height: 1 }, { objects })])
    expect((await rejection(write(many, temporary('many')))).message).toContain('255 objects')
    const error = await rejection(write(setOf(['a:b'], []), temporary('colon')))
    expect(error.message).toContain('"a:b"')
    const outside = setOf(['a'], [maskedImage('../a.png', drawnMask('1'))])
    expect((await rejection(write(outside, temporary('outside')))).code).toBe('bad-dataset')
  })
})
