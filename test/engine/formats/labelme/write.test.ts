import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { labelme } from '../../../../src/engine/formats/labelme/index.ts'
import { maskOfImage, objectOf } from '../../../../src/engine/formats/shapes/compose.ts'
import {
  imageOf,
  maskedImage,
  readAll,
  savePicture,
  setOf,
} from '../../../fixtures/annotated-sets.ts'
import { rejection } from '../../../fixtures/caught.ts'
import { drawing, drawnMask } from '../../../fixtures/drawn-mask.ts'
import fc from '../../../fixtures/fast-check.ts'
import { labelFile, readOne, save, seen, square } from '../../../fixtures/formats/labelme.ts'
import { randomMask } from '../../../fixtures/random-masks.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'

const temporary = temporaryFolder()

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
