import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { AnnotatedImage } from '../../../src/engine/formats/annotated-set.ts'
import { labelme } from '../../../src/engine/formats/labelme/index.ts'
import { encodeGreyPng } from '../../../src/engine/formats/palette-png.ts'
import { maskOfImage, objectOf } from '../../../src/engine/formats/shapes/compose.ts'
import { rasterArea } from '../../../src/engine/formats/shapes/raster.ts'
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

const temporary = temporaryFolder()

/** examples/primitives/primitives.json of wkentaro/labelme: a picture with a shape of each kind. */
const primitives = {
  version: '4.0.0',
  flags: {},
  shapes: [
    {
      label: 'rectangle',
      points: [
        [32, 35],
        [132, 135],
      ],
      group_id: null,
      shape_type: 'rectangle',
      flags: {},
    },
    {
      label: 'circle',
      points: [
        [195, 84],
        [225, 125],
      ],
      group_id: null,
      shape_type: 'circle',
      flags: {},
    },
    {
      label: 'rectangle',
      points: [
        [391, 33],
        [542, 135],
      ],
      group_id: null,
      shape_type: 'rectangle',
      flags: {},
    },
    {
      label: 'polygon',
      points: [
        [69, 318],
        [45, 403],
        [173, 406],
        [198, 321],
      ],
      group_id: null,
      shape_type: 'polygon',
      flags: {},
    },
    {
      label: 'line',
      points: [
        [188, 178],
        [160, 224],
      ],
      group_id: null,
      shape_type: 'line',
      flags: {},
    },
    { label: 'point', points: [[345, 174]], group_id: null, shape_type: 'point', flags: {} },
    {
      label: 'line_strip',
      points: [
        [440.53703703703707, 181.46296296296293],
        [402.53703703703707, 274.46296296296293],
        [544.5370370370371, 275.46296296296293],
      ],
      group_id: null,
      shape_type: 'linestrip',
      flags: {},
    },
  ],
  imagePath: 'primitives.jpg',
  imageData: null,
  imageHeight: 450,
  imageWidth: 560,
  lineColor: [0, 255, 0, 128],
  fillColor: [255, 0, 0, 128],
}

async function save(path: string, content: unknown): Promise<string> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

/** A picture of 6x4 with these shapes. */
function labelFile(shapes: readonly unknown[], more: object = {}) {
  const size = { imageHeight: 4, imageWidth: 6 }
  return {
    version: '5.5.0',
    flags: {},
    shapes,
    imagePath: 'a.png',
    imageData: null,
    ...size,
    ...more,
  }
}

const square = (label: string, x: number, y: number, side: number, more: object = {}) => ({
  label,
  points: [
    [x, y],
    [x + side, y],
    [x + side, y + side],
    [x, y + side],
  ],
  shape_type: 'polygon',
  ...more,
})

async function readOne(folder: string) {
  const set = await labelme.read(folder, {})
  const { images, problems } = await readAll(set)
  const [image] = images
  if (!image) throw new Error(`no picture, but ${JSON.stringify(problems)}`)
  return { set, image, problems }
}

/** A picture as rows of text, where only labels of one letter are. */
function seen(image: AnnotatedImage): string {
  return drawing(maskOfImage(image))
}

