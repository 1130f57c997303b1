import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { AnnotatedImage, SetObject } from '../../../src/engine/formats/annotated-set.ts'
import { coco } from '../../../src/engine/formats/coco/index.ts'
import { cocoPolygons } from '../../../src/engine/formats/shapes/coco-polygon.ts'
import { objectOf } from '../../../src/engine/formats/shapes/compose.ts'
import { rasterArea, rasterOfPicture } from '../../../src/engine/formats/shapes/raster.ts'
import { imageOf, namedMask, readAll, savePicture, setOf } from '../../fixtures/annotated-sets.ts'
import { rejection } from '../../fixtures/caught.ts'
import { drawnMask } from '../../fixtures/drawn-mask.ts'
import { randomMask, randomRaster, wholePicture } from '../../fixtures/random-masks.ts'
import { describeWithShared, sharedPath } from '../../fixtures/shared.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()
let folders = 0

/** Writes JSON into a folder of its own; returns the path of the file. */
async function saved(content: unknown, ...path: string[]): Promise<string> {
  const file = temporary(String(folders++), ...(path.length === 0 ? ['set.json'] : path))
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content))
  return file
}

const annotationsSchema = z.looseObject({
  images: z.array(z.looseObject({ id: z.number(), file_name: z.string() })),
  categories: z.array(z.unknown()),
  annotations: z.array(
    z.looseObject({
      image_id: z.number(),
      segmentation: z.unknown(),
      area: z.number(),
      bbox: z.array(z.number()),
      iscrowd: z.number(),
    }),
  ),
})

async function written(set: Parameters<typeof coco.write>[0], pictures: 'copy' | 'none' = 'none') {
  const folder = temporary(String(folders++))
  await mkdir(folder)
  const result = await coco.write(set, folder, { pictures }, {})
  const read = async (part = 'default') =>
    annotationsSchema.parse(
      JSON.parse(await readFile(join(folder, 'annotations', `instances_${part}.json`), 'utf8')),
    )
  return { folder, result, read }
}

const again = async (folder: string) => coco.read(folder, {})

/** Two files as Datumaro's tests have them (openvinotoolkit/datumaro, tests/assets/coco_dataset). */
const categories = ['a', 'b', 'c'].map((name, i) => ({ id: i + 1, name, supercategory: '' }))
const trainFile = {
  licenses: [{ name: '', id: 0, url: '' }],
  info: { contributor: '', date_created: '', version: '', year: '' },
  categories,
  images: [{ id: 5, width: 10, height: 5, file_name: 'a.jpg', license: 0, coco_url: '' }],
  annotations: [
    {
      ...{ id: 1, image_id: 5, category_id: 2, segmentation: [], area: 3 },
      ...{ bbox: [2, 2, 3, 1], iscrowd: 0 },
    },
  ],
}
const valFile = {
  licenses: [],
  info: {},
  categories,
  images: [{ id: 40, width: 5, height: 10, file_name: 'b.jpg', date_captured: 0 }],
  annotations: [
    {
      ...{ id: 1, image_id: 40, category_id: 1, segmentation: [[0, 0, 1, 0, 1, 2, 0, 2]] },
      ...{ area: 2, bbox: [0, 0, 1, 2], iscrowd: 0, attributes: { x: 1, y: 'hello' } },
    },
    {
      ...{ id: 2, image_id: 40, category_id: 2 },
      segmentation: { counts: [0, 20, 30], size: [10, 5] },
      ...{ area: 20, bbox: [0, 0, 1, 9], iscrowd: 1 },
    },
  ],
}

