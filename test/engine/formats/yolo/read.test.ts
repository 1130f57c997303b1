import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rasterArea } from '../../../../src/engine/formats/shapes/raster.ts'
import { yolo } from '../../../../src/engine/formats/yolo/index.ts'
import { readAll, savePicture } from '../../../fixtures/annotated-sets.ts'
import { rejection } from '../../../fixtures/caught.ts'
import { dataFile, size, yoloFolders } from '../../../fixtures/yolo-folders.ts'

const { temporary, saved } = yoloFolders()

/** The example of https://docs.ultralytics.com/datasets/segment/. */
const documented = `0 0.681 0.485 0.670 0.487 0.676 0.487
1 0.504 0.000 0.501 0.004 0.498 0.004 0.493 0.010 0.492 0.0104
`

describe('A YOLO set is read', () => {
  test('with its parts, names and outlines as the documentation has them', async () => {
    const folder = await saved({
      'coco8-seg.yaml': dataFile,
      'images/train/1.jpg': null,
      'labels/train/1.txt': documented,
      'images/val/sub/2.png': null,
      'labels/val/sub/2.txt': '9 0.25 0.25 0.75 0.25 0.75 0.75 0.25 0.75\n0 0.5 0.5 0.5 1\n',
      'images/val/3.jpg': null,
      'images/val/4.jpg': null,
      'labels/val/4.txt': '',
    })
    const set = await yolo.read(folder, {})
    expect(set.classes.map(({ name }) => name)).toEqual([
      ...['background', 'person', 'bicycle', 'traffic light'],
    ])
    expect(set.count).toBe(4)
    const { images, problems } = await readAll(set)
    expect(problems).toEqual([])
    expect(
      images.map(({ name, split, annotated, objects }) => [name, split, annotated, objects.length]),
    ).toEqual([
      ['1.jpg', 'train', true, 2],
      ['3.jpg', 'val', false, 0],
      ['4.jpg', 'val', true, 0],
      ['sub/2.png', 'val', true, 2],
    ])
    const [light, person] = images[3]?.objects ?? []
    expect(light).toMatchObject({ classIndex: 3, boxOnly: false })
    expect(light?.outline).toEqual([[10, 5, 30, 5, 30, 15, 10, 15]])
    expect(light?.raster).toMatchObject({ x: 10, y: 5, width: 20, height: 10 })
    expect(person).toMatchObject({ classIndex: 1, boxOnly: true, outline: null })
    expect(person?.box).toEqual({ x: 10, y: 0, width: 20, height: 20 })
    expect(person && rasterArea(person.raster)).toBe(400)
  })

  test('as Roboflow has it: paths that lead out of the set, names in brackets', async () => {
    const folder = await saved({
      'data.yaml':
        "train: ../train/images\nval: ../valid/images\ntest: ../test/images\n\nnc: 2\nnames: ['a b', \"it's\"]\n",
      'train/images/x.jpg': null,
      'train/labels/x.txt': '1 0 0 1 0 1 1',
      'valid/images/x.jpg': null,
      'valid/labels/x.txt': '',
    })
    const set = await yolo.read(join(folder, 'data.yaml'), {})
    const { images, problems } = await readAll(set)
    expect(set.classes.map(({ name }) => name)).toEqual(['background', 'a b', "it's"])
    expect(images.map(({ name, split }) => [name, split])).toEqual([
      ['x.jpg', 'train'],
      ['val/x.jpg', 'val'],
    ])
    expect(images.map(({ objects }) => objects.length)).toEqual([1, 0])
    expect(problems).toEqual([
      { file: '../test/images', why: 'test names it, but it is not there' },
    ])
  })

  test('with lists of pictures, also of another machine', async () => {
    const folder = await saved({
      'set.yml': 'path: /content/drive/set\ntrain: train.txt\nval: [part.txt]\nnc: 1\n',
      'train.txt': './images/one/1.jpg\n/content/drive/set/images/one/2.jpg\n./images/one/9.jpg\n',
      'part.txt': 'images/one/2.jpg\r\nimages/two/3.jpg\r\n',
      'images/one/1.jpg': null,
      'images/one/2.jpg': null,
      'images/two/3.jpg': null,
      'labels/two/3.txt': '0 0.5 0.5 1 1',
    })
    const set = await yolo.read(folder, {})
    expect(set.classes.map(({ name }) => name)).toEqual(['background', 'class_0'])
    const { images, problems } = await readAll(set)
    expect(images.map(({ name, split, annotated }) => [name, split, annotated])).toEqual([
      ['one/1.jpg', 'train', false],
      ['one/2.jpg', 'train', false],
      ['two/3.jpg', 'val', true],
    ])
    expect(problems.map(({ file, why }) => `${file} ${why}`)).toEqual([
      'train.txt names 1 pictures that are not there',
      'part.txt has 1 pictures of another part, where they stay',
    ])
  })

  test('as labelling tools write it: classes.txt, no parts', async () => {
    const folder = await saved({
      'classes.txt': 'cat\r\ndog\r\n',
      'images/train/1.jpg': null,
      'images/2.jpg': null,
      'labels/2.txt': '1 0.5 0.5 0.5 0.5',
      'labels/3.txt': '1 0.5 0.5 0.5 0.5',
      'notes.json': '{}',
    })
    const set = await yolo.read(folder, {})
    expect(set.classes.map(({ name }) => name)).toEqual(['background', 'cat', 'dog'])
    const { images, problems } = await readAll(set)
    expect(images.map(({ name, split }) => [name, split])).toEqual([
      ['2.jpg', null],
      ['train/1.jpg', 'train'],
    ])
    expect(problems).toEqual([{ file: 'labels/3.txt', why: 'is of no picture that the set names' }])
  })

  test('with pictures from a folder of their own', async () => {
    const folder = await saved({
      'data.yaml': 'train: images/train\nval: images/val\nnames: [a]\n',
      'labels/train/1.txt': '0 0.5 0.5 1 1',
      'labels/val/2.txt': '',
    })
    const images = await saved({ '1.jpg': null, 'val/2.jpg': null, '3.jpg': null })
    const read = await readAll(await yolo.read(folder, { images }))
    expect(read.images.map(({ name, split, annotated }) => [name, split, annotated])).toEqual([
      ['1.jpg', 'train', true],
      ['3.jpg', null, false],
      ['val/2.jpg', 'val', true],
    ])
    const error = await rejection(yolo.read(folder, {}))
    expect([error.code, error.hint]).toEqual(['bad-dataset', expect.stringContaining('--images')])
  })

  test('with the sides of a picture as a viewer shows it', async () => {
    const folder = await saved({
      'data.yaml': 'train: images\nval: images\nnames: [a]\n',
      'labels/1.txt': '0 0.5 0.5 1 1',
    })
    await savePicture(join(folder, 'images', '1.jpg'), size, 6)
    const [image] = (await readAll(await yolo.read(folder, {}))).images
    expect(image).toMatchObject({ width: 20, height: 40, split: null })
  })
})

