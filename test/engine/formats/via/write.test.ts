import { mkdir, readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import type { DatasetFormat } from '../../../../src/engine/formats/format.ts'
import { maskOfImage, objectOf } from '../../../../src/engine/formats/shapes/compose.ts'
import { via, via3, viaCsv } from '../../../../src/engine/formats/via/index.ts'
import type { ClassMask } from '../../../../src/shared/mask.ts'
import {
  imageOf,
  maskedImage,
  namedMask,
  readAll,
  savePicture,
  setOf,
} from '../../../fixtures/annotated-sets.ts'
import { rejection } from '../../../fixtures/caught.ts'
import { drawnMask } from '../../../fixtures/drawn-mask.ts'
import fc from '../../../fixtures/fast-check.ts'
import { randomMask } from '../../../fixtures/random-masks.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'

const temporary = temporaryFolder()

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
