import { mkdir, writeFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { encodeMask } from '../../../src/engine/formats/mask-write.ts'
import { compareMasks } from '../../../src/engine/jobs/compare-masks.ts'
import { defaultBoundaryOptions } from '../../../src/engine/metrics/boundary-scores.ts'
import { defaultObjectOptions } from '../../../src/engine/metrics/object-scores.ts'
import { defaultClasses } from '../../../src/shared/mask.ts'
import { rejection } from '../../fixtures/caught.ts'
import { drawnMask } from '../../fixtures/drawn-mask.ts'
import { writeGrey } from '../../fixtures/grey-png.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

/** A folder of its own with these masks; returns the paths of the truth and of the prediction. */
async function folders(
  name: string,
  truth: Record<string, string>,
  prediction: Record<string, string>,
): Promise<[string, string]> {
  for (const [side, masks] of Object.entries({ truth, prediction })) {
    await mkdir(temporary(name, side), { recursive: true })
    for (const [file, text] of Object.entries(masks))
      await writeGrey(temporary(name, side, file), drawnMask(text))
  }
  return [temporary(name, 'truth'), temporary(name, 'prediction')]
}

describe('Two folders of masks', () => {
  test('are scored pair by pair, those of folders within them included', async () => {
    const [truth, prediction] = await folders(
      'pairs',
      { 'a.png': '1122', 'seen/b.png': '..x1' },
      { 'a.png': '1112', 'seen/b.PNG': '.111' },
    )
    const scores = await compareMasks(truth, prediction, { encoding: 'index' })
    expect(scores).toMatchObject({
      images: 2,
      missing: [],
      differentSizes: [],
      ignored: { truth: 1, prediction: 0 },
      confusion: {
        counts: [
          [1, 1, 0],
          [0, 3, 0],
          [0, 1, 1],
        ],
      },
      pixelAccuracy: 5 / 7,
    })
    expect(scores.classes.map(({ name, iou }) => [name, iou])).toEqual([
      ['0', 1 / 2],
      ['1', 3 / 5],
      ['2', 1 / 2],
    ])
  })

  test('name what has no partner on either side, and what differs in size', async () => {
    const [truth, prediction] = await folders(
      'partners',
      { 'a.png': '1.', 'b.png': '1.', 'c.png': '1.' },
      { 'a.png': '1.', 'c.png': '1. 1.', 'd.png': '1.', '.hidden.png': '1.' },
    )
    await writeFile(temporary('partners', 'truth', 'notes.txt'), 'no mask')
    expect(await compareMasks(truth, prediction, {})).toMatchObject({
      images: 1,
      missing: [
        { name: 'b', missingIn: 'prediction' },
        { name: 'd', missingIn: 'truth' },
      ],
      differentSizes: [
        { name: 'c', truth: { width: 2, height: 1 }, prediction: { width: 2, height: 2 } },
      ],
    })
  })

  test('have the classes that a file names, also those that do not occur', async () => {
    const [truth, prediction] = await folders('named', { 'a.png': '1.' }, { 'a.png': '1.' })
    await writeFile(temporary('names.txt'), 'background\ncap\nmask\n')
    await writeFile(temporary('names.json'), '["background", {"index": 1, "name": "cap"}, "mask"]')
    for (const file of ['names.txt', 'names.json']) {
      const { classes, meanIou } = await compareMasks(truth, prediction, {
        classes: temporary(file),
      })
      expect(classes.map(({ name, iou }) => [name, iou])).toEqual([
        ['background', 1],
        ['cap', 1],
        ['mask', null],
      ])
      expect(meanIou).toBe(1)
    }
    expect((await compareMasks(truth, prediction, { classes: '4' })).classes.length).toBe(4)
  })

  test('have their outlines and objects compared where that is asked for', async () => {
    const [truth, prediction] = await folders('more', { 'a.png': '11.1' }, { 'a.png': '11..' })
    const objects = { classes: ['1'], ...defaultObjectOptions }
    const scores = await compareMasks(truth, prediction, {
      boundary: defaultBoundaryOptions,
      objects,
    })
    expect(scores.objects?.classes).toMatchObject([{ name: '1', found: 1, missed: 1, false: 0 }])
    expect(scores.boundary?.classes.map(({ name }) => name)).toEqual(['0', '1'])
  })

  test('report how far they are, and can be stopped', async () => {
    const many = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((name) => [`${name}.png`, '1.']))
    const [truth, prediction] = await folders('many', many, many)
    const reports: number[] = []
    await compareMasks(truth, prediction, {}, { onProgress: ({ done }) => reports.push(done) })
    expect(reports.at(-1)).toBe(5)
    const controller = new AbortController()
    const work = { signal: controller.signal, onProgress: () => controller.abort() }
    expect((await rejection(compareMasks(truth, prediction, {}, work))).code).toBe('cancelled')
  })
})