describe('What cannot be read of a YOLO set is named, and the rest is read', () => {
  test('a picture that is none, and a file that is no text', async () => {
    const folder = await saved({
      'data.yaml': 'train: images\nval: images\nnames: [a]\n',
      'images/1.jpg': 'no picture',
      'images/2.jpg': null,
      'images/3.jpg': null,
      'labels/3.txt': '3 0.5 0.5 1 1',
    })
    await mkdir(join(folder, 'labels'), { recursive: true })
    await writeFile(join(folder, 'labels', '2.txt'), Uint8Array.of(48, 32, 0xff, 0xfe, 10))
    const { images, problems } = await readAll(await yolo.read(folder, {}))
    expect(images.map(({ name }) => name)).toEqual(['3.jpg'])
    expect(problems.map(({ file }) => file)).toEqual(['1.jpg', '2.jpg', 'labels/3.txt'])
  })
})

describe('A YOLO set is refused', () => {
  const pictures = { 'images/1.jpg': null }

  test.each([
    ['without names', { ...pictures }, 'the classes have no names'],
    ['without pictures', { 'data.yaml': 'train: images\nnames: [a]' }, 'has no pictures'],
    [
      'that names no part',
      { 'data.yaml': 'train:\nval:\nnames: [a]', ...pictures },
      'neither train',
    ],
    ['with a name twice', { 'data.yaml': 'train: images\nnames: [a, a]' }, 'a twice'],
    ['with names that are a text', { 'data.yaml': 'train: images\nnames: a' }, 'no names'],
    ['with half a list', { 'data.yaml': 'train: images\nnames: [a, b' }, 'line 2'],
    ['with lists in lists', { 'data.yaml': 'train: images\nnames:\n  - a\n  0: b' }, 'line 4'],
    ['with odd numbers', { 'data.yaml': 'train: images\nnames: {a: b}' }, 'are not 0, 1, 2'],
    ['with too many classes', { 'data.yaml': 'train: images\nnc: 300' }, '300 classes'],
  ])('%s', async (_, files, message) => {
    const error = await rejection(yolo.read(await saved(files), {}))
    expect(error.code).toBe('bad-dataset')
    expect(error.message).toContain(message)
    expect(error.hint).not.toBe('')
  })

  test('where there is none', async () => {
    expect((await rejection(yolo.read(temporary('nowhere'), {}))).code).toBe('no-such-file')
  })
})

describe('YOLO is recognised', () => {
  test.each([
    ['by its data.yaml', { 'data.yaml': dataFile }, true],
    ['by labels beside images', { 'images/1.jpg': null, 'labels/train/1.txt': '' }, true],
    ['unlike masks beside images', { 'images/1.png': null, 'labels/1.png': null }, false],
    ['unlike another YAML file', { 'docker.yaml': 'names: [a]\nservices:\n  train: b\n' }, false],
  ])('%s', async (_, files, expected) => {
    expect(await yolo.recognises(await saved(files))).toBe(expected)
  })

  test('by the file itself, and never where there is nothing', async () => {
    const folder = await saved({ 'set.yaml': dataFile })
    expect(await yolo.recognises(join(folder, 'set.yaml'))).toBe(true)
    expect(await yolo.recognises(temporary('nowhere'))).toBe(false)
  })
})