describe('A COCO file is read', () => {
  test('with polygons, run lengths of a crowd, and a box that nobody has outlined', async () => {
    const train = await saved(trainFile, 'annotations', 'instances_train.json')
    await writeFile(join(dirname(train), 'instances_val2017.json'), JSON.stringify(valFile))
    await writeFile(join(dirname(train), 'captions_val2017.json'), '{"info":{},"annotations":[')
    const set = await coco.read(dirname(dirname(train)), {})
    expect(set.classes.map(({ name, parent }) => [name, parent])).toEqual([
      ['background', null],
      ['a', null],
      ['b', null],
      ['c', null],
    ])
    const { images, problems } = await readAll(set)
    expect(problems).toEqual([])
    expect(set.count).toBe(2)
    expect(images.map(({ name, split }) => [name, split])).toEqual([
      ['a.jpg', 'train'],
      ['b.jpg', 'val'],
    ])
    const [box] = images[0]?.objects ?? []
    expect(box).toMatchObject({ classIndex: 2, boxOnly: true, crowd: false })
    expect(box?.raster).toMatchObject({ x: 2, y: 2, width: 3, height: 1 })
    const [polygon, crowd] = images[1]?.objects ?? []
    expect(polygon).toMatchObject({
      classIndex: 1,
      boxOnly: false,
      outline: [[0, 0, 1, 0, 1, 2, 0, 2]],
    })
    expect([polygon, crowd].map((each) => each && rasterArea(each.raster))).toEqual([2, 20])
    expect(crowd).toMatchObject({ classIndex: 2, crowd: true, outline: null })
    expect(crowd?.raster).toMatchObject({ x: 0, y: 0, width: 2, height: 10 })
  })

  test('with supercategories, colours, and two categories of one name', async () => {
    const file = await saved({
      images: [],
      annotations: [],
      categories: [
        { id: 7, name: 'dog', supercategory: 'animal', color: [255, 128, 0] },
        { id: 9, name: 'cat', supercategory: 'animal' },
        { id: 'x', name: 'cat', supercategory: 'none' },
        { id: 0, name: 'background', supercategory: 'background' },
      ],
    })
    expect((await coco.read(file, {})).classes).toEqual([
      { name: 'background', colour: null, parent: null },
      { name: 'dog', colour: '#ff8000', parent: 'animal' },
      { name: 'cat', colour: null, parent: 'animal' },
      { name: 'cat (x)', colour: null, parent: null },
    ])
  })

  test('with the pictures around it, where COCO, Roboflow, or the user has them', async () => {
    const roboflow = await saved(trainFile, 'valid', '_annotations.coco.json')
    const here = await savePicture(join(dirname(roboflow), 'a.jpg'), { width: 10, height: 5 })
    const [image] = (await readAll(await coco.read(dirname(dirname(roboflow)), {}))).images
    expect(image).toMatchObject({ name: 'a.jpg', file: here, split: 'val' })
    const classic = await saved(trainFile, 'annotations', 'instances_train2017.json')
    const root = dirname(dirname(classic))
    const there = await savePicture(join(root, 'train2017', 'a.jpg'), { width: 10, height: 5 })
    expect((await readAll(await coco.read(classic, {}))).images[0]?.file).toBe(there)
    const images = temporary(String(folders++))
    const given = await savePicture(join(images, 'a.jpg'), { width: 10, height: 5 })
    expect((await readAll(await coco.read(classic, { images }))).images[0]?.file).toBe(given)
    expect((await readAll(await coco.read(await saved(trainFile), {}))).images[0]?.file).toBe(null)
  })

  test('with a size of the picture where it gives none', async () => {
    const file = await saved({ ...trainFile, images: [{ id: 5, file_name: 'a.jpg' }] })
    await savePicture(join(dirname(file), 'a.jpg'), { width: 10, height: 5 })
    expect((await readAll(await coco.read(file, {}))).images[0]).toMatchObject({
      ...{ width: 10, height: 5 },
    })
  })

  test('with the number of a track as CVAT writes it', async () => {
    const [annotation] = trainFile.annotations
    const annotations = [{ ...annotation, attributes: { occluded: false, track_id: 3 } }]
    const { images } = await readAll(
      await coco.read(await saved({ ...trainFile, annotations }), {}),
    )
    expect(images[0]?.objects[0]?.track).toBe(3)
  })
})

