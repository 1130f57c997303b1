import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { encodePalettePng } from '../../../src/engine/formats/palette-png.ts'
import { readPng } from '../../../src/engine/formats/png-pixels.ts'
import { maskOfImage, objectOf } from '../../../src/engine/formats/shapes/compose.ts'
import { voc } from '../../../src/engine/formats/voc/index.ts'
import { vocPalette } from '../../../src/engine/formats/voc/voc-classes.ts'
import type { ClassMask } from '../../../src/shared/mask.ts'
import {
  imageOf,
  maskedImage,
  pixelCounts,
  readAll,
  savePicture,
  setOf,
} from '../../fixtures/annotated-sets.ts'
import { rejection } from '../../fixtures/caught.ts'
import { drawing, drawnMask, rows } from '../../fixtures/drawn-mask.ts'
import fc from '../../fixtures/fast-check.ts'
import { randomMask } from '../../fixtures/random-masks.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

/** Annotations/2007_000032.xml of VOC2012, its objects' poses and the source left out. */
const annotation = `<annotation>
	<folder>VOC2012</folder>
	<filename>2007_000032.jpg</filename>
	<size><width>500</width><height>281</height><depth>3</depth></size>
	<segmented>1</segmented>
	${[
    ['aeroplane', 104, 78, 375, 183],
    ['aeroplane', 133, 88, 197, 123],
    ['person', 195, 180, 213, 229],
    ['person', 26, 189, 44, 238],
  ]
    .map(
      ([name, xmin, ymin, xmax, ymax]) =>
        `<object><name>${name}</name><truncated>0</truncated><difficult>0</difficult>
		<bndbox><xmin>${xmin}</xmin><ymin>${ymin}</ymin><xmax>${xmax}</xmax><ymax>${ymax}</ymax></bndbox></object>`,
    )
    .join('\n')}
</annotation>`

const temporary = temporaryFolder()

async function save(path: string, content: string | Uint8Array): Promise<string> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, content)
  return path
}

const saveMask = async (path: string, mask: ClassMask, palette = vocPalette) =>
  save(path, await encodePalettePng(mask, palette))

const noOptions = {}

describe('Reading a set of PASCAL VOC boxes', () => {
  test('takes boxes as pixels from 1 with both ends', async () => {
    const folder = temporary('boxes')
    await save(temporary('boxes', 'Annotations', '2007_000032.xml'), annotation)
    expect(await voc.recognises(folder)).toBe(true)
    const set = await voc.read(folder, noOptions)
    expect(set.classes.map(({ name }) => name)).toEqual(['background', 'aeroplane', 'person'])
    const { images, problems } = await readAll(set)
    expect(problems).toEqual([])
    expect(images[0]).toMatchObject({ name: '2007_000032.jpg', width: 500, height: 281 })
    expect(images[0]?.objects.map(({ box, boxOnly }) => [box, boxOnly])).toEqual([
      [{ x: 103, y: 77, width: 272, height: 106 }, true],
      [{ x: 132, y: 87, width: 65, height: 36 }, true],
      [{ x: 194, y: 179, width: 19, height: 50 }, true],
      [{ x: 25, y: 188, width: 19, height: 50 }, true],
    ])
    expect(images[0] && pixelCounts(set, images[0])).toMatchObject({
      // The second aeroplane's box is within the first one's; a person's overlaps it by 19x4.
      aeroplane: 272 * 106 - 19 * 4,
      person: 2 * 19 * 50,
    })
  })

  test('finds them below VOCdevkit, and beside the pictures as LabelImg leaves them', async () => {
    await save(temporary('kit', 'VOCdevkit', 'VOC2012', 'Annotations', 'a.xml'), annotation)
    expect(await voc.recognises(temporary('kit'))).toBe(true)
    expect((await voc.read(temporary('kit'), noOptions)).count).toBe(1)

    await save(temporary('flat', 'a.xml'), annotation)
    await savePicture(temporary('flat', 'a.png'), { width: 500, height: 281 })
    await savePicture(temporary('flat', 'b.png'), { width: 5, height: 5 })
    expect(await voc.recognises(temporary('flat'))).toBe(true)
    const { images } = await readAll(await voc.read(temporary('flat'), noOptions))
    expect(images.map(({ name, annotated }) => [name, annotated])).toEqual([
      ['a.png', true],
      ['b.png', false],
    ])
  })

  test('takes the lists of pictures, and not those of the classes', async () => {
    const lists = (...parts: string[]) => temporary('lists', 'ImageSets', 'Main', ...parts)
    for (const name of ['room 0', 'room 1'])
      await save(temporary('lists', 'Annotations', `${name}.xml`), annotation)
    await save(lists('train.txt'), 'room 0\n')
    await save(lists('val.txt'), 'room 1\n')
    await save(lists('person_train.txt'), 'room 0  1\n')
    await save(lists('person_val.txt'), 'room 1 -1\n')
    const { images, problems } = await readAll(await voc.read(temporary('lists'), noOptions))
    expect(problems).toEqual([])
    expect(images.map(({ name, split }) => [name, split])).toEqual([
      ['room 0.jpg', 'train'],
      ['room 1.jpg', 'val'],
    ])
    await save(lists('val.txt'), 'room 0\nroom 1\n')
    const again = await readAll(await voc.read(temporary('lists'), noOptions))
    expect(again.problems).toEqual([
      { file: 'room 0', why: 'is in the lists train and val; train was taken' },
    ])
  })

  test('asks which one where there are several', async () => {
    for (const year of ['VOC2007', 'VOC2012'])
      await save(temporary('two', year, 'Annotations', 'a.xml'), annotation)
    const error = await rejection(voc.read(temporary('two'), noOptions))
    expect(error.code).toBe('bad-dataset')
    expect(error.message).toContain('VOC2007, VOC2012')
  })

  test('names what is wrong with a file or an object, and reads the rest', async () => {
    const folder = temporary('broken')
    const broken = annotation
      .replace('<xmin>133</xmin>', '<xmin>left</xmin>')
      .replace('<xmax>213</xmax>', '<xmax>3</xmax>')
      .replace('<xmin>26</xmin>', '<xmin>600</xmin>')
      .replace('<xmax>44</xmax>', '<xmax>700</xmax>')
    await save(temporary('broken', 'Annotations', 'a.xml'), broken)
    await save(temporary('broken', 'Annotations', 'b.xml'), annotation.replace('</size>', ''))
    await save(temporary('broken', 'Annotations', 'c.xml'), '<annotation></annotation>')
    const { images, problems } = await readAll(await voc.read(folder, noOptions))
    expect(images.map(({ objects }) => objects.length)).toEqual([1])
    expect(problems.map(({ file }) => file)).toEqual([
      'Annotations/a.xml',
      'Annotations/a.xml',
      'Annotations/a.xml',
      'b',
      'c',
    ])
    const why = problems.map((problem) => problem.why)
    expect(why[0]).toMatch(/object 2: xmin: expected a number/)
    expect(why[1]).toMatch(/object 3: xmax is less than xmin/)
    expect(why[2]).toMatch(/object 4: .*covers no pixel of the picture of 500x281/)
    expect(why[3]).toMatch(/b\.xml: line \d+/)
    expect(why[4]).toMatch(/neither a picture nor a size/)
  })

  test('says when the size in the file is not that of the picture, turned by EXIF included', async () => {
    await save(temporary('size', 'Annotations', 'a.xml'), annotation)
    await savePicture(temporary('size', 'JPEGImages', 'a.jpg'), { width: 500, height: 281 }, 6)
    const { images, problems } = await readAll(await voc.read(temporary('size'), noOptions))
    expect(images).toEqual([])
    expect(problems[0]?.why).toContain('281x500')
  })
})

