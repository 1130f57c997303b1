import { describe, expect, test } from 'vitest'
import { maskOfImage } from '../../../../src/engine/formats/shapes/compose.ts'
import { via } from '../../../../src/engine/formats/via/index.ts'
import { pixelCounts, readAll, savePicture } from '../../../fixtures/annotated-sets.ts'
import { rejection } from '../../../fixtures/caught.ts'
import { drawing, rows } from '../../../fixtures/drawn-mask.ts'
import {
  demo,
  demoAttributes,
  demoTable,
  project,
  rect,
  save,
  saveDemoPictures,
  socrates,
  swanArea,
} from '../../../fixtures/formats/via.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'

const temporary = temporaryFolder()

describe('Reading VIA 2', () => {
  test('takes the attribute with options as the class, and its options as classes', async () => {
    await saveDemoPictures(temporary('demo'))
    const file = { ...project([], demoAttributes.region), _via_img_metadata: demo }
    await save(temporary('demo', 'via_project.json'), file)
    expect(await via.recognises(temporary('demo'))).toBe(true)
    const set = await via.read(temporary('demo'), {})
    const names = ['background', 'Bird', 'Human', 'Cup (object)', 'Unknown (object)']
    expect(set.classes.map(({ name }) => name)).toEqual(names)
    const { images, problems } = await readAll(set)
    expect(problems).toEqual([
      { file: 'demo', why: 'not kept: values of the region attribute "name" (4)' },
      { file: 'demo', why: 'not kept: values of the region attribute "image_quality" (2)' },
      { file: 'demo', why: 'not kept: values of the file attribute "caption" (2)' },
      { file: 'demo', why: 'not kept: values of the file attribute "public_domain" (2)' },
    ])
    const [bird, painting] = images.map((image) => pixelCounts(set, image))
    expect(Math.abs((bird?.Bird ?? 0) - swanArea)).toBeLessThan(20)
    expect(painting?.Human).toBe(108 * 227 + 91 * 209)
    const cup = painting?.['Cup (object)'] ?? 0
    expect(Math.abs(cup / (Math.PI * 17 * 12) - 1)).toBeLessThan(0.02)
    expect(images[1]?.objects[0]).toMatchObject({
      boxOnly: true,
      box: { x: 174, y: 139, width: 108, height: 227 },
    })
  })

  test('asks which attribute names the class where that is not clear, and takes the answer', async () => {
    await saveDemoPictures(temporary('unclear'))
    const path = await save(temporary('unclear', 'via_region_data.json'), demo)
    const error = await rejection(via.read(path, {}))
    expect(error.code).toBe('bad-dataset')
    expect(error.message).toContain('"name" ("Swan", "Plato", "Socrates", "Hemlock")')
    expect(error.message).toContain('"type" ("bird", "human", "cup")')
    expect(error.hint).toContain('--map class=NAME')
    const set = await via.read(path, { map: ['class=type'] })
    expect(set.classes.map(({ name }) => name)).toEqual(['background', 'bird', 'cup', 'human'])
    const wrong = await rejection(via.read(path, { map: ['class=sort'] }))
    expect(wrong.message).toContain('"sort"')
  })

  test('reads the table that it exports; regions without attributes are of one class', async () => {
    await saveDemoPictures(temporary('table'))
    await savePicture(temporary('table', 'new.jpg'), { width: 5, height: 5 })
    const path = await save(temporary('table', 'via.csv'), demoTable)
    expect(await via.recognises(path)).toBe(true)
    const set = await via.read(path, {})
    expect(set.classes.map(({ name }) => name)).toEqual(['background', 'object'])
    const { images } = await readAll(set)
    expect(images.map(({ objects, annotated }) => [objects.length, annotated])).toEqual([
      [1, true],
      [3, true],
      [0, false],
    ])
    const old = await save(temporary('table', 'old.csv'), `#${demoTable}`)
    expect((await via.read(old, {})).count).toBe(3)
  })

  test('finds the class by the names that people give its attribute', async () => {
    for (const [attributes, expected] of [
      [{ 'Class Name': 'a', colour: 'red' }, ['background', 'a']],
      [{ label: 'a', type: 'b' }, ['background', 'a']],
      [{ object_name: 'a', colour: 'red' }, ['background', 'a']],
      [{ kind: { a: true } }, ['background', 'a']],
      [{ kind: 7 }, ['background', '7']],
    ] as const) {
      const path = await save(temporary('usual', 'p.json'), project([rect(0, attributes)]))
      const set = await via.read(path, {})
      expect(set.classes.map(({ name }) => name)).toEqual(expected)
    }
  })

  test('draws ellipses that are turned, lines and points as VIA shows them', async () => {
    const shape = (shape_attributes: object) => ({ shape_attributes, region_attributes: {} })
    const turned = { name: 'ellipse', cx: 4, cy: 2, rx: 1, ry: 3, theta: Math.PI / 2 }
    await save(temporary('turned', 'p.json'), project([shape(turned)]))
    const { images } = await readAll(await via.read(temporary('turned'), {}))
    expect(images[0] && drawing(maskOfImage(images[0]))).toBe(
      rows('........ .111111. .111111. ........'),
    )
    const line = { name: 'polyline', all_points_x: ['0', '8'], all_points_y: [2.5, 2.5] }
    await save(temporary('line', 'p.json'), project([shape(line)]))
    const lines = await readAll(await via.read(temporary('line'), {}))
    expect(lines.images[0] && drawing(maskOfImage(lines.images[0]))).toBe(
      rows('........ 11111111 11111111 11111111'),
    )
    await save(temporary('point', 'p.json'), project([shape({ name: 'point', cx: 3, cy: 3 })]))
    const dots = await readAll(await via.read(temporary('point'), {}))
    expect(dots.images[0] && drawing(maskOfImage(dots.images[0]))).toBe(
      rows('.1111... 111111.. 111111.. 111111..'),
    )
  })

  test('reads the projects in folders for training and validation as one set', async () => {
    for (const [folder, name] of [
      ['train', 'b.png'],
      ['val', 'a.png'],
    ] as const) {
      const regions = { 0: { shape_attributes: { name: 'rect', x: 0, y: 0, width: 1, height: 1 } } }
      const entry = { fileref: '', filename: name, size: 3, regions, file_attributes: {} }
      await save(temporary('balloon', folder, 'via_region_data.json'), { [`${name}3`]: entry })
      await savePicture(temporary('balloon', folder, name), { width: 2, height: 2 })
    }
    expect(await via.recognises(temporary('balloon'))).toBe(true)
    const { images } = await readAll(await via.read(temporary('balloon'), {}))
    expect(images.map(({ name, split }) => [name, split])).toEqual([
      ['train/b.png', 'train'],
      ['val/a.png', 'val'],
    ])
  })

  test('needs the pictures, and says where it looked', async () => {
    const path = await save(temporary('bare', 'p.json'), { ...demo })
    const map = ['class=type']
    const error = await rejection(via.read(path, { map }))
    expect(error.message).toContain('none of the 2 pictures')
    expect(error.hint).toContain('--images')
    await savePicture(temporary('pictures', socrates), { width: 640, height: 436 })
    const set = await via.read(path, { map, images: temporary('pictures') })
    const { images, problems } = await readAll(set)
    expect(images.map(({ file }) => file)).toEqual([temporary('pictures', socrates)])
    expect(problems[0]).toEqual({
      file: 'adutta_swan.jpg',
      why: expect.stringContaining('is not there'),
    })
  })

  test('names what is wrong with a region or an entry, and reads the rest', async () => {
    const kind = { class: 'a' }
    const regions = [
      rect(0, kind),
      rect(2, {}),
      rect(2, { class: { a: true, b: true } }),
      { shape_attributes: { name: 'star' }, region_attributes: kind },
      {
        shape_attributes: { name: 'rect', x: 'left', y: 0, width: 1, height: 1 },
        region_attributes: kind,
      },
      {
        shape_attributes: { name: 'rect', x: 0, y: 0, width: -1, height: 1 },
        region_attributes: kind,
      },
      {
        shape_attributes: { name: 'polygon', all_points_x: [0, 1, 2], all_points_y: [0, 1] },
        region_attributes: kind,
      },
      rect(20, kind),
      7,
    ]
    const file = project(regions)
    const metadata = {
      ...file._via_img_metadata,
      again: { ...file._via_img_metadata['a.png1'] },
      none: { size: 3 },
      'b.png1': { ...file._via_img_metadata['a.png1'], filename: 'b.png', regions: [] },
    }
    await save(temporary('faults', 'p.json'), { ...file, _via_img_metadata: metadata })
    await savePicture(temporary('faults', 'b.png'), { width: 4, height: 8 })
    const { images, problems } = await readAll(await via.read(temporary('faults'), {}))
    expect(images.map(({ name, objects }) => [name, objects.length])).toEqual([
      ['a.png', 1],
      ['b.png', 0],
    ])
    expect(problems.map(({ file, why }) => `${file} ${why}`)).toEqual([
      expect.stringMatching(/^a.png region 9: /),
      expect.stringMatching(/^a.png region 2: has no value of "class"/),
      expect.stringMatching(/^a.png region 3: has several values of "class": a, b/),
      expect.stringMatching(/^a.png region 4: shapes "star" are not known/),
      expect.stringMatching(/^a.png region 5: rect: x: /),
      expect.stringMatching(/^a.png region 6: rect: width: /),
      expect.stringMatching(/^a.png region 7: polygon: all_points_x and all_points_y differ/),
      expect.stringMatching(/^a.png region 8: .*covers no pixel of the picture of 8x4/),
      expect.stringMatching(/^a.png is in the file a second time/),
      expect.stringMatching(/^none the entry "none" is none: filename/),
      expect.stringMatching(/^b.png is annotated as 8x4, but the picture is 4x8.*EXIF/),
    ])
  })

  test('refuses what is no VIA file, and folders with several', async () => {
    await save(temporary('other', 'a.json'), { images: [], annotations: [] })
    expect(await via.recognises(temporary('other'))).toBe(false)
    expect((await rejection(via.read(temporary('other'), {}))).code).toBe('bad-dataset')
    expect((await rejection(via.read(temporary('absent'), {}))).code).toBe('no-such-file')
    await save(temporary('two', 'a.json'), project([]))
    await save(temporary('two', 'b.json'), project([]))
    expect((await rejection(via.read(temporary('two'), {}))).message).toContain('a.json, b.json')
    const text = JSON.stringify(project([]))
    const cut = await save(temporary('cut', 'a.json'), text.slice(0, -9))
    expect((await rejection(via.read(cut, {}))).code).toBe('bad-dataset')
    const table = await save(temporary('cut', 'a.csv'), `${demoTable.slice(0, -40)}`)
    expect((await rejection(via.read(table, {}))).code).toBe('bad-dataset')
    const many = Array.from({ length: 255 }, (_, i) => rect(0, { class: `c${i}` }))
    const path = await save(temporary('many', 'a.json'), project(many))
    expect((await rejection(via.read(path, {}))).message).toContain('255 classes')
  })
})

/** The project of VIA 3's demonstration (via-3.x.y/src/js/_via_demo_image_annotator.js), without sound. */