describe('Reading Labelme files', () => {
  test("draws each of Labelme's shapes", async () => {
    await save(temporary('primitives', 'primitives.json'), primitives)
    expect(await labelme.recognises(temporary('primitives'))).toBe(true)
    const { set, image, problems } = await readOne(temporary('primitives'))
    expect(problems).toEqual([])
    expect(image).toMatchObject({ name: 'primitives.jpg', file: null, width: 560, height: 450 })
    const counts = pixelCounts(set, image)
    expect(counts).toMatchObject({ rectangle: 100 * 100 + 151 * 102, circle: expect.any(Number) })
    // Areas in the plane; pixels differ by some along the edge.
    const circle = Math.PI * (30 ** 2 + 41 ** 2)
    const line = Math.hypot(28, 46) * 10 + Math.PI * 25
    expect(Math.abs((counts.circle ?? 0) / circle - 1)).toBeLessThan(0.01)
    expect(Math.abs((counts.polygon ?? 0) / 10_914.5 - 1)).toBeLessThan(0.01)
    expect(Math.abs((counts.line ?? 0) / line - 1)).toBeLessThan(0.03)
    expect(counts.point).toBeGreaterThan(60)
    expect(image.objects.map(({ boxOnly }) => boxOnly).filter(Boolean)).toHaveLength(2)
    expect(image.objects[0]?.box).toEqual({ x: 32, y: 35, width: 100, height: 100 })
  })

  test('places masks by their first point, within the picture', async () => {
    // test_stored_mask_shape_is_placed_at_origin_with_clipping of labelme's own tests.
    const png = await encodeGreyPng({ width: 2, height: 2, data: Uint8Array.of(1, 0, 0, 1) })
    const mask = png.toString('base64')
    const shape = {
      label: 'object',
      shape_type: 'mask',
      points: [
        [-1, 1],
        [1, 3],
      ],
      mask,
    }
    const file = labelFile([shape], { imageHeight: 4, imageWidth: 4 })
    await save(temporary('mask', 'a.json'), file)
    const { image } = await readOne(temporary('mask'))
    expect(seen(image)).toBe(rows('.... .... 1... ....'))
  })

  test('takes later shapes over earlier ones, background and ignored pixels as labelme2voc does', async () => {
    const shapes = [
      square('b', 0, 0, 4),
      square('_background_', 1, 1, 1),
      square('a', 2, 2, 2),
      square('__ignore__', 3, 0, 2),
    ]
    await save(temporary('order', 'a.json'), labelFile(shapes))
    const { set, image } = await readOne(temporary('order'))
    expect(set.classes.map(({ name }) => name)).toEqual(['background', 'a', 'b'])
    expect(seen(image)).toBe(rows('222xx. 2.2xx. 2211.. 2211..'))
    expect(image.objects).toHaveLength(2)
    await save(temporary('order', 'labels.txt'), '__ignore__\n_background_\nb\nunused\na\n')
    const again = await readOne(temporary('order'))
    expect(again.set.classes.map(({ name }) => name)).toEqual(['background', 'b', 'unused', 'a'])
  })

  test('joins the shapes of a group into one object', async () => {
    const shapes = [
      square('a', 0, 0, 2, { group_id: 3 }),
      square('b', 0, 0, 1, { group_id: 3 }),
      square('a', 4, 2, 2, { group_id: 3 }),
      square('a', 4, 0, 1, { group_id: null }),
    ]
    await save(temporary('group', 'a.json'), labelFile(shapes))
    const { image } = await readOne(temporary('group'))
    expect(image.objects.map(({ raster }) => rasterArea(raster))).toEqual([8, 1, 1])
    expect(image.objects[0]?.outline).toHaveLength(2)
    expect(image.mask).toBeNull()
    expect(seen(image)).toBe(rows('21..1. 11.... ....11 ....11'))
  })

  test('keeps the mask where a group is painted before and after what it covers', async () => {
    const shapes = [
      square('a', 0, 0, 2, { group_id: 1 }),
      square('b', 1, 0, 3),
      square('a', 2, 0, 2, { group_id: 1 }),
    ]
    await save(temporary('between', 'a.json'), labelFile(shapes))
    const { image } = await readOne(temporary('between'))
    expect(image.objects).toHaveLength(2)
    expect(seen(image)).toBe(rows('1211.. 1211.. .222.. ......'))
  })

  test('finds pictures where the files say, beside them, or in a folder that is named', async () => {
    const size = { width: 6, height: 4 }
    const said = await savePicture(temporary('places', 'pictures', 'a.png'), size)
    await save(
      temporary('places', 'labels', 'a.json'),
      labelFile([], { imagePath: '..\\pictures\\a.png' }),
    )
    const first = await readOne(temporary('places', 'labels'))
    expect(first.image).toMatchObject({ name: 'a.png', file: said, annotated: true })
    const whole = await readOne(temporary('places'))
    expect(whole.image).toMatchObject({ name: 'pictures/a.png', file: said })

    const other = labelFile([], { imagePath: 'C:\\Users\\x\\b.png' })
    await save(temporary('absolute', 'b.json'), other)
    await savePicture(temporary('elsewhere', 'b.png'), size)
    const absolute = await labelme.read(temporary('absolute'), { images: temporary('elsewhere') })
    const { images } = await readAll(absolute)
    expect(images[0]).toMatchObject({ name: 'b.png', file: temporary('elsewhere', 'b.png') })

    await save(
      temporary('deep', 'er', 'set', 'c.json'),
      labelFile([], { imagePath: '../../c.png' }),
    )
    await savePicture(temporary('deep', 'c.png'), size)
    expect((await readOne(temporary('deep', 'er', 'set'))).image.file).toBeNull()
  })

  test('has pictures that are within their files as files while they are read', async () => {
    const path = await savePicture(temporary('source', 'a.png'), { width: 6, height: 4 })
    const imageData = (await readFile(path)).toString('base64')
    const file = labelFile([square('a', 0, 0, 1)], {
      imageData,
      imageHeight: null,
      imageWidth: null,
    })
    await save(temporary('embedded', 'a.json'), file)
    const set = await labelme.read(temporary('embedded'), {})
    for await (const image of set.read({})) {
      if (!('name' in image) || image.file === null) throw new Error('a picture was expected')
      expect(image).toMatchObject({ width: 6, height: 4 })
      expect((await readFile(image.file)).toString('base64')).toBe(imageData)
    }
    await savePicture(temporary('embedded', 'b.png'), { width: 1, height: 1 })
    const { images } = await readAll(
      set.count === 1 ? await labelme.read(temporary('embedded'), {}) : set,
    )
    expect(images.map(({ name, annotated }) => [name, annotated])).toEqual([
      ['a.png', true],
      ['b.png', false],
    ])
  })

  test('names what is wrong with a file or a shape, and reads the rest', async () => {
    const png = (await encodeGreyPng({ width: 1, height: 1, data: Uint8Array.of(1) })).toString(
      'base64',
    )
    const corners = [
      [0, 0],
      [1, 1],
    ]
    const shapes = [
      square('a', 0, 0, 1),
      { label: 'a', points: corners, shape_type: 'polygon' },
      { label: 'a', points: corners, shape_type: 'star' },
      { label: 'a', points: [[0, 'x']], shape_type: 'point' },
      { points: corners, shape_type: 'line' },
      square('a', 10, 10, 2),
      { label: 'a', points: corners, shape_type: 'mask', mask: 'AAAA' },
      { label: 'a', points: corners, shape_type: 'mask', mask: null },
      { label: 'a', points: [[9, 9]], shape_type: 'mask', mask: png },
      7,
      { label: 'a', points: corners, shape_type: 'constructor' },
    ]
    await save(temporary('faults', 'a.json'), labelFile(shapes))
    await save(temporary('faults', 'b.json'), '{"shapes": [}')
    await save(temporary('faults', 'c.json'), labelFile([]))
    await save(temporary('faults', 'd.json'), { annotations: [] })
    await save(
      temporary('faults', 'e.json'),
      labelFile([], { imagePath: 'e.png', imageWidth: null }),
    )
    await save(
      temporary('faults', 'f.json'),
      labelFile([], { imagePath: 'f.png', imageData: 'AAAA' }),
    )
    await save(temporary('faults', 'g.json'), labelFile([], { imagePath: 'g.png' }))
    await savePicture(temporary('faults', 'g.png'), { width: 4, height: 6 })
    const { images, problems } = await readAll(await labelme.read(temporary('faults'), {}))
    expect(images.map(({ name, width }) => [name, width])).toEqual([
      ['a.png', 6],
      ['g.png', 4],
    ])
    expect(images[0]?.objects).toHaveLength(1)
    expect(problems.map(({ file, why }) => `${file} ${why}`)).toEqual([
      expect.stringMatching(/^a.json shape 2: a polygon has 2 points; 3 or more were expected/),
      expect.stringMatching(/^a.json shape 3: shapes of type "star" are not known/),
      expect.stringMatching(/^a.json shape 4: points\[0\]\[1\]/),
      expect.stringMatching(/^a.json shape 5: label/),
      expect.stringMatching(/^a.json shape 6: .*covers no pixel of the picture of 6x4/),
      expect.stringMatching(/^a.json shape 7: its mask is not a PNG file/),
      expect.stringMatching(/^a.json shape 8: a mask has no PNG/),
      expect.stringMatching(/^a.json shape 9: .*covers no pixel/),
      expect.stringMatching(/^a.json shape 10: /),
      expect.stringMatching(/^a.json shape 11: .*"constructor" are not known/),
      expect.stringMatching(/^b.json b.json, line 1, column 13/),
      expect.stringMatching(/^c.json is of the picture a.png, as a.json is already/),
      expect.stringMatching(/^d.json d.json: shapes/),
      expect.stringMatching(/^e.json has neither its picture nor imageWidth/),
      expect.stringMatching(/^f.json .*cannot be read as a picture/),
      expect.stringMatching(/^g.json is annotated as 6x4, but the picture is 4x6.*EXIF/),
    ])
  })

  test('refuses a folder without any, too many labels, and text that is not UTF-8', async () => {
    await save(temporary('other', 'a.json'), { images: [], annotations: [] })
    expect(await labelme.recognises(temporary('other'))).toBe(false)
    expect((await rejection(labelme.read(temporary('other'), {}))).code).toBe('bad-dataset')
    expect((await rejection(labelme.read(temporary('absent'), {}))).code).toBe('no-such-file')
    const shapes = Array.from({ length: 255 }, (_, i) => square(`l${i}`, 0, 0, 1))
    await save(temporary('labels', 'a.json'), labelFile(shapes))
    expect((await rejection(labelme.read(temporary('labels'), {}))).message).toContain('255 labels')
    await writeFile(await save(temporary('latin', 'a.json'), ''), Buffer.from('{"ä":1}', 'latin1'))
    expect((await rejection(labelme.read(temporary('latin'), {}))).message).toContain('UTF-8')
  })

  test('reads one file alone', async () => {
    await save(temporary('alone', 'a.json'), labelFile([]))
    await save(temporary('alone', 'b.json'), labelFile([], { imagePath: 'b.png' }))
    expect(await labelme.recognises(temporary('alone', 'b.json'))).toBe(true)
    expect((await labelme.read(temporary('alone', 'b.json'), {})).count).toBe(1)
  })
})

