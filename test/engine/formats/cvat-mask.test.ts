import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import type { AnnotatedImage, SetClass } from '../../../src/engine/formats/annotated-set.ts'
import { cvatMask } from '../../../src/engine/formats/cvat-mask/index.ts'
import { maskOfImage, objectOf } from '../../../src/engine/formats/shapes/compose.ts'
import { rejection } from '../../fixtures/caught.ts'
import fc from '../../fixtures/fast-check.ts'
import { classesNamed, madeUpImage, madeUpSet, readSet } from '../../fixtures/made-up-set.ts'
import { randomMask } from '../../fixtures/random-masks.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()
let written = 0
const classes = classesNamed('background', 'person', 'car')

async function exported(images: readonly AnnotatedImage[], named: readonly SetClass[] = classes) {
  const folder = temporary(`${written++}`)
  await mkdir(folder)
  const result = await cvatMask.write(madeUpSet(named, images), folder, { pictures: 'copy' }, {})
  return { folder, result }
}

async function roundTrip(images: readonly AnnotatedImage[]) {
  const { folder } = await exported(images)
  const set = await cvatMask.read(folder, {})
  return { classes: set.classes, ...(await readSet(set)) }
}

/** Paints 4x1 pixels of these colours. */
async function writeColours(path: string, colours: readonly number[]): Promise<void> {
  const pixels = colours.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255])
  const raw = { width: colours.length, height: 1, channels: 3 as const }
  await sharp(Uint8Array.from(pixels), { raw }).png().toFile(path)
}

describe('a set written as Segmentation mask of CVAT', () => {
  it('has every mask again, pixel by pixel', async () => {
    const property = fc.asyncProperty(randomMask({ classes: 3 }), async (mask) => {
      const { width, height } = mask
      const { images, problems } = await roundTrip([
        madeUpImage({ name: 'a.png', width, height, mask }),
      ])
      expect(problems).toEqual([])
      expect(images.map(maskOfImage)).toEqual([mask])
    })
    await fc.assert(property, { numRuns: 50 })
  })

  it('has the folders, colours and lists that CVAT has', async () => {
    const size = { width: 3, height: 1 }
    const raster = (x: number) => ({ x, y: 0, width: 1, height: 1, data: Uint8Array.from([1]) })
    const objects = [objectOf(1, raster(0)), objectOf(1, raster(1))]
    const coloured = [
      { name: 'background', colour: null, parent: null },
      { name: 'person', colour: '#fa3253', parent: null },
    ]
    const images = [
      madeUpImage({ name: 'a.jpg', ...size, objects }),
      madeUpImage({ name: 'sub/b.jpg', ...size, split: 'train' }),
    ]
    const { folder, result } = await exported(images, coloured)
    expect(await readFile(`${folder}/labelmap.txt`, 'utf8')).toBe(
      '# label:color_rgb:parts:actions\nbackground:0,0,0::\nperson:250,50,83::\n',
    )
    const listed = async (name: string) =>
      readFile(`${folder}/ImageSets/Segmentation/${name}.txt`, 'utf8')
    expect(await listed('default')).toBe('a\n')
    expect(await listed('train')).toBe('sub/b\n')
    const pixels = async (path: string) => [...(await sharp(`${folder}/${path}`).raw().toBuffer())]
    expect(await pixels('SegmentationClass/a.png')).toEqual([250, 50, 83, 250, 50, 83, 0, 0, 0])
    expect(await pixels('SegmentationObject/a.png')).toEqual([128, 0, 0, 0, 128, 0, 0, 0, 0])
    expect(await pixels('SegmentationClass/sub/b.png')).toEqual(new Array(9).fill(0))
    expect((await readdir(`${folder}/ImageSets/Segmentation`)).sort()).toEqual([
      'default.txt',
      'train.txt',
    ])
    expect(await pixels('SegmentationObject/sub/b.png')).toEqual(new Array(9).fill(0))
    expect(result).toEqual({ images: 2, files: 7 })
  })

  it('tells things of one class apart', async () => {
    const raster = (x: number) => ({ x, y: 0, width: 2, height: 1, data: Uint8Array.from([1, 1]) })
    const objects = [objectOf(1, raster(0)), objectOf(1, raster(2)), objectOf(2, raster(4))]
    const { images } = await roundTrip([
      madeUpImage({ name: 'a.png', width: 7, height: 1, objects }),
    ])
    expect(images[0]?.objects).toEqual(objects)
  })

  it('makes ignored pixels background', async () => {
    const mask = { width: 2, height: 1, data: Uint8Array.from([1, 255]) }
    const { images } = await roundTrip([madeUpImage({ name: 'a.png', ...mask, mask })])
    expect(images.map((image) => [...maskOfImage(image).data])).toEqual([[1, 0]])
  })

  it('refuses more objects than it can number', async () => {
    const mask = { width: 511, height: 1, data: Uint8Array.from({ length: 511 }, (_, i) => i % 2) }
    const image = madeUpImage({ name: 'a.png', ...mask, mask })
    expect((await rejection(exported([image]))).message).toContain('255 objects')
  })

  it('refuses a class whose name its list cannot hold', async () => {
    const error = await rejection(exported([], classesNamed('background', 'a:b')))
    expect(error.code).toBe('bad-dataset')
    expect(error.message).toContain('"a:b"')
  })
})

describe("CVAT's own Segmentation mask", () => {
  it('is read by the colours of its labelmap.txt', async () => {
    const folder = temporary('documented')
    await mkdir(`${folder}/ImageSets/Segmentation`, { recursive: true })
    await mkdir(`${folder}/SegmentationClass`)
    // From https://docs.cvat.ai/docs/dataset_management/formats/format-smask
    await writeFile(
      `${folder}/labelmap.txt`,
      "# label : color (RGB) : 'body' parts : actions\nbackground:0,128,0::\naeroplane:10,10,128::\nbicycle:10,128,0::\nbird:0,108,128::\n",
    )
    await writeFile(`${folder}/ImageSets/Segmentation/default.txt`, 'image1\n')
    await writeColours(
      `${folder}/SegmentationClass/image1.png`,
      [0x008000, 0x0a0a80, 0x006c80, 0x0a8000],
    )
    const set = await cvatMask.read(folder, {})
    expect(set.classes.map(({ name }) => name)).toEqual([
      'background',
      'aeroplane',
      'bicycle',
      'bird',
    ])
    const { images, problems } = await readSet(set)
    expect(problems).toEqual([])
    expect(images.map((image) => [...maskOfImage(image).data])).toEqual([[0, 1, 3, 2]])
  })
})
