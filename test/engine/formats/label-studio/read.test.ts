import { mkdir, writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { brushOfRaster } from '../../../../src/engine/formats/label-studio/brush-runs.ts'
import { labelStudio } from '../../../../src/engine/formats/label-studio/index.ts'
import { rasterArea } from '../../../../src/engine/formats/shapes/raster.ts'
import { isInside } from '../../../../src/shared/polygon.ts'
import { rejection } from '../../../fixtures/caught.ts'
import polygons from '../../../fixtures/formats/label-studio/polygons.json' with { type: 'json' }
import { readSet } from '../../../fixtures/made-up-set.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'

const temporary = temporaryFolder()
let written = 0

/** Reads these tasks from a folder with blank pictures of 100x50. */
async function readTasks(tasks: unknown, pictures: readonly string[] = []) {
  const folder = temporary(`${written++}`)
  await mkdir(`${folder}/images/sub`, { recursive: true })
  const blank = sharp({ create: { width: 100, height: 50, channels: 3, background: 'red' } })
  for (const name of pictures) await blank.clone().toFile(`${folder}/${name}`)
  await writeFile(`${folder}/export.json`, JSON.stringify(tasks))
  const set = await labelStudio.read(folder, {})
  return { folder, set, ...(await readSet(set)) }
}

const sized = { original_width: 100, original_height: 50, image_rotation: 0 }

const region = (type: string, value: object, more: object = {}): object => ({
  id: 'r1',
  type,
  from_name: 'label',
  to_name: 'image',
  ...sized,
  value: { ...value, [type]: ['car'] },
  ...more,
})

const task = (result: readonly object[], image = '/data/upload/1/0123abcd-a.jpg'): object => ({
  id: 7,
  data: { image },
  annotations: [{ id: 1, result, was_cancelled: false, ground_truth: false }],
})

/** The one object of a task with this result. */
async function drawn(result: object) {
  const { images, problems } = await readTasks([task([result])])
  expect(problems).toEqual([])
  const object = images[0]?.objects[0]
  if (!object) throw new Error('an object was expected')
  return object
}

describe('an export in the tests of label-studio-converter', () => {
  it('has its polygon, by the pixels whose centres lie in it', async () => {
    const { set, images, problems } = await readTasks(polygons)
    expect(set.classes.map(({ name }) => name)).toEqual(['background', 'Airplane'])
    expect(images[0]).toMatchObject({ name: '000000000025.jpg', width: 640, height: 426 })
    const points = polygons[0]?.annotations[0]?.result[0]?.value.points.map(
      ([x = 0, y = 0]): [number, number] => [x * 6.4, y * 4.26],
    )
    // All of it is to the right of column 380 and above row 360.
    let inside = 0
    for (let y = 0.5; y < 360; y++)
      for (let x = 380.5; x < 640; x++) if (isInside(points ?? [], [x, y])) inside++
    const [airplane] = images[0]?.objects ?? []
    expect(inside).toBeGreaterThan(19_000)
    expect(airplane && rasterArea(airplane.raster)).toBe(inside)
    expect(problems.map(({ why }) => why)).toEqual(['1 choices left out: they mark no pixels'])
  })
})

describe('a region of Label Studio', () => {
  it('is a rectangle in per cent of the sides', async () => {
    const object = await drawn(
      region('rectanglelabels', { x: 10, y: 20, width: 30, height: 40, rotation: 0 }),
    )
    expect(object).toMatchObject({
      boxOnly: true,
      box: { x: 10, y: 10, width: 30, height: 20 },
      raster: { x: 10, y: 10, width: 30, height: 20 },
    })
  })

  it('is turned clockwise around the upper left corner when it is a rectangle', async () => {
    const { raster, boxOnly } = await drawn(
      region('rectanglelabels', { x: 50, y: 20, width: 20, height: 20, rotation: 90 }),
    )
    expect(boxOnly).toBe(true)
    expect(raster).toMatchObject({ x: 40, y: 10, width: 10, height: 20 })
  })

  it('is an ellipse around its centre', async () => {
    const value = { x: 50, y: 50, radiusX: 20, radiusY: 20 }
    const { raster } = await drawn(region('ellipselabels', { ...value, rotation: 0 }))
    expect(raster).toMatchObject({ x: 30, y: 15, width: 40, height: 20 })
    const turned = await drawn(region('ellipselabels', { ...value, rotation: 90 }))
    expect(turned.raster).toMatchObject({ x: 40, y: 5, width: 20, height: 40 })
  })

  it('is what a brush painted', async () => {
    const raster = { x: 3, y: 4, width: 2, height: 2, data: Uint8Array.from([1, 0, 1, 1]) }
    const rle = brushOfRaster(raster, { width: 100, height: 50 })
    expect((await drawn(region('brushlabels', { format: 'rle', rle }))).raster).toEqual(raster)
  })

  it('has its label in a result of its own where the control has <Labels>', async () => {
    const value = { x: 0, y: 0, width: 10, height: 10, rotation: 0 }
    const { images, problems } = await readTasks([
      task([
        { ...region('rectangle', {}), value },
        { ...region('labels', {}), value: { ...value, labels: ['bus'] } },
      ]),
    ])
    expect(problems).toEqual([])
    expect(images[0]?.objects).toHaveLength(1)
    expect(images[0]?.objects[0]?.raster).toMatchObject({ width: 10, height: 5 })
  })
})

describe('tasks of Label Studio', () => {
  const box = region('rectanglelabels', { x: 0, y: 0, width: 10, height: 10, rotation: 0 })
  const other = region('rectanglelabels', { x: 0, y: 0, width: 50, height: 10, rotation: 0 })

  it('have the last annotation that was not skipped, and a problem for the others', async () => {
    const annotations = [
      { result: [box] },
      { result: [other] },
      { result: [], was_cancelled: true },
    ]
    const { images, problems } = await readTasks([{ id: 1, data: { image: 'a.jpg' }, annotations }])
    expect(images[0]?.objects[0]?.raster.width).toBe(50)
    expect(problems[0]?.why).toMatch(/^1 more annotations/)
  })

  it('have no predictions, and a problem for them where there is nothing else', async () => {
    const predictions = [{ result: [box] }]
    const { images, problems } = await readTasks(
      [{ id: 1, data: { image: 'a.png' }, annotations: [], predictions }],
      ['a.png'],
    )
    expect(images.map(({ annotated, objects }) => [annotated, objects.length])).toEqual([
      [false, 0],
    ])
    expect(problems[0]?.why).toMatch(/^1 predictions left out/)
  })

  it('have the annotation that is marked as the truth', async () => {
    const annotations = [{ result: [other], ground_truth: true }, { result: [box] }]
    const { images } = await readTasks([{ id: 1, data: { image: 'a.jpg' }, annotations }])
    expect(images[0]?.objects[0]?.raster.width).toBe(50)
  })

  it('tell pictures that nobody annotated from empty ones', async () => {
    const { images } = await readTasks(
      [
        { id: 1, data: { image: 'a.png' }, annotations: [] },
        { id: 2, data: { image: 'b.png' }, annotations: [{ result: [] }] },
        { id: 3, data: { image: 'c.png' }, annotations: [{ result: [], was_cancelled: true }] },
      ],
      ['a.png', 'b.png', 'c.png'],
    )
    expect(images.map(({ annotated }) => annotated)).toEqual([false, true, false])
  })

  it.each([
    ['/data/upload/12/0123abcd-hall%201.png', 'hall 1.png', 'images/hall 1.png'],
    ['/data/upload/12/0123abcd-hall.png', 'hall.png', '0123abcd-hall.png'],
    [
      '/data/local-files/?d=set/images/sub/hall.png',
      'set/images/sub/hall.png',
      'images/sub/hall.png',
    ],
    ['/data/local-files/?d=images%5Csub%5Chall.png', 'sub/hall.png', 'images/sub/hall.png'],
    ['https://example.com/a/b/hall.png?token=x', 'hall.png', 'hall.png'],
    ['s3://bucket/a/hall.png', 'hall.png', 'images/hall.png'],
    ['/home/somebody/hall.png', 'hall.png', 'hall.png'],
    ['C:\\pictures\\hall.png', 'hall.png', 'hall.png'],
  ])('find the picture of %s', async (reference, name, path) => {
    const { folder, images } = await readTasks([task([], reference)], [path])
    expect(images.map((image) => [image.name, image.file])).toEqual([[name, `${folder}/${path}`]])
  })

  it('tell pictures of one name apart by their tasks', async () => {
    const { images } = await readTasks([
      { ...task([box], 'http://a/x.png'), id: 1 },
      { ...task([box], 'http://b/x.png'), id: 2 },
    ])
    expect(images.map(({ name }) => name)).toEqual(['1/x.png', '2/x.png'])
  })

  it('may be of JSON-MIN', async () => {
    // From https://labelstud.io/guide/export#JSON-MIN, the address shortened.
    const minimal = {
      image: 'https://htx-misc.s3.amazonaws.com/images/nick-owuor-unsplash.jpg',
      tag: [
        {
          height: 10.458911419423693,
          rectanglelabels: ['Moonwalker'],
          rotation: 0,
          width: 12.4,
          x: 50.8,
          y: 5.869797225186766,
        },
      ],
    }
    const { set, images } = await readTasks([minimal], ['nick-owuor-unsplash.jpg'])
    expect(set.classes.map(({ name }) => name)).toEqual(['background', 'Moonwalker'])
    expect(images[0]?.objects[0]?.raster).toMatchObject({ x: 51, y: 3, width: 12, height: 5 })
  })

  it('have labels, colours and their order from label_config.xml', async () => {
    const folder = temporary('config')
    await mkdir(folder)
    await writeFile(`${folder}/tasks.json`, JSON.stringify([task([box])]))
    await writeFile(
      `${folder}/label_config.xml`,
      '<View><Image name="i" value="$image"/><View><BrushLabels name="b" toName="i"><Label value="zebra" background="#FF00aa"/><Label value="car" background="green"/></BrushLabels></View></View>',
    )
    expect((await labelStudio.read(folder, {})).classes).toEqual([
      { name: 'background', colour: null, parent: null },
      { name: 'zebra', colour: '#ff00aa', parent: null },
      { name: 'car', colour: null, parent: null },
    ])
  })
})

describe('a broken export of Label Studio', () => {
  const good = region('rectanglelabels', { x: 0, y: 0, width: 10, height: 10, rotation: 0 })

  it.each([
    ['a side that is missing', region('rectanglelabels', { x: 0, y: 0, width: 3 }), /height/],
    ['a number that is none', region('polygonlabels', { points: [[1, 'x']] }), /points/],
    ['bytes that are none', region('brushlabels', { rle: [0, 300] }), /rle\[1\]/],
    ['run lengths that are cut', region('brushlabels', { rle: [0, 0, 78] }), /end after 3 bytes/],
    [
      'no label',
      { ...good, id: 'r2', value: { x: 0, y: 0, width: 10, height: 10 } },
      /without a label/,
    ],
    ['no value of a kind', { type: 'rectanglelabels', value: 3 }, /value/],
    ['a picture that was turned', { ...good, image_rotation: 90 }, /turned by 90°/],
    [
      'points only',
      region('keypointlabels', { x: 1, y: 1, width: 1 }),
      /1 keypointlabels left out/,
    ],
    [
      'a region beyond the picture',
      region('polygonlabels', {
        points: [
          [110, 0],
          [120, 0],
          [120, 9],
        ],
      }),
      /no pixel/,
    ],
  ])('has a problem for %s, and the rest of the picture', async (_what, broken, why) => {
    const { images, problems } = await readTasks([task([broken, good])])
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ file: 'a.jpg', why: expect.stringMatching(why) })
    expect(images[0]?.objects).toHaveLength(1)
  })

  it.each([
    [
      'no size and no picture',
      { id: 1, data: { image: 'b.jpg' }, annotations: [{ result: [] }] },
      /size is not known/,
    ],
    ['no picture', { id: 1, data: { text: 3 }, annotations: [] }, /no field of its data/],
    ['a path that leads out', task([good], '/data/local-files/?d=../../b.jpg'), /leads out/],
    ['a size that is none', task([{ ...good, original_width: -5 }]), /-5x50/],
    [
      'annotations that are none',
      { id: 1, data: {}, annotations: 3 },
      /task 1 of the file: annotations/,
    ],
  ])('has a problem for a task with %s, and the others', async (_what, broken, why) => {
    const { set, images, problems } = await readTasks([broken, task([good], 'ok.jpg')])
    expect(set.count).toBe(2)
    expect(problems).toEqual([{ file: expect.any(String), why: expect.stringMatching(why) }])
    expect(images.map(({ name }) => name)).toEqual(['ok.jpg'])
  })

  it('has a problem where the picture has another size', async () => {
    const wrong = { ...good, original_width: 50, original_height: 100 }
    const { problems } = await readTasks([task([wrong], 'a.png')], ['a.png'])
    expect(problems[0]?.why).toMatch(/50x100.*100x50/)
  })

  it('is refused where it is cut', async () => {
    const path = temporary('cut.json')
    await writeFile(path, JSON.stringify([task([good])]).slice(0, -20))
    const error = await rejection(labelStudio.read(path, {}))
    expect(error.code).toBe('bad-dataset')
    expect(error.message).toMatch(/cut\.json, line 1, column \d+/)
  })

  it('is told from COCO and from other JSON without being read', async () => {
    const path = temporary('other.json')
    const recognised = async (value: unknown) => {
      await writeFile(path, JSON.stringify(value))
      return labelStudio.recognises(path)
    }
    expect(await recognised([task([good])])).toBe(true)
    expect(await recognised(polygons)).toBe(true)
    expect(await recognised({ images: [], annotations: [{ id: 1 }], categories: [] })).toBe(false)
    expect(await recognised([{ annotations: [] }])).toBe(false)
    expect(await recognised([])).toBe(false)
    expect(await labelStudio.recognises(temporary('none'))).toBe(false)
    expect((await rejection(labelStudio.read(temporary('none'), {}))).code).toBe('no-such-file')
  })
})