describe('COCO is recognised', () => {
  test('by how its files begin', async () => {
    const file = await saved(trainFile)
    expect(await coco.recognises(file)).toBe(true)
    expect(await coco.recognises(dirname(file))).toBe(true)
    const { folder } = await written(setOf(['a'], []))
    expect(await coco.recognises(folder)).toBe(true)
  })

  test.each([
    ['an empty object', '{}'],
    ['a list', '[{"images":[],"annotations":[]}]'],
    ['a file of Labelme', '{"version":"5.0.1","flags":{},"shapes":[],"imagePath":"a.jpg"}'],
    ['a file of VIA', '{"_via_settings":{},"_via_img_metadata":{}}'],
    ['something else', 'images'],
  ])('unlike %s', async (_, text) => {
    const file = await saved(text)
    expect(await coco.recognises(file)).toBe(false)
    expect(await coco.recognises(dirname(file))).toBe(false)
  })

  test('never where there is nothing', async () => {
    expect(await coco.recognises(temporary('nowhere'))).toBe(false)
  })
})

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

const [polygon] = valFile.annotations

describe('What is wrong in a COCO file is named, and the rest is read', () => {
  test.each([
    ['an unknown category', { category_id: 9 }, 'category_id: there is no category 9'],
    ['a polygon of two points', { segmentation: [[1, 1, 2, 2]] }, 'segmentation: [0]: '],
    ['half a point', { segmentation: [[1, 1, 2, 2, 3, 3, 4]] }, 'expected pairs of x and y'],
    [
      'a corner that is no number',
      { segmentation: [[1, 1, 2, 2, 3, null]] },
      'segmentation: [0][5]',
    ],
    ['a corner at no place', { segmentation: [[1, 1, 2, 2, 3, 1e300]] }, '1e+300'],
    ['run lengths of another size', { segmentation: { size: [5, 10], counts: [50] } }, '10x5'],
    ['too few run lengths', { segmentation: { size: [10, 5], counts: [5, 5] } }, 'add up to 10'],
    ['broken run lengths', { segmentation: { size: [10, 5], counts: '`' } }, 'compressed'],
    ['run lengths without size', { segmentation: { counts: '0' } }, 'size'],
    ['a segmentation of words', { segmentation: 'all of it' }, 'segmentation'],
    ['nothing that is marked', { segmentation: [], bbox: [1, 1, 0, 5] }, 'neither'],
    ['a bbox of three numbers', { bbox: [1, 2, 3] }, 'bbox'],
    ['a crowd of seven', { iscrowd: 7 }, 'iscrowd'],
  ])('%s', async (_, wrong, expected) => {
    const annotations = [{ ...polygon, id: 77, ...wrong }, polygon]
    const { images, problems } = await readAll(
      await coco.read(await saved({ ...valFile, annotations }), {}),
    )
    expect(images.map(({ objects }) => objects.length)).toEqual([1])
    expect(problems).toHaveLength(1)
    expect(problems[0]?.file).toBe('b.jpg')
    expect(problems[0]?.why).toContain('annotation 77: ')
    expect(problems[0]?.why).toContain(expected)
  })

  test.each([
    ['without a name', { file_name: undefined }, 'set.json: images[0]', 'file_name'],
    ['of no width', { width: 0 }, 'set.json: images[0]', 'width'],
    ['larger than any', { width: 1e6, height: 1e6 }, 'x.png', '1000000x1000000'],
    ['outside of the set', { file_name: '../../x.png' }, '../../x.png', 'leads out'],
    ['at a place of its own', { file_name: '/etc/passwd' }, '/etc/passwd', 'leads out'],
    ['without a size', { width: undefined }, 'x.png', 'no width and height'],
    ['with a name of another', { id: 41, file_name: 'b.jpg' }, 'b.jpg', 'name of another'],
    ['with the id of another', { id: 40 }, 'x.png', 'id 40'],
  ])('a picture %s', async (title, wrong, file, why) => {
    const other = { id: 1, file_name: 'x.png', width: 4, height: 4, ...wrong }
    const images = title.includes('another')
      ? [...valFile.images, other]
      : [other, ...valFile.images]
    const { images: read, problems } = await readAll(
      await coco.read(await saved({ ...valFile, images }), {}),
    )
    expect(read.map(({ name, objects }) => [name, objects.length])).toEqual([['b.jpg', 2]])
    expect(problems).toHaveLength(1)
    expect(problems[0]?.file).toBe(file)
    expect(problems[0]?.why).toContain(why)
  })

  test('a picture of another size than the file says, also by its EXIF orientation', async () => {
    const file = await saved(valFile)
    await savePicture(join(dirname(file), 'b.jpg'), { width: 5, height: 10 }, 6)
    const { images, problems } = await readAll(await coco.read(file, {}))
    expect(images).toEqual([])
    expect(problems[0]?.why).toMatch(/5x10.*10x5.*EXIF/)
  })

  test('a file that is no picture', async () => {
    const file = await saved(valFile)
    await writeFile(join(dirname(file), 'b.jpg'), 'no picture')
    const { images, problems } = await readAll(await coco.read(file, {}))
    expect(images).toEqual([])
    expect(problems[0]?.file).toBe('b.jpg')
  })

  test('annotations of pictures that are not there, in one line', async () => {
    const strangers = [1, 2, 3].map((id) => ({ ...polygon, id, image_id: 500 + id }))
    const annotations = [...valFile.annotations, ...strangers, { id: 9 }]
    const { images, problems } = await readAll(
      await coco.read(await saved({ ...valFile, annotations }), {}),
    )
    expect(images[0]?.objects).toHaveLength(2)
    expect(problems.map(({ why }) => why)).toEqual([
      '1 annotations do not say by image_id of which picture they are',
      '3 annotations are of pictures that are not in it, such as 501',
    ])
  })
})

