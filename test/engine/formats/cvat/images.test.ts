import { mkdir, writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { cvat } from '../../../../src/engine/formats/cvat/index.ts'
import { maskOfObjects } from '../../../../src/engine/formats/shapes/compose.ts'
import { rasterArea } from '../../../../src/engine/formats/shapes/raster.ts'
import { documented } from '../../../fixtures/formats/cvat-documented.ts'
import { readSet } from '../../../fixtures/made-up-set.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'

const temporary = temporaryFolder()
let written = 0

/** Reads a file with this content. */
async function readXml(xml: string, options = {}) {
  const path = temporary(`${written++}.xml`)
  await writeFile(path, xml)
  const set = await cvat.read(path, options)
  return { set, ...(await readSet(set)) }
}

const picture = (shapes: string, size = 'width="10" height="10"'): string =>
  `<annotations><version>1.1</version><image id="0" name="a.png" ${size}>${shapes}</image></annotations>`

/** The one object of a picture of 10x10 with this shape. */
async function drawn(shape: string) {
  const { images, problems } = await readXml(picture(shape))
  expect(problems).toEqual([])
  const object = images[0]?.objects[0]
  if (!object) throw new Error('an object was expected')
  return object
}

describe("the documentation's example of CVAT for images", () => {
  it('has its labels as classes, without skeletons and their points', async () => {
    const { set } = await readXml(documented)
    expect(set.count).toBe(1)
    expect(set.classes).toEqual([
      { name: 'background', colour: null, parent: null },
      { name: 'car', colour: '#ff00cc', parent: null },
      { name: 'traffic_line', colour: null, parent: null },
      { name: 'wheel', colour: null, parent: null },
      { name: 'plate', colour: null, parent: null },
    ])
  })

  it('has its shapes in the order in which they cover each other', async () => {
    const { images } = await readXml(documented)
    expect(images[0]).toMatchObject({ name: 'filename000.jpg', width: 1600, height: 1200 })
    expect(images[0]?.objects.map(({ classIndex }) => classIndex)).toEqual([1, 2, 4])
  })

  it('has the pixels of the mask and of the box', async () => {
    const { images } = await readXml(documented)
    const [car, , plate] = images[0]?.objects ?? []
    expect(car?.raster).toMatchObject({ x: 707, y: 888, width: 13, height: 15 })
    expect(car && rasterArea(car.raster)).toBe(149)
    expect(plate).toMatchObject({ boxOnly: true, box: { x: 797.33, y: 870.92 } })
    expect(plate?.raster).toMatchObject({ x: 797, y: 871, width: 169, height: 58 })
  })

  it('names what marks no pixels', async () => {
    const { problems } = await readXml(documented)
    expect(problems).toEqual([
      {
        file: 'filename000.jpg',
        why: '1 <points>, 1 <tag>, 1 <skeleton> left out: they mark no pixels, only places',
      },
    ])
  })
})

describe('a shape of CVAT', () => {
  it('is drawn by pixel centres when it is a polygon', async () => {
    const { raster, outline } = await drawn('<polygon label="a" points="1,1;4,1;4,4;1,4"/>')
    expect(raster).toMatchObject({ x: 1, y: 1, width: 3, height: 3 })
    expect(outline).toEqual([[1, 1, 4, 1, 4, 4, 1, 4]])
  })

  it('is turned clockwise around its centre when it is a box', async () => {
    const { raster, boxOnly } = await drawn(
      '<box label="a" xtl="2" ytl="4" xbr="8" ybr="6" rotation="90.00"/>',
    )
    expect(boxOnly).toBe(true)
    expect(raster).toMatchObject({ x: 4, y: 2, width: 2, height: 6 })
  })

  it('is an ellipse with its radii', async () => {
    const { raster } = await drawn('<ellipse label="a" cx="5" cy="5" rx="4" ry="2"/>')
    expect(raster).toMatchObject({ x: 1, y: 3, width: 8, height: 4 })
    const turned = await drawn('<ellipse label="a" cx="5" cy="5" rx="4" ry="2" rotation="90"/>')
    expect(turned.raster).toMatchObject({ x: 3, y: 1, width: 4, height: 8 })
  })

  it('is one pixel wide when it is a polyline', async () => {
    const { raster } = await drawn('<polyline label="a" points="2,3.5;8,3.5"/>')
    expect(rasterArea(raster)).toBe(raster.width * raster.height)
    expect(raster).toMatchObject({ y: 3, height: 1 })
  })

  it('may reach beyond the picture when it is a polygon', async () => {
    const { raster } = await drawn('<polygon label="a" points="-5,-5;20,-5;20,3;-5,3"/>')
    expect(raster).toMatchObject({ x: 0, y: 0, width: 10, height: 3 })
  })

  it('has runs of rows when it is a mask', async () => {
    const { raster } = await drawn(
      '<mask label="a" rle="2, 3, 1" left="5" top="7" width="3" height="2"/>',
    )
    expect(raster).toEqual({
      x: 5,
      y: 7,
      width: 3,
      height: 2,
      data: Uint8Array.from([0, 0, 1, 1, 1, 0]),
    })
  })

  it('covers what has a smaller z order, wherever it stands in the file', async () => {
    const box = (label: string, z: number) =>
      `<box label="${label}" xtl="0" ytl="0" xbr="10" ybr="10" z_order="${z}"/>`
    const { set, images } = await readXml(picture(box('a', 2) + box('b', -1) + box('c', 1)))
    const image = images[0]
    if (!image) throw new Error('a picture was expected')
    const top = maskOfObjects(image, image.objects).data[0] ?? 0
    expect(set.classes[top]?.name).toBe('a')
  })
})

it('uncovers the background with a label of that name', async () => {
  const box = (label: string, right: number) =>
    `<box label="${label}" xtl="0" ytl="0" xbr="${right}" ybr="10"/>`
  const { set, images } = await readXml(picture(box('car', 3) + box('background', 2)))
  expect(set.classes.map(({ name }) => name)).toEqual(['background', 'car'])
  expect(images[0]?.objects.map(({ raster }) => raster.width)).toEqual([3])
  expect([...(images[0]?.mask?.data.subarray(0, 4) ?? [])]).toEqual([0, 0, 1, 0])
})

describe('pictures of CVAT for images', () => {
  it('are in their subsets', async () => {
    const { images } = await readXml(
      `<annotations><meta><project><subsets>train\nval</subsets></project></meta>
       <image id="0" name="a.png" subset="train" task_id="1" width="4" height="4"/>
       <image id="0" name="a.png" subset="val" task_id="2" width="4" height="4"/>
       <image id="1" name="b.png" subset="default" task_id="2" width="4" height="4"/></annotations>`,
    )
    expect(images.map(({ name, split }) => [name, split])).toEqual([
      ['train/a.png', 'train'],
      ['val/a.png', 'val'],
      ['b.png', null],
    ])
  })

  it('are found in images/, where CVAT puts them', async () => {
    const folder = temporary('found')
    await mkdir(`${folder}/images/train`, { recursive: true })
    const blank = sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } })
    await blank.png().toFile(`${folder}/images/train/a.png`)
    await writeFile(
      `${folder}/annotations.xml`,
      '<annotations><image id="0" name="a.png" subset="train" width="4" height="4"/><image id="1" name="gone.png" width="4" height="4"/></annotations>',
    )
    const { images } = await readSet(await cvat.read(folder, {}))
    expect(images.map(({ file }) => file)).toEqual([`${folder}/images/train/a.png`, null])
  })

  it('have a problem where the picture has another size', async () => {
    const folder = temporary('other-size')
    await mkdir(folder)
    const blank = sharp({ create: { width: 4, height: 6, channels: 3, background: 'red' } })
    await blank.jpeg().withMetadata({ orientation: 6 }).toFile(`${folder}/a.png`)
    await writeFile(`${folder}/x.xml`, picture('', 'width="4" height="6"'))
    const { images, problems } = await readSet(await cvat.read(`${folder}/x.xml`, {}))
    expect(images).toEqual([])
    expect(problems[0]?.why).toMatch(/4x6.*6x4.*EXIF/)
    await writeFile(`${folder}/x.xml`, picture('', 'width="6" height="4"'))
    expect((await readSet(await cvat.read(`${folder}/x.xml`, {}))).images).toHaveLength(1)
  })

  it('are looked for in the folder that is named', async () => {
    const folder = temporary('elsewhere')
    await mkdir(folder)
    const blank = sharp({ create: { width: 10, height: 10, channels: 3, background: 'red' } })
    await blank.png().toFile(`${folder}/a.png`)
    const { images } = await readXml(picture(''), { images: folder })
    expect(images[0]?.file).toBe(`${folder}/a.png`)
  })
})
