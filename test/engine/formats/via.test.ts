import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { DatasetFormat } from '../../../src/engine/formats/format.ts'
import { maskOfImage, objectOf } from '../../../src/engine/formats/shapes/compose.ts'
import { via, via3, viaCsv } from '../../../src/engine/formats/via/index.ts'
import type { ClassMask } from '../../../src/shared/mask.ts'
import {
  imageOf,
  maskedImage,
  namedMask,
  pixelCounts,
  readAll,
  savePicture,
  setOf,
} from '../../fixtures/annotated-sets.ts'
import { rejection } from '../../fixtures/caught.ts'
import { drawing, drawnMask, rows } from '../../fixtures/drawn-mask.ts'
import fc from '../../fixtures/fast-check.ts'
import { randomMask } from '../../fixtures/random-masks.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

async function save(path: string, content: unknown): Promise<string> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

/** The swan of VIA's demonstration (demo/_via_basic_demo.js of ox-vgg/via). */
const swan = {
  name: 'polygon',
  all_points_x: [116, 94, 176, 343, 383, 385, 369, 406, 398, 364, 310, 297, 304, 244, 158],
  all_points_y: [157, 195, 264, 273, 261, 234, 222, 216, 155, 124, 135, 170, 188, 170, 175],
}
const socrates = 'wikimedia_death_of_socrates.jpg'

/** The annotations of that demonstration, as VIA 2 exports them. */
const demo = {
  'adutta_swan.jpg-1': {
    filename: 'adutta_swan.jpg',
    size: -1,
    regions: [
      {
        shape_attributes: swan,
        region_attributes: {
          name: 'Swan',
          type: 'bird',
          image_quality: { good_illumination: true },
        },
      },
    ],
    file_attributes: { caption: 'Swan in lake Geneve', public_domain: 'no' },
  },
  [`${socrates}-1`]: {
    filename: socrates,
    size: -1,
    regions: [
      {
        shape_attributes: { name: 'rect', x: 174, y: 139, width: 108, height: 227 },
        region_attributes: {
          name: 'Plato',
          type: 'human',
          image_quality: { good_illumination: true },
        },
      },
      {
        shape_attributes: { name: 'rect', x: 347, y: 114, width: 91, height: 209 },
        region_attributes: { name: 'Socrates', type: 'human' },
      },
      {
        shape_attributes: { name: 'ellipse', cx: 316, cy: 180, rx: 17, ry: 12 },
        region_attributes: { name: 'Hemlock', type: 'cup' },
      },
    ],
    file_attributes: { caption: 'The Death of Socrates by David', public_domain: 'yes' },
  },
}

/** Its attributes. */
const demoAttributes = {
  region: {
    name: { type: 'text', description: 'Name of the object', default_value: 'not_defined' },
    type: {
      type: 'dropdown',
      options: { bird: 'Bird', human: 'Human', cup: 'Cup (object)', unknown: 'Unknown (object)' },
      default_options: { unknown: true },
    },
    image_quality: { type: 'checkbox', options: { blur: 'Blurred region', frontal: 'Frontal' } },
  },
  file: {},
}

/** The same regions as VIA 2 exports them as CSV, without attributes. */
const demoTable = `filename,file_size,file_attributes,region_count,region_id,region_shape_attributes,region_attributes
adutta_swan.jpg,-1,"{}",1,0,"{""name"":""polygon"",""all_points_x"":[116,94,176,343,383,385,369,406,398,364,310,297,304,244,158],""all_points_y"":[157,195,264,273,261,234,222,216,155,124,135,170,188,170,175]}","{}"
wikimedia_death_of_socrates.jpg,-1,"{}",3,0,"{""name"":""rect"",""x"":174,""y"":139,""width"":108,""height"":227}","{}"
wikimedia_death_of_socrates.jpg,-1,"{}",3,1,"{""name"":""rect"",""x"":347,""y"":114,""width"":91,""height"":209}","{}"
wikimedia_death_of_socrates.jpg,-1,"{}",3,2,"{""name"":""ellipse"",""cx"":316,""cy"":180,""rx"":17,""ry"":12}","{}"
new.jpg,-1,"{}",0,0,"{}","{}"`