describe('A COCO file is refused', () => {
  const many = Array.from({ length: 255 }, (_, id) => ({ id, name: `class ${id}` }))

  test.each([
    ['that is no JSON', '{"images":[', 'line 1'],
    ['without pictures', { ...valFile, images: undefined }, 'images'],
    ['without categories', { ...valFile, categories: undefined }, 'categories'],
    [
      'with a category without name',
      { ...valFile, categories: [{ id: 1 }] },
      'categories[0]: name',
    ],
    [
      'with two categories of one id',
      { ...valFile, categories: [categories[0], categories[0]] },
      'id 1',
    ],
    [
      'with more categories than masks can hold',
      { ...valFile, categories: many },
      '255 categories',
    ],
    ['that is a list', [valFile], 'object'],
  ])('%s', async (_, content, message) => {
    const error = await rejection(coco.read(await saved(content), {}))
    expect(error.code).toBe('bad-dataset')
    expect(error.message).toContain(message)
    expect(error.hint).not.toBe('')
  })

  test('where there is none', async () => {
    expect((await rejection(coco.read(temporary('nowhere.json'), {}))).code).toBe('no-such-file')
    const file = await saved('hello', 'readme.txt')
    expect((await rejection(coco.read(dirname(file), {}))).code).toBe('bad-dataset')
  })

  test('when the work is cancelled', async () => {
    const signal = AbortSignal.abort()
    const file = await saved(valFile)
    expect((await rejection(coco.read(file, { signal }))).code).toBe('cancelled')
    const set = await coco.read(file, {})
    const folder = temporary(String(folders++))
    await mkdir(folder)
    const writing = coco.write(set, folder, { pictures: 'none' }, { signal })
    expect((await rejection(writing)).code).toBe('cancelled')
  })
})
