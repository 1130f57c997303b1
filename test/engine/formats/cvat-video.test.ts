import { mkdir, readdir, readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import type { AnnotatedImage } from '../../../src/engine/formats/annotated-set.ts'
import { cvatVideo } from '../../../src/engine/formats/cvat-video/index.ts'
import { maskOfImage, objectOf } from '../../../src/engine/formats/shapes/compose.ts'
import { drawRectangle } from '../../../src/engine/formats/shapes/draw-shape.ts'
import { fillPolygon } from '../../../src/engine/formats/shapes/fill-polygon.ts'
import fc from '../../fixtures/fast-check.ts'
import { classesNamed, madeUpImage, madeUpSet, readSet } from '../../fixtures/made-up-set.ts'
import { randomMask } from '../../fixtures/random-masks.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()
let written = 0
const classes = classesNamed('background', 'person', 'car')
const size = { width: 20, height: 10 }

async function exported(images: readonly AnnotatedImage[], pictures: 'copy' | 'none' = 'none') {
  const folder = temporary(`${written++}`)
  await mkdir(folder)
  const result = await cvatVideo.write(madeUpSet(classes, images), folder, { pictures }, {})
  return { folder, result, xml: await readFile(`${folder}/annotations.xml`, 'utf8') }
}

async function roundTrip(images: readonly AnnotatedImage[]) {
  const { folder } = await exported(images)
  const set = await cvatVideo.read(folder, {})
  return { classes: set.classes, ...(await readSet(set)) }
}

/** A box of a track. */
function boxAt(x: number, track: number | null) {
  const box = { x, y: 2, width: 4, height: 3 }
  return objectOf(1, drawRectangle(box, size), { boxOnly: true, box, track })
}

/** A frame with these things. */
const frame = (...objects: AnnotatedImage['objects']) =>
  madeUpImage({ name: `${written++}.png`, ...size, objects })

describe('a set written as CVAT for video', () => {
  it('has every mask again, frame by frame', async () => {
    const masks = fc.array(randomMask({ classes: 3, maximumSide: 8 }), { maxLength: 4 })
    const property = fc.asyncProperty(masks, async (drawn) => {
      const sized = drawn.map((mask) => ({ mask, width: mask.width, height: mask.height }))
      const [first] = sized
      const alike = sized.filter(
        ({ width, height }) => width === first?.width && height === first.height,
      )
      const { images } = await roundTrip(
        alike.map((image, i) => madeUpImage({ name: `${i}.png`, ...image })),
      )
      expect(images.map(maskOfImage)).toEqual(alike.map(({ mask }) => mask))
    })
    await fc.assert(property, { numRuns: 50 })
  })

  it('has boxes and polygons of a track in one track, gone where they are not', async () => {
    const ring = (x: number) => [x, 0, x + 5, 1, x, 6]
    const polygon = (x: number) =>
      objectOf(2, fillPolygon([ring(x)], size), { outline: [ring(x)], track: 8 })
    const frames = [
      frame(boxAt(1, 5)),
      frame(boxAt(3, 5), polygon(8)),
      frame(polygon(9)),
      frame(boxAt(9, 5)),
      frame(),
    ]
    const { xml } = await exported(frames)
    expect(xml.match(/<track /g)).toHaveLength(2)
    const { images } = await roundTrip(frames)
    expect(images.map(({ objects }) => objects.map(({ track }) => track))).toEqual([
      [0],
      [0, 1],
      [1],
      [0],
      [],
    ])
    expect(images.map(({ objects }) => objects.map(({ raster }) => raster))).toEqual(
      frames.map(({ objects }) => objects.map(({ raster }) => raster)),
    )
  })

  it('has masks, and things without a track, frame by frame, as CVAT has them', async () => {
    const mask = objectOf(1, { x: 0, y: 0, width: 2, height: 1, data: Uint8Array.from([1, 1]) })
    const { xml } = await exported([
      frame({ ...mask, track: 1 }, boxAt(9, null)),
      frame({ ...mask, track: 1 }),
    ])
    expect(xml).toContain(`  <track id="0" label="person" source="file">
    <mask frame="0" keyframe="1" outside="0" occluded="0" rle="0, 2" left="0" top="0" width="2" height="1" z_order="0">
    </mask>
    <mask frame="1" keyframe="1" outside="1" occluded="0" rle="0, 2" left="0" top="0" width="2" height="1" z_order="0">
    </mask>
  </track>
`)
    expect(xml.match(/<track /g)).toHaveLength(3)
  })

  it('has its pictures by their numbers, in the order of the set', async () => {
    const file = temporary('picture.JPG')
    await sharp({ create: { ...size, channels: 3, background: 'red' } })
      .jpeg()
      .toFile(file)
    const images = ['b.jpg', 'a.jpg'].map((name) => madeUpImage({ name, ...size, file }))
    const { folder, result } = await exported(images, 'copy')
    expect(await readdir(`${folder}/images`)).toEqual(['frame_000000.jpg', 'frame_000001.jpg'])
    expect(result).toEqual({ images: 2, files: 4 })
    const again = await readSet(await cvatVideo.read(folder, {}))
    expect(again.images.map(({ name, width }) => [name, width])).toEqual([
      ['frame_000000.jpg', 20],
      ['frame_000001.jpg', 20],
    ])
  })

  it('keeps classes, and may have no picture at all', async () => {
    expect(await roundTrip([])).toEqual({ classes, images: [], problems: [] })
  })

  it('has the same bytes each time', async () => {
    const images = [frame(boxAt(1, 2)), frame(boxAt(2, 2))]
    expect((await exported(images)).xml).toBe((await exported(images)).xml)
  })
})
