import { mkdir, writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { cvat } from '../../../../src/engine/formats/cvat/index.ts'
import { rejection } from '../../../fixtures/caught.ts'
import { readSet } from '../../../fixtures/made-up-set.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'

const temporary = temporaryFolder()
let written = 0

/** Reads a folder with this file and blank pictures of 20x10. */
async function readVideo(xml: string, pictures: readonly string[] = []) {
  const folder = temporary(`${written++}`)
  await mkdir(`${folder}/images`, { recursive: true })
  await writeFile(`${folder}/annotations.xml`, xml)
  const blank = sharp({ create: { width: 20, height: 10, channels: 3, background: 'red' } })
  for (const name of pictures) await blank.clone().png().toFile(`${folder}/images/${name}`)
  const set = await cvat.read(folder, {})
  return { folder, set, ...(await readSet(set)) }
}

const meta = (fields: string): string =>
  `<meta><task><id>5</id><name>hall</name>${fields}<mode>interpolation</mode>
   <original_size><width>20</width><height>10</height></original_size></task></meta>`

const video = (tracks: string, fields = '<size>6</size>'): string =>
  `<annotations><version>1.1</version>${meta(fields)}${tracks}</annotations>`

const box = (frame: number, left: number, more = 'keyframe="1" outside="0"'): string =>
  `<box frame="${frame}" xtl="${left}" ytl="2" xbr="${left + 4}" ybr="6" ${more}/>`

const track = (shapes: string, label = 'person', id = 0): string =>
  `<track id="${id}" label="${label}">${shapes}</track>`

/** First column and last of what is in each frame; null for nothing. */
async function columns(shapes: string, fields?: string) {
  const { images, problems } = await readVideo(video(track(shapes), fields))
  expect(problems).toEqual([])
  return images.map(({ objects }) => {
    const raster = objects[0]?.raster
    return raster ? [raster.x, raster.x + raster.width - 1] : null
  })
}

/** From https://docs.cvat.ai/docs/dataset_management/formats/format-xml/, with fewer frames. */
const documented = `<?xml version="1.0" encoding="utf-8"?>
<annotations>
  <version>1.1</version>
  <meta>
    <task>
      <id>5</id>
      <name>interpolation</name>
      <size>20</size>
      <mode>interpolation</mode>
      <overlap>5</overlap>
      <bugtracker></bugtracker>
      <labels>
        <label><name>person</name><attributes></attributes></label>
        <label><name>car</name><attributes></attributes></label>
      </labels>
      <original_size>
        <width>640</width>
        <height>480</height>
      </original_size>
    </task>
  </meta>
  <track id="0" label="car">
    <polygon frame="0" points="324.79,213.16;323.74,227.90;347.42,237.37;371.11,217.37;350.05,190.00;318.47,191.58" outside="0" occluded="0" keyframe="1">
    </polygon>
    <polygon frame="1" points="324.79,213.16;323.74,227.90;347.42,237.37;371.11,217.37;350.05,190.00;318.47,191.58" outside="1" occluded="0" keyframe="1">
    </polygon>
    <polygon frame="6" points="305.32,237.90;312.16,207.90;352.69,206.32;355.32,233.16;331.11,254.74" outside="0" occluded="0" keyframe="1">
    </polygon>
    <polygon frame="7" points="305.32,237.90;312.16,207.90;352.69,206.32;355.32,233.16;331.11,254.74" outside="1" occluded="0" keyframe="1">
    </polygon>
  </track>
  <track id="1" label="s1" source="manual">
    <skeleton frame="0" keyframe="1" z_order="0">
      <points label="1" outside="0" occluded="0" keyframe="1" points="112.07,258.59">
      </points>
    </skeleton>
  </track>
</annotations>
`

describe("the documentation's example of CVAT for video", () => {
  it('has a picture for every frame, and the car in two of them', async () => {
    const { set, images, problems } = await readVideo(documented)
    expect(set.count).toBe(20)
    expect(images.map(({ name }) => name).slice(0, 2)).toEqual([
      'frame_000000.PNG',
      'frame_000001.PNG',
    ])
    expect(images.flatMap(({ objects }, frame) => (objects.length > 0 ? [frame] : []))).toEqual([
      0, 6,
    ])
    expect(images[6]).toMatchObject({ width: 640, height: 480, scene: 'interpolation' })
    expect(images[6]?.objects[0]).toMatchObject({ classIndex: 2, track: 0 })
    expect(problems.map(({ why }) => why)).toEqual([
      'track 1 left out: it marks no pixels, only places',
    ])
  })
})

describe('a thing in a track', () => {
  it('moves evenly between its keyframes, and stays where it was until the end', async () => {
    expect(await columns(box(1, 2) + box(4, 8))).toEqual([
      null,
      [2, 5],
      [4, 7],
      [6, 9],
      [8, 11],
      [8, 11],
    ])
  })

  it('is not there from where it is outside, and comes back', async () => {
    const shapes = box(0, 2) + box(2, 4, 'keyframe="1" outside="1"') + box(4, 8)
    expect(await columns(shapes)).toEqual([[2, 5], [3, 6], null, null, [8, 11], [8, 11]])
  })

  it('is where the file says at frames that are no keyframes', async () => {
    const shapes = box(0, 2) + box(1, 9, 'keyframe="0" outside="0"') + box(2, 2)
    expect((await columns(shapes, '<size>3</size>'))[1]).toEqual([9, 12])
  })

  it('may be listed in any order', async () => {
    expect(await columns(box(2, 6) + box(0, 2), '<size>3</size>')).toEqual([
      [2, 5],
      [4, 7],
      [6, 9],
    ])
  })

  it('turns the shorter way round', async () => {
    const turned = (frame: number, angle: number) =>
      `<box frame="${frame}" xtl="4" ytl="4" xbr="14" ybr="6" rotation="${angle}" keyframe="1"/>`
    const { images } = await readVideo(
      video(track(turned(0, 350) + turned(2, 10)), '<size>3</size>'),
    )
    expect(images[1]?.objects[0]?.raster).toMatchObject({ x: 4, y: 4, width: 10, height: 2 })
  })

  it('moves as a polygon with as many corners, and is held with another number', async () => {
    const polygon = (frame: number, points: string) =>
      `<polygon frame="${frame}" points="${points}" keyframe="1" outside="0"/>`
    const shapes =
      polygon(0, '0,0;4,0;4,4;0,4') + polygon(2, '4,0;8,0;8,4;4,4') + polygon(4, '10,0;14,0;14,4')
    expect(await columns(shapes, '<size>4</size>')).toEqual([
      [0, 3],
      [2, 5],
      [4, 7],
      [4, 7],
    ])
  })

  it('is held as a mask until its next one, and the last is of one frame', async () => {
    const mask = (frame: number, left: number) =>
      `<mask frame="${frame}" rle="0, 4" left="${left}" top="1" width="2" height="2" outside="0" keyframe="1"/>`
    expect(await columns(mask(0, 3) + mask(2, 8), '<size>4</size>')).toEqual([
      [3, 4],
      [3, 4],
      [8, 9],
      null,
    ])
  })

  it('covers others by its z order, and keeps its track in all frames', async () => {
    const shape = (z: number) =>
      `<box frame="0" xtl="0" ytl="0" xbr="9" ybr="9" keyframe="1" z_order="${z}"/>`
    const { set, images } = await readVideo(
      video(track(shape(2), 'a', 7) + track(shape(1), 'b', 9), '<size>2</size>'),
    )
    expect(images.map(({ objects }) => objects.map(({ track: number }) => number))).toEqual([
      [1, 0],
      [1, 0],
    ])
    expect(set.classes.map(({ name }) => name)).toEqual(['background', 'a', 'b'])
  })
})

describe('frames of CVAT for video', () => {
  it('are those of the task, by its first and last one and its step', async () => {
    const fields =
      '<size>3</size><start_frame>10</start_frame><stop_frame>32</stop_frame><frame_filter>step=10</frame_filter>'
    const { images } = await readVideo(video(track(box(10, 2) + box(30, 4)), fields))
    expect(images.map(({ name, objects }) => [name, objects[0]?.raster.x])).toEqual([
      ['frame_000010.PNG', 2],
      ['frame_000020.PNG', 3],
      ['frame_000030.PNG', 4],
    ])
  })

  it('are found by their numbers', async () => {
    const { folder, images } = await readVideo(video(track(box(0, 2)), '<size>2</size>'), [
      'frame_000001.png',
    ])
    expect(images.map(({ name, file }) => [name, file])).toEqual([
      ['frame_000000.PNG', null],
      ['frame_000001.png', `${folder}/images/frame_000001.png`],
    ])
  })

  it('are pictures in their order where a task of pictures was exported as video', async () => {
    const { images } = await readVideo(
      video(track(box(0, 2)), '<size>2</size>').replace(/<original_size>.*<\/original_size>/s, ''),
      ['b10.png', 'b9.png'],
    )
    expect(images.map(({ name, width }) => [name, width])).toEqual([
      ['b9.png', 20],
      ['b10.png', 20],
    ])
  })

  it('have a problem where their size is not known', async () => {
    const { images, problems } = await readVideo(
      `<annotations>${track(box(0, 2) + box(1, 4))}</annotations>`,
    )
    expect(images).toEqual([])
    expect(problems.map(({ file }) => file)).toEqual(['frame_000000.PNG', 'frame_000001.PNG'])
    expect(problems[0]?.why).toContain('original_size')
  })

  it('are of several tasks in a project, each with its tracks', async () => {
    const task = (id: number, name: string, subset: string) =>
      `<task><id>${id}</id><name>${name}</name><size>2</size><subset>${subset}</subset>
       <original_size><width>20</width><height>10</height></original_size></task>`
    const xml = `<annotations><meta><project><labels><label><name>person</name></label></labels>
      <tasks>${task(3, 'hall', 'train')}${task(8, 'yard', 'default')}</tasks></project></meta>
      <track id="0" label="person" task_id="8" subset="default">${box(1, 2)}</track></annotations>`
    const { set, images } = await readVideo(xml)
    expect(set.count).toBe(4)
    expect(
      images.map(({ name, split, scene, objects }) => [name, split, scene, objects.length]),
    ).toEqual([
      ['hall/frame_000000.PNG', 'train', 'hall', 0],
      ['hall/frame_000001.PNG', 'train', 'hall', 0],
      ['yard/frame_000000.PNG', null, 'yard', 0],
      ['yard/frame_000001.PNG', null, 'yard', 1],
    ])
  })
})

describe('a broken file of CVAT for video', () => {
  it.each([
    ['no label', `<track id="4">${box(0, 2)}</track>`],
    ['two shapes at one frame', track(box(0, 2) + box(0, 3), 'person', 4)],
    ['no frame', '<track id="4" label="a"><box xtl="0" ytl="0" xbr="1" ybr="1"/></track>'],
    ['a broken shape', '<track id="4" label="a"><box frame="0" xtl="0" ytl="0" xbr="1"/></track>'],
  ])('has a problem for a track with %s, and the other tracks', async (_what, broken) => {
    const { images, problems } = await readVideo(video(broken + track(box(0, 2)), '<size>1</size>'))
    expect(problems).toHaveLength(1)
    expect(problems[0]?.why).toMatch(/^track 4 left out: /)
    expect(images[0]?.objects).toHaveLength(1)
  })

  it.each([
    ['a size that is none', '<size>many</size>'],
    [
      'more frames than a recording has',
      '<start_frame>0</start_frame><stop_frame>99999999999</stop_frame>',
    ],
    ['a negative start', '<start_frame>-5</start_frame><stop_frame>3</stop_frame>'],
  ])('is refused for %s', async (_what, fields) => {
    const error = await rejection(readVideo(video(track(box(0, 2)), fields)))
    expect(error.code).toBe('bad-dataset')
  })
})