describe('Writing Labelme files', () => {
  const write = (set: ReturnType<typeof setOf>, folder: string) =>
    labelme.write(set, folder, { pictures: 'copy' }, {})

  test('gives back what Labelme wrote: polygons, rectangles, groups and all its keys', async () => {
    const shapes = [
      square('a', 0.25, 0.25, 2.5, { group_id: 5 }),
      square('a', 4, 1, 1.75, { group_id: 5 }),
      {
        label: 'b',
        points: [
          [1.5, 1.5],
          [3.25, 3],
        ],
        shape_type: 'rectangle',
      },
    ]
    await save(temporary('in', 'a.json'), labelFile(shapes))
    await savePicture(temporary('in', 'a.png'), { width: 6, height: 4 })
    const set = await labelme.read(temporary('in'), {})
    const result = await labelme.write(set, temporary('out'), { pictures: 'copy' }, {})
    expect(result).toEqual({ images: 1, files: 3 })
    const text = await readFile(temporary('out', 'a.json'), 'utf8')
    const common = { description: '', flags: {}, mask: null }
    expect(JSON.parse(text)).toEqual({
      version: '5.5.0',
      flags: {},
      shapes: [
        { label: 'a', points: shapes[0]?.points, group_id: 1, shape_type: 'polygon', ...common },
        { label: 'a', points: shapes[1]?.points, group_id: 1, shape_type: 'polygon', ...common },
        {
          label: 'b',
          points: shapes[2]?.points,
          group_id: null,
          shape_type: 'rectangle',
          ...common,
        },
      ],
      imagePath: 'a.png',
      imageData: null,
      imageHeight: 4,
      imageWidth: 6,
    })
    expect(Object.keys(JSON.parse(text))).toEqual(Object.keys(labelFile([])))
    expect(await readFile(temporary('out', 'labels.txt'), 'utf8')).toBe(
      '__ignore__\n_background_\na\nb\n',
    )
    await labelme.write(set, temporary('twice'), { pictures: 'copy' }, {})
    expect(await readFile(temporary('twice', 'a.json'), 'utf8')).toBe(text)
  })

  test('keeps every pixel of any mask, with and without objects', async () => {
    let run = 0
    const limits = { classes: 4, ignore: true, maximumSide: 12 }
    await fc.assert(
      fc.asyncProperty(randomMask(limits), randomMask(limits), async (mask, other) => {
        const folder = temporary(`random-${run++}`)
        const inside = other.width <= mask.width && other.height <= mask.height
        const raster = { x: 0, y: 0, ...other, data: other.data.map((v) => Number(v === 1)) }
        const objects = inside && raster.data.includes(1) ? [objectOf(2, raster)] : []
        const image = imageOf('p.png', mask, { mask, objects })
        const set = setOf(['a', 'b', 'c'], [image, maskedImage('q.png', mask)])
        await write(set, folder)
        const again = await readAll(await labelme.read(folder, {}))
        expect(again.problems).toEqual([])
        for (const each of again.images) expect(maskOfImage(each)).toEqual(mask)
      }),
      { numRuns: 40 },
    )
  })

  test('cuts only those objects that were painted over since, and adds what is new', async () => {
    const shapes = [square('a', 0, 0, 2), square('a', 3, 0, 3)]
    await save(temporary('painted', 'a.json'), labelFile(shapes))
    const { set, image } = await readOne(temporary('painted'))
    const mask = drawnMask('11.x11 11..11 ...111 1.....')
    await write(
      {
        ...set,
        read: async function* () {
          yield { ...image, mask }
        },
      },
      temporary('cut'),
    )
    const written = JSON.parse(await readFile(temporary('cut', 'a.json'), 'utf8'))
    expect(
      written.shapes.map(({ label, shape_type }: { label: string; shape_type: string }) => [
        label,
        shape_type,
      ]),
    ).toEqual([
      ['a', 'polygon'],
      ['a', 'mask'],
      ['a', 'mask'],
      ['__ignore__', 'mask'],
    ])
    expect(seen((await readOne(temporary('cut'))).image)).toBe(drawing(mask))
  })

  test('keeps objects that cover each other, with all of their pixels', async () => {
    const two = { width: 2, height: 2, data: Uint8Array.of(1, 1, 1, 0) }
    const objects = [objectOf(1, { x: 0, y: 0, ...two }), objectOf(1, { x: 1, y: 0, ...two })]
    await write(
      setOf(['cell'], [imageOf('a.png', { width: 3, height: 2 }, { objects })]),
      temporary('cover'),
    )
    const { image } = await readOne(temporary('cover'))
    expect(image.objects).toEqual(objects)
  })

  test('names each file after its picture, and writes none for pictures nobody annotated', async () => {
    const size = { width: 2, height: 2 }
    const file = await savePicture(temporary('plain.png'), size)
    const images = [
      imageOf('sub/a.jpg', size),
      imageOf('sub/a.png', size),
      imageOf('new.png', size, { annotated: false, file }),
      { file: 'x', why: 'it was broken before' },
    ]
    expect(await write(setOf(['a'], images), temporary('names'))).toEqual({ images: 3, files: 4 })
    const files = (await readdir(temporary('names'), { recursive: true })).sort()
    expect(files).toEqual(['labels.txt', 'new.png', 'sub', 'sub/a.json', 'sub/a.png.json'])
    const { images: again } = await readAll(await labelme.read(temporary('names'), {}))
    expect(again.map(({ name, annotated }) => [name, annotated])).toEqual([
      ['sub/a.jpg', true],
      ['sub/a.png', true],
      ['new.png', false],
    ])
    const error = await rejection(write(setOf(['__ignore__'], []), temporary('reserved')))
    expect(error.message).toContain('"__ignore__"')
  })
})