/** Of the swan, by the shoelace formula. */
const swanArea = (() => {
  const { all_points_x: xs, all_points_y: ys } = swan
  const twice = xs.reduce((sum, x, i) => {
    const next = (i + 1) % xs.length
    return sum + x * (ys[next] ?? 0) - (xs[next] ?? 0) * (ys[i] ?? 0)
  }, 0)
  return Math.abs(twice) / 2
})()

async function saveDemoPictures(folder: string): Promise<void> {
  await savePicture(temporary(folder, 'adutta_swan.jpg'), { width: 600, height: 400 })
  await savePicture(temporary(folder, socrates), { width: 640, height: 436 })
}

/** A VIA 2 project of one picture of 8x4 pixels, whose regions have these shapes and attributes. */
function project(regions: readonly unknown[], attributes: object = {}) {
  const entry = { filename: 'a.png', size: 1, regions, file_attributes: { width: 8, height: '4' } }
  return {
    _via_settings: { core: { default_filepath: '' } },
    _via_img_metadata: { 'a.png1': entry },
    _via_attributes: { region: attributes, file: {} },
    _via_data_format_version: '2.0.10',
    _via_image_id_list: ['a.png1'],
  }
}

const rect = (x: number, region_attributes: object) => ({
  shape_attributes: { name: 'rect', x, y: 0, width: 2, height: 2 },
  region_attributes,
})

