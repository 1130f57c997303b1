import { mkdtemp, writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import type { Box } from '../../../src/engine/formats/annotated-set.ts'
import { boxesCsv } from '../../../src/engine/formats/boxes-csv/format.ts'
import { objectOf } from '../../../src/engine/formats/shapes/compose.ts'
import { drawRectangle } from '../../../src/engine/formats/shapes/draw-shape.ts'
import { imageOf, pixelCounts, readAll, savePicture, setOf } from '../../fixtures/annotated-sets.ts'
import { rejection } from '../../fixtures/caught.ts'
import fc from '../../fixtures/fast-check.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()
const size = { width: 10, height: 8 }

async function folderWith(table: string, pictures: readonly string[]): Promise<string> {
  const folder = await mkdtemp(temporary('boxes-'))
  await writeFile(`${folder}/train.csv`, table)
  for (const name of pictures) await savePicture(`${folder}/${name}`, size)
  return folder
}

async function read(folder: string, path = folder) {
  const set = await boxesCsv.read(path, {})
  return { set, ...(await readAll(set)), names: set.classes.map(({ name }) => name) }
}

describe('A table of boxes', () => {
  test('makes rectangles that are marked as such, whether names have an extension or not', async () => {
    const table =
      'image_id,x,y,width,height,class_id\na,1,2,3,4,1\nb.jpg,0,0,10,8,0\nb.jpg,2.6,1,2,1,1\n'
    const folder = await folderWith(table, ['a.png', 'b.jpg'])
    expect(await boxesCsv.recognises(folder)).toBe(true)
    const { set, images, problems, names } = await read(folder)
    expect(problems).toEqual([])
    expect(names).toEqual(['background', 'class 0', 'class 1'])
    expect(images.map((image) => pixelCounts(set, image))).toEqual([
      { background: 68, 'class 1': 12 },
      { 'class 0': 78, 'class 1': 2 },
    ])
    const object = images[1]?.objects[1]
    expect(object).toMatchObject({ boxOnly: true, box: { x: 2.6, y: 1, width: 2, height: 1 } })
  })

  test('may give corners', async () => {
    const table =
      'image_id,class,bounds\na,mask,"((1, 2), (4, 6))"\na,no mask,"[(5,1),(9,1),(9,3),(5,3)]"\n'
    const { images, names } = await read(await folderWith(table, ['a.png']))
    expect(names).toEqual(['background', 'mask', 'no mask'])
    expect(images[0]?.objects.map(({ box }) => box)).toEqual([
      { x: 1, y: 2, width: 3, height: 4 },
      { x: 5, y: 1, width: 4, height: 2 },
    ])
  })

  test('says of pictures without a row that nobody has annotated them, of empty rows that nothing is there', async () => {
    const table = 'image_id,x,y,width,height,class_id\na,,,,,\n'
    const { images } = await read(await folderWith(table, ['a.png', 'b.png']))
    expect(images.map(({ name, annotated, objects }) => [name, annotated, objects])).toEqual([
      ['a.png', true, []],
      ['b.png', false, []],
    ])
  })

  test('takes names from a table of classes beside it', async () => {
    const folder = await folderWith('image_id,x,y,width,height,class_id\na,0,0,1,1,7\n', ['a.png'])
    await writeFile(`${folder}/classes.csv`, 'index,name\n0,background\n7,helmet\n')
    const { set, images } = await read(folder, `${folder}/train.csv`)
    expect(images.map((image) => pixelCounts(set, image))).toEqual([{ background: 79, helmet: 1 }])
  })

  test('names rows and pictures that cannot be used, and reads the rest', async () => {
    const table = [
      'image_id,x,y,width,height,class_id',
      'a,0,0,1,1,1',
      'a,0,0,wide,1,1',
      'a,0,0,-1,1,1',
      ',0,0,1,1,1',
      'a,0,0,1,1,',
      'gone,0,0,1,1,1',
      'b,50,50,2,2,1',
    ].join('\n')
    const { images, problems } = await read(await folderWith(table, ['a.png', 'b.png']))
    expect(images.map(({ name, objects }) => [name, objects.length])).toEqual([['a.png', 1]])
    expect(problems.map(({ why }) => why)).toEqual([
      expect.stringContaining('row 3'),
      expect.stringContaining('row 4'),
      expect.stringContaining('row 5 has no image_id'),
      expect.stringContaining('row 6 has no class_id'),
      expect.stringContaining('no such picture'),
      expect.stringContaining('covers no pixel'),
    ])
    expect(problems[4]?.file).toBe('gone')
  })

  test('a name that two pictures have means neither', async () => {
    const table = 'image_id,x,y,width,height,class_id\na,0,0,1,1,1\nx/a.png,0,0,1,1,1\n'
    const { images, problems } = await read(await folderWith(table, ['x/a.png', 'y/a.png']))
    expect(problems).toHaveLength(1)
    expect(images.map(({ name, annotated }) => [name, annotated])).toEqual([
      ['x/a.png', true],
      ['y/a.png', false],
    ])
  })

  test('that is not there, or not alone, is refused', async () => {
    const folder = await folderWith('name,value\n', [])
    expect(await boxesCsv.recognises(folder)).toBe(false)
    expect(await boxesCsv.recognises(temporary('none'))).toBe(false)
    expect(await rejection(boxesCsv.read(folder, {}))).toMatchObject({
      code: 'bad-dataset',
      hint: expect.stringContaining('image_id'),
    })
  })

  test('comes back as it was written', async () => {
    const side = (most: number) => fc.integer({ min: 1, max: most })
    const box: fc.Arbitrary<Box> = fc
      .record({ x: fc.nat(9), y: fc.nat(7), width: side(10), height: side(8) })
      .map(({ x, y, width, height }) => ({
        ...{ x, y },
        width: Math.min(width, size.width - x),
        height: Math.min(height, size.height - y),
      }))
    const file = await savePicture(temporary('p.png'), size)
    const boxes = fc.array(fc.tuple(box, fc.integer({ min: 1, max: 3 })), { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(fc.array(boxes, { minLength: 1, maxLength: 3 }), async (pictures) => {
        const images = pictures.map((list, i) => {
          const objects = list.map(([box, index]) =>
            objectOf(index, drawRectangle(box, size), { boxOnly: true, box }),
          )
          return imageOf(`room ${i}, left.png`, size, { file, objects })
        })
        const set = setOf(['a', 'b', 'c'], images)
        const folder = await mkdtemp(temporary('round-'))
        const written = await boxesCsv.write(set, folder, { pictures: 'copy' }, {})
        expect(written).toEqual({ images: images.length, files: images.length + 2 })
        const again = await read(folder)
        expect(again.problems).toEqual([])
        expect(again.images.map(({ name, objects }) => ({ name, objects }))).toEqual(
          images.map(({ name, objects }) => ({ name, objects })),
        )
        expect(again.set.classes).toEqual(set.classes)
      }),
      { numRuns: 20 },
    )
  })
})
