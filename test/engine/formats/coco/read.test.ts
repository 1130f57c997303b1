import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { coco } from '../../../../src/engine/formats/coco/index.ts'
import { rasterArea } from '../../../../src/engine/formats/shapes/raster.ts'
import { readAll, savePicture, setOf } from '../../../fixtures/annotated-sets.ts'
import { cocoFiles, trainFile, valFile } from '../../../fixtures/coco-files.ts'

const { temporary, saved, written } = cocoFiles()

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
    const images = temporary('pictures')
    const given = await savePicture(join(images, 'a.jpg'), { width: 10, height: 5 })
    expect((await readAll(await coco.read(classic, { images }))).images[0]?.file).toBe(given)
    expect((await readAll(await coco.read(await saved(trainFile), {}))).images[0]?.file).toBe(null)
  })

  test.each([
    ['lvis_v1_train.json', 'train'],
    ['val.json', 'val'],
    ['annotations.json', null],
    ['instances_Test.json', 'test'],
    ['instances_minival2014.json', 'minival2014'],
  ])('with the part of the set that %s names', async (name, split) => {
    const { images } = await readAll(await coco.read(await saved(trainFile, name), {}))
    expect(images[0]?.split).toBe(split)
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

  test('never where there is nothing, nor where each picture has a JSON file', async () => {
    expect(await coco.recognises(temporary('nowhere'))).toBe(false)
    const file = await saved(trainFile)
    for (let i = 0; i < 50; i++) await writeFile(join(dirname(file), `${i}.json`), '{}')
    expect(await coco.recognises(dirname(file))).toBe(false)
    expect(await coco.recognises(file)).toBe(true)
  })
})