describe('Reading VIA 2', () => {
  test('takes the attribute with options as the class, and its options as classes', async () => {
    await saveDemoPictures('demo')
    const file = { ...project([], demoAttributes.region), _via_img_metadata: demo }
    await save(temporary('demo', 'via_project.json'), file)
    expect(await via.recognises(temporary('demo'))).toBe(true)
    const set = await via.read(temporary('demo'), {})
    const names = ['background', 'Bird', 'Human', 'Cup (object)', 'Unknown (object)']
    expect(set.classes.map(({ name }) => name)).toEqual(names)
    const { images, problems } = await readAll(set)
    expect(problems).toEqual([])
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
    await saveDemoPictures('unclear')
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
    await saveDemoPictures('table')
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
    expect(problems).toEqual([
      { file: 'adutta_swan.jpg', why: expect.stringContaining('is not there') },
    ])
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
function project3(
  metadata: object,
  more: { attribute?: object; file?: object; view?: object } = {},
) {
  const file = { fid: 1, fname: 'a.png', type: 2, loc: 3, src: './sub/a.png' }
  const name = { aname: 'Name', anchor_id: 'FILE1_Z0_XY1', type: 1, desc: '', options: {} }
  return {
    project: {
      pid: '__VIA_PROJECT_ID__',
      pname: 'Demo',
      data_format_version: '3.1.1',
      vid_list: ['1'],
    },
    config: { file: { loc_prefix: { 1: '', 2: '', 3: '', 4: '' } }, ui: {} },
    attribute: more.attribute ?? { 1: name },
    file: more.file ?? { 1: file },
    view: more.view ?? { 1: { fid_list: [1] } },
    metadata,
  }
}

describe('Reading VIA 3', () => {
  const av = { 1: 'a' }

  test('draws all of its shapes in pictures that are found by their source', async () => {
    const size = { width: 700, height: 400 }
    await savePicture(temporary('three', 'sub', 'a.png'), size)
    const shape = (xy: readonly number[], label: string) => ({
      vid: '1',
      flg: 0,
      z: [],
      xy,
      av: { 1: label },
    })
    const metadata = {
      '1_a': shape([2, 10, 20, 40, 50], 'rectangle'),
      '1_b': shape([3, 200, 50, 30], 'circle'),
      '1_c': shape([4, 300, 50, 30, 20], 'ellipse'),
      '1_d': shape([5, 400, 20, 400, 60], 'line'),
      '1_e': shape([6, 420, 20, 420, 60, 460, 60], 'polyline'),
      '1_f': shape([7, 500, 20, 560, 20, 560, 60], 'polygon'),
      '1_g': shape([8, 120, 200, 140, 150, 160, 220, 130, 260], 'extreme rectangle'),
      '1_h': shape([9, 300, 170, 330, 200, 300, 230], 'extreme circle'),
      '1_i': shape([1, 600, 200], 'point'),
    }
    await save(temporary('three', 'p.json'), project3(metadata))
    expect(await via.recognises(temporary('three'))).toBe(true)
    const set = await via.read(temporary('three'), {})
    const { images, problems } = await readAll(set)
    expect(problems).toEqual([])
    const [image] = images
    if (!image) throw new Error('a picture was expected')
    expect(image).toMatchObject({ name: 'sub/a.png', ...size })
    const counts = pixelCounts(set, image)
    expect(counts.rectangle).toBe(40 * 50)
    expect(counts['extreme rectangle']).toBe(40 * 110)
    const area = (name: string) => counts[name] ?? 0
    for (const name of ['circle', 'extreme circle'])
      expect(Math.abs(area(name) / (Math.PI * 900) - 1)).toBeLessThan(0.02)
    expect(Math.abs(area('ellipse') / (Math.PI * 600) - 1)).toBeLessThan(0.02)
    expect(area('polygon')).toBeGreaterThan(1150)
    expect(area('line')).toBeGreaterThan(100)
    expect(area('polyline')).toBeGreaterThan(200)
    expect(area('point')).toBeGreaterThan(20)
  })

  test('takes options by their ids, pictures within the file, and files that are no pictures', async () => {
    const source = await savePicture(temporary('source.png'), { width: 4, height: 4 })
    const inline = `data:image/png;base64,${(await readFile(source)).toString('base64')}`
    const options = { 0: 'cyl', 1: 'hex', 2: 'sunk' }
    const attribute = {
      1: { aname: 'screws', anchor_id: 'FILE1_Z0_XY1', type: 3, desc: '', options },
      2: { aname: 'marks', anchor_id: 'FILE1_Z0_XY1', type: 2, desc: '', options },
    }
    const file = {
      1: { fid: '1', fname: 'a.png', type: 2, loc: 4, src: inline },
      2: { fid: '2', fname: 'b.mp4', type: 4, loc: 1, src: '' },
    }
    const view = {
      1: { fid_list: ['1'] },
      2: { fid_list: ['2'] },
      3: { fid_list: ['1', '2'] },
      4: { fid_list: ['9'] },
    }
    const metadata = {
      '1_a': { vid: '1', flg: 0, z: [], xy: [2, 0, 0, 2, 2], av: { 1: '1', 2: '0,1' } },
      '1_b': { vid: '1', flg: 0, z: [], xy: [77, 0, 0], av: { 1: '1' } },
      '1_c': { vid: '1', flg: 0, z: [], xy: [3, 0], av: { 1: '1' } },
      '1_d': { vid: '1', xy: 'here', av: {} },
    }
    const path = await save(
      temporary('inline', 'p.json'),
      project3(metadata, { attribute, file, view }),
    )
    const set = await via.read(path, {})
    expect(set.classes.map(({ name }) => name)).toEqual(['background', 'cyl', 'hex', 'sunk'])
    const { images, problems } = await readAll(set)
    expect(images.map((image) => pixelCounts(set, image))).toEqual([{ hex: 4, background: 12 }])
    expect(problems.map(({ file, why }) => `${file} ${why}`)).toEqual([
      expect.stringMatching(/^a.png metadata 1_b: shape 77 is not known/),
      expect.stringMatching(/^a.png metadata 1_c: a circle has 1 numbers; 3 were expected/),
      expect.stringMatching(/^a.png metadata 1_d: xy: /),
      expect.stringMatching(/^b.mp4 is no picture/),
      expect.stringMatching(/^a.png shows 2 files at once/),
      expect.stringMatching(/^view 4 has no file/),
    ])
  })

  test('refuses a project without its parts', async () => {
    const { view, ...rest } = project3({ '1_a': { vid: '1', z: [], xy: [], av } })
    expect(view).toBeDefined()
    const error = await rejection(via.read(await save(temporary('part', 'p.json'), rest), {}))
    expect(error.code).toBe('bad-dataset')
    expect(error.message).toContain('view')
  })
})

describe.each<[string, DatasetFormat]>([
  ['projects of VIA 2', via],
  ['projects of VIA 3', via3],
  ['tables of VIA 2', viaCsv],
])('Writing %s', (title, format) => {
  const at = (name: string) => temporary(`${title} ${name}`.replaceAll(' ', '-'))
  const write = (set: ReturnType<typeof setOf>, folder: string) =>
    format.write(set, folder, { pictures: 'copy' }, {})

  test('gives the same set again, and the same bytes each time', async () => {
    const mask = drawnMask('.11.\n22.2')
    const size = { width: 4, height: 2 }
    const [file, other] = [
      await savePicture(temporary('w1.png'), size),
      await savePicture(temporary('w2.png'), size),
    ]
    const raster = { x: 0, y: 0, width: 3, height: 2, data: Uint8Array.of(1, 1, 1, 0, 1, 1) }
    const box = { x: 0.25, y: 0, width: 2, height: 1 }
    const boxed = { x: 0, y: 0, width: 2, height: 1, data: Uint8Array.of(1, 1) }
    const set = setOf(
      ['cell', 'gap'],
      [
        imageOf('new.png', size, { file, annotated: false }),
        imageOf('sub/a.png', size, { file, mask }),
        imageOf('empty.png', size, { file: other }),
        imageOf('b.png', size, {
          file,
          objects: [objectOf(1, raster), objectOf(2, boxed, { boxOnly: true, box })],
        }),
        { file: 'x', why: 'it was broken before' },
      ],
    )
    for (const folder of [at('one'), at('two')]) {
      await mkdir(folder)
      expect(await write(set, folder)).toEqual({ images: 4, files: 5 })
    }
    const [name] = format === viaCsv ? ['via_annotations.csv'] : ['via_project.json']
    const texts = [at('one'), at('two')].map((folder) => readFile(`${folder}/${name}`, 'utf8'))
    const [one, two] = await Promise.all(texts)
    expect(one).toBe(two)
    expect(await via.recognises(at('one'))).toBe(true)
    const again = await via.read(at('one'), {})
    expect(again.classes.map((each) => each.name)).toEqual(['background', 'cell', 'gap'])
    const { images, problems } = await readAll(again)
    expect(problems).toEqual([])
    expect(images.map((image) => [image.name, image.annotated])).toEqual([
      ['new.png', false],
      ['sub/a.png', true],
      ['empty.png', true],
      ['b.png', true],
    ])
    expect(images[1] && maskOfImage(images[1])).toEqual(mask)
    expect(images[3]?.objects).toMatchObject([
      { classIndex: 1, raster },
      { classIndex: 2, raster: boxed, boxOnly: true, box },
    ])
  })

  test('keeps every pixel of any mask', async () => {
    const masks = fc.array(randomMask({ classes: 4, maximumSide: 16 }), {
      minLength: 1,
      maxLength: 3,
    })
    let run = 0
    await fc.assert(
      fc.asyncProperty(masks, async (drawn: ClassMask[]) => {
        const folder = at(`random-${run++}`)
        await mkdir(folder)
        const images = await Promise.all(
          drawn.map(async (mask, i) => {
            const file = await savePicture(
              temporary('pictures', `${mask.width}x${mask.height}.png`),
              mask,
            )
            return { ...maskedImage(`${i}.png`, mask), file }
          }),
        )
        const set = setOf(['a', 'b', 'c'], images)
        await write(set, folder)
        const again = await via.read(folder, {})
        const read = await readAll(again)
        expect(read.problems).toEqual([])
        expect(read.images.map((image) => namedMask(again, image))).toEqual(
          images.map((image) => namedMask(set, image)),
        )
      }),
      { numRuns: 25 },
    )
  })

  test('refuses names that lead out of the folder', async () => {
    const file = await savePicture(temporary('w3.png'), { width: 1, height: 1 })
    await mkdir(at('outside'))
    const set = setOf(['a'], [imageOf('../a.png', { width: 1, height: 1 }, { file })])
    expect((await rejection(write(set, at('outside')))).code).toBe('bad-dataset')
  })
})
