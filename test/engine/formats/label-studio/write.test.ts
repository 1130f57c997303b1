import { mkdir, readdir, readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import type { AnnotatedImage, SetObject } from '../../../../src/engine/formats/annotated-set.ts'
import { labelStudio } from '../../../../src/engine/formats/label-studio/index.ts'
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
const size = { width: 10, height: 8 }

async function exported(images: readonly AnnotatedImage[], pictures: 'copy' | 'none' = 'none') {
  const folder = temporary(`${written++}`)
  await mkdir(folder)
  const result = await labelStudio.write(madeUpSet(classes, images), folder, { pictures }, {})
  return { folder, result, text: await readFile(`${folder}/tasks.json`, 'utf8') }
}

async function roundTrip(images: readonly AnnotatedImage[]) {
  const { folder } = await exported(images)
  const set = await labelStudio.read(folder, {})
  return { classes: set.classes, ...(await readSet(set)) }
}

const pictureWith = (...objects: SetObject[]) => madeUpImage({ name: 'a.png', ...size, objects })

describe('a set written for Label Studio', () => {
  it('has every mask again, pixel by pixel', async () => {
    const property = fc.asyncProperty(randomMask({ classes: 3 }), async (mask) => {
      const { width, height } = mask
      const { images } = await roundTrip([madeUpImage({ name: 'a.png', width, height, mask })])
      expect(maskOfObjects(mask, images[0]?.objects ?? [])).toEqual(mask)
    })
    await fc.assert(property, { numRuns: 60 })
  })

  it('has every object again, with all of its pixels, in its order', async () => {
    const thing = fc.tuple(randomRaster({ maximumSide: 9 }), fc.integer({ min: 1, max: 2 }))
    const things = fc.array(thing, { minLength: 1, maxLength: 5 })
    const property = fc.asyncProperty(things, async (drawn) => {
      const objects = drawn
        .filter(([{ raster }]) => raster.data.includes(1))
        .map(([{ raster }, classIndex]) => objectOf(classIndex, cropped(raster)))
      fc.pre(objects.length > 0)
      const { images } = await roundTrip([
        madeUpImage({ name: 'a.png', width: 9, height: 9, objects }),
      ])
      expect(images[0]?.objects).toEqual(objects)
    })
    await fc.assert(property, { numRuns: 60 })
  })

  it('has boxes as rectangles, upright and turned', async () => {
    const box = { x: 1.25, y: 2, width: 5, height: 3 }
    const upright = objectOf(1, fillPolygon([boxRing(box)], size), { boxOnly: true, box })
    const ring = [2, 1, 6, 3, 5, 5, 1, 3]
    const turned = objectOf(2, fillPolygon([ring], size), { boxOnly: true, outline: [ring] })
    const { images } = await roundTrip([pictureWith(upright, turned)])
    const [first, second] = images[0]?.objects ?? []
    expect(first).toMatchObject({ boxOnly: true, raster: upright.raster })
    for (const side of ['x', 'y', 'width', 'height'] as const)
      expect(first?.box?.[side]).toBeCloseTo(box[side], 9)
    expect(second).toMatchObject({ boxOnly: true, box: null, raster: turned.raster })
  })

  it('has polygons as polygons where they give the very pixels, else a brush', async () => {
    const ring = [1.3, 1, 8, 2.7, 5, 7]
    const same = objectOf(1, fillPolygon([ring], size), { outline: [ring] })
    const other = objectOf(2, fillPolygon([[1, 1, 7, 1, 7, 6]], size), { outline: [ring] })
    const { images } = await roundTrip([pictureWith(same, other)])
    const [first, second] = images[0]?.objects ?? []
    expect(first?.raster).toEqual(same.raster)
    expect(first?.outline?.[0]).toHaveLength(6)
    expect(second).toEqual({ ...other, outline: null })
  })

  it('is what Label Studio imports', async () => {
    const raster = { x: 2, y: 1, width: 1, height: 1, data: Uint8Array.from([1]) }
    const images = [
      pictureWith(objectOf(2, raster)),
      madeUpImage({ name: 'sub/b & ä.png', ...size, annotated: false }),
    ]
    const { text, result, folder } = await exported(images)
    const parsed: unknown = JSON.parse(text)
    expect(parsed).toEqual([
      {
        id: 1,
        data: { image: '/data/local-files/?d=images/a.png', width: 10, height: 8 },
        annotations: [
          {
            result: [
              {
                id: '1-1',
                type: 'brushlabels',
                from_name: 'brush',
                to_name: 'image',
                origin: 'manual',
                image_rotation: 0,
                original_width: 10,
                original_height: 8,
                value: { format: 'rle', rle: expect.any(Array), brushlabels: ['car'] },
              },
            ],
            ground_truth: false,
          },
        ],
      },
      {
        id: 2,
        data: {
          image: '/data/local-files/?d=images/sub/b%20%26%20%C3%A4.png',
          width: 10,
          height: 8,
        },
        annotations: [],
      },
    ])
    expect(result).toEqual({ images: 2, files: 2 })
    expect((await readdir(folder)).sort()).toEqual(['label_config.xml', 'tasks.json'])
    expect(await readFile(`${folder}/label_config.xml`, 'utf8')).toBe(`<View>
  <Image name="image" value="$image" zoom="true"></Image>
  <BrushLabels name="brush" toName="image">
    <Label value="person"></Label>
    <Label value="car"></Label>
  </BrushLabels>
  <PolygonLabels name="polygon" toName="image">
    <Label value="person"></Label>
    <Label value="car"></Label>
  </PolygonLabels>
  <RectangleLabels name="rectangle" toName="image">
    <Label value="person"></Label>
    <Label value="car"></Label>
  </RectangleLabels>
</View>
`)
  })

  it('has its pictures, those without annotation too', async () => {
    const file = temporary('picture.png')
    await sharp({ create: { ...size, channels: 3, background: 'red' } }).toFile(file)
    const images = [
      madeUpImage({ name: 'a b.png', ...size, file }),
      madeUpImage({ name: 'sub/c.png', ...size, file, annotated: false }),
    ]
    const { folder, result } = await exported(images, 'copy')
    expect(result).toEqual({ images: 2, files: 4 })
    expect((await readSet(await labelStudio.read(folder, {}))).images).toEqual([
      { ...images[0], file: `${folder}/images/a b.png` },
      { ...images[1], file: `${folder}/images/sub/c.png` },
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
    const image = madeUpImage({ name: 'a.png', ...size, annotated: false })
    await labelStudio.write(madeUpSet(coloured, [image]), folder, { pictures: 'none' }, {})
    expect((await labelStudio.read(folder, {})).classes).toEqual(coloured)
  })

  it('has the same bytes each time', async () => {
    const mask = { ...size, data: Uint8Array.from({ length: 80 }, (_, i) => i % 3) }
    const image = madeUpImage({ name: 'a.png', ...size, mask })
    expect((await exported([image])).text).toBe((await exported([image])).text)
  })
})
