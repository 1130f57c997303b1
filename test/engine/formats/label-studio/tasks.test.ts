import { mkdir, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { labelStudio } from '../../../../src/engine/formats/label-studio/index.ts'
import { rejection } from '../../../fixtures/caught.ts'
import polygons from '../../../fixtures/formats/label-studio/polygons.json' with { type: 'json' }
import { readTasks as readIn, region, task } from '../../../fixtures/formats/label-studio.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'

const temporary = temporaryFolder()
let written = 0
const readTasks = (tasks: unknown, pictures: readonly string[] = []) =>
  readIn(temporary(`${written++}`), tasks, pictures)

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
