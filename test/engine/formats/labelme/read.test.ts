import { readFile, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { labelme } from '../../../../src/engine/formats/labelme/index.ts'
import { encodeGreyPng } from '../../../../src/engine/formats/palette-png.ts'
import { rasterArea } from '../../../../src/engine/formats/shapes/raster.ts'
import { pixelCounts, readAll, savePicture } from '../../../fixtures/annotated-sets.ts'
import { rejection } from '../../../fixtures/caught.ts'
import { rows } from '../../../fixtures/drawn-mask.ts'
import {
  labelFile,
  primitives,
  readOne,
  save,
  seen,
  square,
} from '../../../fixtures/formats/labelme.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'

const temporary = temporaryFolder()

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

  test('says once what is not kept of what its files say besides', async () => {
    const shapes = [
      square('a', 0, 0, 2, { description: 'the first', flags: { hidden: true } }),
      square('a', 3, 0, 2, { description: '', flags: { hidden: false } }),
    ]
    await save(temporary('said', 'a.json'), labelFile(shapes, { flags: { blurred: true } }))
    const { problems } = await readOne(temporary('said'))
    expect(problems).toEqual([
      { file: 'said', why: 'not kept: pictures with flags (1)' },
      { file: 'said', why: 'not kept: shapes with a description (1)' },
      { file: 'said', why: 'not kept: shapes with flags (1)' },
    ])
  })
})