describe('Masks that carry our own marker', () => {
  test('are compared by the names of their classes, whatever their indices', async () => {
    const [background, person] = defaultClasses
    if (!background || !person) throw new TypeError('no default classes')
    const other = [background, { ...person, index: 7 }]
    for (const [side, classes, text] of [
      ['truth', defaultClasses, '11..x'],
      ['prediction', other, '7...7'],
    ] as const) {
      await mkdir(temporary('marked', side), { recursive: true })
      const png = await encodeMask(drawnMask(text), classes, null)
      await writeFile(temporary('marked', side, '000001.png'), png)
    }
    const scores = await compareMasks(
      temporary('marked', 'truth'),
      temporary('marked', 'prediction'),
      {},
    )
    expect(scores.classes.map(({ name, recall }) => [name, recall])).toEqual([
      ['background', 1],
      ['person', 1 / 2],
    ])
  })
})

describe('Masks that cannot be compared', () => {
  let white: [string, string] = ['', '']
  beforeAll(async () => {
    white = await folders('white', { 'a.png': 'x.' }, { 'a.png': 'xx' })
  })

  test('are black and white ones of which nobody says what white is', async () => {
    const error = await rejection(compareMasks(...white, {}))
    expect(error.code).toBe('undeclared-values')
    expect(error.message).toContain('a holds 255')
    expect(error.hint).toContain('--encoding binary')
    const named = await rejection(compareMasks(...white, { classes: '2' }))
    expect(named.message).toContain('hold nothing but 0 and 255')
    const binary = await compareMasks(...white, { encoding: 'binary' })
    expect(binary.classes[1]).toMatchObject({ name: 'person', iou: 1 / 2 })
    expect((await compareMasks(...white, { map: ['255=3'] })).classes[1]).toMatchObject({
      name: '3',
    })
    expect((await compareMasks(...white, { encoding: 'index' })).pixelAccuracy).toBeNull()
  })

  test('are those with values that are no class, which are named with the file', async () => {
    const [truth, prediction] = await folders('values', { 'a.png': '1.' }, { 'a.png': '9.' })
    const error = await rejection(compareMasks(truth, prediction, { classes: '2' }))
    expect(error.code).toBe('undeclared-values')
    expect(error.message).toMatch(/prediction.a\.png holds .*: 9 \(1 px\)/)
    const mapped = await compareMasks(truth, prediction, { classes: '2', map: ['9=ignore'] })
    expect(mapped.ignored).toEqual({ truth: 0, prediction: 1 })
  })

  test('are those without any pair, and those that all differ in size', async () => {
    const apart = await folders('apart', { 'a.png': '1.' }, { 'b.png': '1.' })
    expect(await rejection(compareMasks(...apart, {}))).toMatchObject({
      code: 'no-truth',
      message: 'the two folders have no PNG file of the same name; a has no partner',
    })
    const sizes = await folders('sizes', { 'a.png': '1.' }, { 'a.png': '1..' })
    expect((await rejection(compareMasks(...sizes, {}))).code).toBe('mask-size-differs')
    const missing = await rejection(compareMasks(temporary('nowhere'), apart[0], {}))
    expect(missing.code).toBe('no-such-file')
  })

  test('are those of classes that do not exist or are named twice', async () => {
    const objects = { classes: ['cap'], ...defaultObjectOptions }
    const unknown = await rejection(compareMasks(...white, { classes: '2', objects }))
    expect(unknown).toMatchObject({ code: 'bad-value', hint: 'The classes are 0, 1.' })
    await writeFile(temporary('twice.txt'), 'cap\ncap\n')
    await writeFile(temporary('blank.txt'), 'cap\n\nmask\n')
    for (const [classes, why] of [
      [temporary('twice.txt'), 'names the class "cap" twice'],
      [temporary('blank.txt'), 'line 2 is empty'],
      ['256', '--classes is 256'],
    ] as const) {
      const error = await rejection(compareMasks(...white, { classes }))
      expect(error.code).toBe('bad-value')
      expect(error.message).toContain(why)
    }
  })
})
