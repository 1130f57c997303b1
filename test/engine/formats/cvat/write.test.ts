import { mkdir, readdir, readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import type { AnnotatedImage, SetObject } from '../../../../src/engine/formats/annotated-set.ts'
import { cvat } from '../../../../src/engine/formats/cvat/index.ts'
import { maskOfObjects, objectOf } from '../../../../src/engine/formats/shapes/compose.ts'
import { boxRing } from '../../../../src/engine/formats/shapes/draw-shape.ts'
import { fillPolygon } from '../../../../src/engine/formats/shapes/fill-polygon.ts'
import { cropped } from '../../../../src/engine/formats/shapes/raster.ts'
import fc from '../../../fixtures/fast-check.ts'
import { classesNamed, madeUpImage, madeUpSet, readSet } from '../../../fixtures/made-up-set.ts'
import { randomMask, randomRaster } from '../../../fixtures/random-masks.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'

const temporary = temporaryFolder()
let written = 0
const classes = classesNamed('background', 'person', 'car')

/** Writes a set of these pictures; the folder. */
async function exported(images: readonly AnnotatedImage[], pictures: 'copy' | 'none' = 'none') {
  const folder = temporary(`${written++}`)
  await mkdir(folder)
  const result = await cvat.write(madeUpSet(classes, images), folder, { pictures }, {})
  return { folder, result, xml: await readFile(`${folder}/annotations.xml`, 'utf8') }
}

/** The same set after it was written and read. */
async function roundTrip(images: readonly AnnotatedImage[]) {
  const { folder } = await exported(images)
  const set = await cvat.read(folder, {})
  return { classes: set.classes, ...(await readSet(set)) }
}

const size = { width: 10, height: 8 }

/** A picture of one object. */
const pictureWith = (...objects: SetObject[]) => madeUpImage({ name: 'a.png', ...size, objects })

describe('a set written for CVAT', () => {
  it('has every mask again, pixel by pixel', async () => {
    const property = fc.asyncProperty(randomMask({ classes: 3 }), async (mask) => {
      const { width, height } = mask
      const { images, problems } = await roundTrip([
        madeUpImage({ name: 'a.png', width, height, mask }),
      ])
      expect(problems).toEqual([])
      expect(maskOfObjects(mask, images[0]?.objects ?? [])).toEqual(mask)
    })
    await fc.assert(property, { numRuns: 100 })
  })

  it('has every object again, with all of its pixels, in its order', async () => {
    const things = fc.array(
      fc.tuple(randomRaster({ maximumSide: 9 }), fc.integer({ min: 1, max: 2 })),
      {
        maxLength: 5,
      },
    )
    const property = fc.asyncProperty(things, async (drawn) => {
      const objects = drawn
        .filter(([{ raster }]) => raster.data.includes(1))
        .map(([{ raster }, classIndex]) => objectOf(classIndex, raster))
      const { images } = await roundTrip([
        madeUpImage({ name: 'a.png', width: 9, height: 9, objects }),
      ])
      expect(maskOfObjects({ width: 9, height: 9 }, images[0]?.objects ?? [])).toEqual(
        maskOfObjects({ width: 9, height: 9 }, objects),
      )
      const plain = (list: readonly SetObject[] = []) =>
        list.map(({ classIndex, raster }) => JSON.stringify([classIndex, cropped(raster)])).sort()
      expect(plain(images[0]?.objects)).toEqual(plain(objects))
    })
    await fc.assert(property, { numRuns: 100 })
  })

  it('has boxes as boxes, upright and turned', async () => {
    const box = { x: 1.25, y: 2, width: 4.5, height: 3.125 }
    const upright = objectOf(1, fillPolygon([boxRing(box)], size), { boxOnly: true, box })
    const ring = [2, 1, 6, 3, 5, 5, 1, 3]
    const turned = objectOf(2, fillPolygon([ring], size), { boxOnly: true, outline: [ring] })
    const { images } = await roundTrip([pictureWith(upright, turned)])
    const [first, second] = images[0]?.objects ?? []
    expect(first).toEqual(upright)
    expect(second).toMatchObject({ boxOnly: true, raster: turned.raster })
  })

  it('has polygons as polygons where CVAT draws them alike', async () => {
    const ring = [1.3, 1, 8, 2.7, 5, 7]
    const object = objectOf(1, fillPolygon([ring], size), { outline: [ring] })
    const { xml } = await exported([pictureWith(object)])
    expect(xml).toContain(
      '<polygon label="person" source="file" occluded="0" points="1.3,1;8,2.7;5,7"',
    )
    expect((await roundTrip([pictureWith(object)])).images[0]?.objects).toEqual([object])
  })

  it('has a mask for polygons that are drawn in another way, and for those with holes', async () => {
    const ring = [1, 1, 7, 1, 7, 7, 1, 7]
    const hole = [3, 3, 5, 3, 5, 5, 3, 5]
    const other = objectOf(1, fillPolygon([[1, 1, 7, 1, 7, 6, 1, 6]], size), { outline: [ring] })
    const holed = objectOf(2, fillPolygon([ring, hole], size), { outline: [ring, hole] })
    const { xml } = await exported([pictureWith(other, holed)])
    expect(xml.match(/<(mask|polygon) /g)).toEqual(['<mask ', '<mask '])
    const { images } = await roundTrip([pictureWith(other, holed)])
    expect(images[0]?.objects.map(({ raster }) => raster)).toEqual([other.raster, holed.raster])
  })

  it('raises a layer only what covers something', async () => {
    const boxAt = (x: number) => {
      const box = { x, y: 0, width: 3, height: 3 }
      return objectOf(1, fillPolygon([boxRing(box)], size), { boxOnly: true, box })
    }
    const { xml } = await exported([pictureWith(boxAt(0), boxAt(5), boxAt(2))])
    expect([...xml.matchAll(/z_order="(\d+)"/g)].map(([, z]) => z)).toEqual(['0', '0', '1'])
  })

  it('is what CVAT’s reader asks for', async () => {
    const raster = { x: 2, y: 1, width: 2, height: 2, data: Uint8Array.from([1, 1, 0, 1]) }
    const { xml, result, folder } = await exported([
      pictureWith(objectOf(2, raster)),
      madeUpImage({ name: 'sub/b & c.png', ...size }),
    ])
    expect(xml).toBe(`<?xml version="1.0" encoding="utf-8"?>
<annotations>
  <version>1.1</version>
  <meta>
    <task>
      <name>maskbench</name>
      <size>2</size>
      <mode>annotation</mode>
      <overlap>0</overlap>
      <labels>
        <label>
          <name>person</name>
          <type>any</type>
          <attributes>
          </attributes>
        </label>
        <label>
          <name>car</name>
          <type>any</type>
          <attributes>
          </attributes>
        </label>
      </labels>
    </task>
  </meta>
  <image id="0" name="a.png" width="10" height="8">
    <mask label="car" source="file" occluded="0" rle="0, 2, 1, 1" left="2" top="1" width="2" height="2" z_order="0">
    </mask>
  </image>
  <image id="1" name="sub/b &amp; c.png" width="10" height="8">
  </image>
</annotations>
`)
    expect(result).toEqual({ images: 2, files: 2 })
    expect((await readdir(folder)).sort()).toEqual(['annotations.xml', 'labels.json'])
  })

  it('numbers frames as their names do, since CVAT finds those of a video by number', async () => {
    const names = ['frame_000007.png', 'frame_000000.png', 'other.png', 'more.png', 'x/frame_7.png']
    const { xml } = await exported(names.map((name) => madeUpImage({ name, ...size })))
    const ids = [...xml.matchAll(/<image id="(\d+)"/g)].map(([, id]) => Number(id))
    expect(ids.slice(0, 2)).toEqual([7, 0])
    expect(new Set(ids).size).toBe(5)
  })

  it('has splits as subsets of a project, and its pictures', async () => {
    const file = temporary('picture.png')
    await sharp({ create: { ...size, channels: 3, background: 'red' } }).toFile(file)
    const images = [
      madeUpImage({ name: 'a.png', ...size, split: 'train', file }),
      madeUpImage({ name: 'b.png', ...size, file }),
    ]
    const { folder, xml, result } = await exported(images, 'copy')
    expect(xml).toContain('<subsets>train</subsets>')
    expect(xml).toContain('<image id="0" name="a.png" subset="train" width="10" height="8">')
    expect(result).toEqual({ images: 2, files: 4 })
    const again = await readSet(await cvat.read(folder, {}))
    expect(again.images).toEqual([
      { ...images[0], file: `${folder}/images/train/a.png` },
      { ...images[1], file: `${folder}/images/b.png` },
    ])
  })

  it('keeps classes with their colours and order', async () => {
    const folder = temporary('colours')
    await mkdir(folder)
    const coloured = [
      { name: 'background', colour: null, parent: null },
      { name: '<z> & "a"', colour: '#102030', parent: null },
      { name: 'ä', colour: null, parent: null },
    ]
    await cvat.write(madeUpSet(coloured, []), folder, { pictures: 'none' }, {})
    expect((await cvat.read(folder, {})).classes).toEqual(coloured)
    expect(JSON.parse(await readFile(`${folder}/labels.json`, 'utf8'))).toEqual([
      { name: '<z> & "a"', color: '#102030', type: 'any', attributes: [] },
      { name: 'ä', type: 'any', attributes: [] },
    ])
  })

  it('has the background as a label only where something is marked with it', async () => {
    const raster = { x: 0, y: 0, width: 1, height: 1, data: Uint8Array.from([1]) }
    const with0 = await exported([pictureWith(objectOf(0, raster))])
    expect(with0.xml).toContain('<name>background</name>')
    const without = await exported([pictureWith(objectOf(1, raster))])
    expect(without.xml).not.toContain('background')
  })

  it('has the same bytes each time', async () => {
    const image = madeUpImage({
      name: 'a.png',
      ...size,
      mask: { ...size, data: Uint8Array.from({ length: 80 }, (_, i) => i % 3) },
    })
    expect((await exported([image])).xml).toBe((await exported([image])).xml)
  })

  it('goes nowhere else by the name of a picture or of a split', async () => {
    const file = temporary('outside.png')
    await sharp({ create: { ...size, channels: 3, background: 'red' } }).toFile(file)
    const image = madeUpImage({ name: 'a.png', ...size, file, split: '../..' })
    await expect(exported([image], 'copy')).rejects.toMatchObject({ code: 'bad-dataset' })
  })
})
