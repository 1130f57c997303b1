import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { coco } from '../../../../src/engine/formats/coco/index.ts'
import { readAll, savePicture } from '../../../fixtures/annotated-sets.ts'
import { rejection } from '../../../fixtures/caught.ts'
import { categories, cocoFiles, valFile } from '../../../fixtures/coco-files.ts'

const { temporary, saved } = cocoFiles()

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
    ['that is panoptic', { ...valFile, annotations: [{ segments_info: [] }] }, 'panoptic'],
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
    const folder = temporary('cancelled')
    await mkdir(folder)
    const writing = coco.write(set, folder, { pictures: 'none' }, { signal })
    expect((await rejection(writing)).code).toBe('cancelled')
  })
})
