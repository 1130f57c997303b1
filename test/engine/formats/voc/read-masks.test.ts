import { mkdir } from 'node:fs/promises'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { voc } from '../../../../src/engine/formats/voc/index.ts'
import { readAll, savePicture } from '../../../fixtures/annotated-sets.ts'
import { rejection } from '../../../fixtures/caught.ts'
import { drawing, drawnMask, rows } from '../../../fixtures/drawn-mask.ts'
import { annotation, noOptions, save, saveMask } from '../../../fixtures/formats/voc-files.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'

const temporary = temporaryFolder()

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