describe('Reading a PASCAL VOC segmentation set', () => {
  const classes = drawnMask('......|.11xx5|.11xx5'.replaceAll('|', '\n'))
  classes.data = classes.data.map((value) => (value === 5 ? 15 : value))
  const objects = drawnMask('......|.11xx2|.11xx2'.replaceAll('|', '\n'))

  test('has masks with their border, objects with boxes, and the splits of the lists', async () => {
    const at = (...parts: string[]) => temporary('seg', ...parts)
    await saveMask(at('SegmentationClass', 'a.png'), classes)
    await saveMask(at('SegmentationObject', 'a.png'), objects)
    const box = (name: string, ...[xmin, ymin, xmax, ymax]: number[]) =>
      `<object><name>${name}</name><bndbox><xmin>${xmin}</xmin><ymin>${ymin}</ymin><xmax>${xmax}</xmax><ymax>${ymax}</ymax></bndbox></object>`
    const size = '<size><width>6</width><height>3</height></size>'
    await save(
      at('Annotations', 'a.xml'),
      `<annotation>${size}${box('aeroplane', 1, 1, 4, 3)}${box('cat', 5, 1, 6, 3)}</annotation>`,
    )
    await save(at('Annotations', 'unlisted.xml'), annotation)
    await save(at('ImageSets', 'Segmentation', 'train.txt'), 'a\n')
    await save(at('ImageSets', 'Segmentation', 'val.txt'), 'b\n')
    await save(at('ImageSets', 'Segmentation', 'trainval.txt'), 'a\nb\n')
    await savePicture(at('JPEGImages', 'b.jpg'), { width: 4, height: 4 })
    await savePicture(at('JPEGImages', 'unlisted.jpg'), { width: 4, height: 4 })
    const set = await voc.read(temporary('seg'), noOptions)
    expect(set.classes).toHaveLength(21)
    expect(set.count).toBe(2)
    const { images, problems } = await readAll(set)
    expect(problems).toEqual([{ file: 'Annotations', why: expect.stringContaining('1 pictures') }])
    expect(images.map(({ name, split, annotated }) => [name, split, annotated])).toEqual([
      ['a.jpg', 'train', true],
      ['b.jpg', 'val', false],
    ])
    expect(images[0]?.mask).toEqual(classes)
    expect(images[0]?.objects).toMatchObject([
      { classIndex: 1, box: { x: 0, y: 0, width: 4, height: 3 }, boxOnly: false },
      { classIndex: 15, box: null },
    ])
    expect(images[0]?.objects[0]?.raster).toMatchObject({ x: 1, y: 1, width: 2, height: 2 })
  })

  test('reads colours by the label map that CVAT writes', async () => {
    const at = (...parts: string[]) => temporary('cvat', ...parts)
    await save(
      at('labelmap.txt'),
      '# label:color_rgb:parts:actions\nDNA:250,50,83::\nbackground:0,0,0::\n',
    )
    await mkdir(at('SegmentationClass'))
    const colours = Uint8Array.of(0, 0, 0, 250, 50, 83, 224, 224, 192)
    await sharp(colours, { raw: { width: 3, height: 1, channels: 3 } })
      .png()
      .toFile(at('SegmentationClass', 'a.png'))
    await save(at('ImageSets', 'Segmentation', 'default.txt'), 'a')
    const set = await voc.read(temporary('cvat'), noOptions)
    expect(set.classes.map(({ name, colour }) => [name, colour])).toEqual([
      ['background', null],
      ['DNA', '#fa3253'],
    ])
    const { images } = await readAll(set)
    expect(images[0]?.split).toBeNull()
    expect(images[0]?.mask?.data).toEqual(Uint8Array.of(0, 1, 255))
  })

  test("takes labelme2voc's names, and the user's word for values", async () => {
    await save(temporary('names', 'class_names.txt'), '_background_\ncat\ndog\n')
    await saveMask(temporary('names', 'SegmentationClass', 'a.png'), drawnMask('.12x'))
    const named = await voc.read(temporary('names'), noOptions)
    expect(named.classes.map(({ name }) => name)).toEqual(['background', 'cat', 'dog'])

    await saveMask(temporary('map', 'SegmentationClass', 'a.png'), drawnMask('.12x'))
    const map = ['1=helmet', '2=ignore']
    const mapped = await voc.read(temporary('map'), { map })
    expect(mapped.classes.map(({ name }) => name)).toEqual(['background', 'helmet'])
    const { images } = await readAll(mapped)
    expect(images[0]?.mask && drawing(images[0].mask)).toBe(rows('.1xx'))
    const error = await rejection(voc.read(temporary('map'), { map: ['300=helmet'] }))
    expect(error.code).toBe('bad-value')
  })

  test('names values without a class, masks that are broken and sizes that differ', async () => {
    const at = (...parts: string[]) => temporary('faults', ...parts)
    const odd = { width: 2, height: 1, data: Uint8Array.of(57, 1) }
    await saveMask(at('SegmentationClass', 'a.png'), odd)
    await save(at('SegmentationClass', 'b.png'), 'no picture')
    await saveMask(at('SegmentationClass', 'c.png'), odd)
    await savePicture(at('JPEGImages', 'c.jpg'), { width: 1, height: 2 })
    await saveMask(at('SegmentationClass', 'd.png'), drawnMask('1'))
    await save(at('Annotations', 'e.xml'), annotation.replace('>person<', '>ghost<'))
    await save(at('ImageSets', 'Segmentation', 'train.txt'), 'e')
    const { images, problems } = await readAll(await voc.read(temporary('faults'), noOptions))
    expect(images.map(({ name }) => name)).toEqual(['d.jpg', 'e.jpg'])
    expect(images[1]?.objects).toHaveLength(3)
    expect(problems.map(({ why }) => why)).toEqual([
      expect.stringContaining('57 (1 px)'),
      expect.stringContaining('is not a PNG file'),
      expect.stringContaining('57 (1 px)'),
      'object 3: no class "ghost" is declared',
    ])
    await saveMask(at('SegmentationClass', 'c.png'), drawnMask('12'))
    const again = await readAll(await voc.read(temporary('faults'), noOptions))
    expect(again.problems[2]?.why).toMatch(/2x1.*1x2.*EXIF/)
  })

  test('refuses a folder without one, and label maps that are none', async () => {
    await mkdir(temporary('nothing'))
    expect(await voc.recognises(temporary('nothing'))).toBe(false)
    expect((await rejection(voc.read(temporary('nothing'), noOptions))).code).toBe('bad-dataset')
    expect((await rejection(voc.read(temporary('absent'), noOptions))).code).toBe('no-such-file')
    await saveMask(temporary('labels', 'SegmentationClass', 'a.png'), drawnMask('1'))
    for (const [text, part] of [
      ['a:1,2::', 'line 1: "1,2" is no colour'],
      ['a:::\n\na:::', 'line 3: a second class "a"'],
      [':1,2,3::', 'line 1: a class without a name'],
    ] as const) {
      await save(temporary('labels', 'labelmap.txt'), text)
      expect((await rejection(voc.read(temporary('labels'), noOptions))).message).toContain(part)
    }
    const many = Array.from({ length: 256 }, (_, i) => `c${i}:::`).join('\n')
    await save(temporary('labels', 'labelmap.txt'), many)
    expect((await rejection(voc.read(temporary('labels'), noOptions))).message).toContain('257')
  })
})

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
