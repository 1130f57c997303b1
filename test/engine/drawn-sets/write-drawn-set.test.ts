import { readdir } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { drawnSetNames } from '../../../src/engine/drawn-sets/types.ts'
import { writeDrawnSet } from '../../../src/engine/drawn-sets/write-drawn-set.ts'
import type { AnnotatedImage } from '../../../src/engine/formats/annotated-set.ts'
import {
  datasetFormats,
  type FormatName,
  recogniseFormat,
} from '../../../src/engine/formats/formats.ts'
import { maskOfImage } from '../../../src/engine/formats/shapes/compose.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()
const small = { images: 3, size: 64, seed: 5 }

async function imagesOf(folder: string, format: FormatName): Promise<AnnotatedImage[]> {
  const set = await datasetFormats[format].read(folder, {})
  const images: AnnotatedImage[] = []
  for await (const image of set.read({})) if (!('why' in image)) images.push(image)
  return images.sort((a, b) => (a.name < b.name ? -1 : 1))
}

beforeAll(async () => {
  for (const name of drawnSetNames) await writeDrawnSet(name, temporary(name), small, {})
})

describe.each([
  ['lungs', 'folders', 'chest'],
  ['tanks', 'boxes-csv', 'farm'],
  ['masks', 'via', 'people'],
] as const)('the set %s, written', (name, format, prefix) => {
  it(`is recognised as ${format}, with all its pictures`, async () => {
    expect(await recogniseFormat(temporary(name, 'set'))).toBe(format)
    const images = await imagesOf(temporary(name, 'set'), format)
    expect(images.map((image) => image.name)).toEqual([0, 1, 2].map((i) => `${prefix}-00${i}.png`))
    expect(images.every(({ file, width }) => file !== null && width === 64)).toBe(true)
  })
})

describe('what is read again', () => {
  it.each(['lungs', 'masks'] as const)('of %s is the truth, pixel by pixel', async (name) => {
    const format = name === 'lungs' ? 'folders' : 'via'
    const truth = await imagesOf(temporary(name, 'truth'), 'index-png')
    const images = await imagesOf(temporary(name, 'set'), format)
    const pixels = (all: AnnotatedImage[]) => all.map((image) => [...maskOfImage(image).data])
    expect(pixels(images)).toEqual(pixels(truth))
  })

  it('of tanks is the rectangles around the truth', async () => {
    const [truth] = await imagesOf(temporary('tanks', 'truth'), 'index-png')
    const [image] = await imagesOf(temporary('tanks', 'set'), 'boxes-csv')
    const [round, square] = [truth, image].map((each) => each && maskOfImage(each).data)
    expect(image?.objects.every(({ boxOnly }) => boxOnly)).toBe(true)
    expect(round?.every((value, at) => value === 0 || square?.[at] === value)).toBe(true)
    expect(round).not.toEqual(square)
  })
})

it('leaves nothing when it is cancelled, and nothing of others when the folder is taken', async () => {
  const cancelled = { signal: AbortSignal.abort() }
  await expect(writeDrawnSet('tanks', temporary('none'), small, cancelled)).rejects.toMatchObject({
    code: 'cancelled',
  })
  await expect(writeDrawnSet('tanks', temporary('masks'), small, {})).rejects.toMatchObject({
    code: 'file-exists',
  })
  expect((await readdir(temporary())).sort()).toEqual(['lungs', 'masks', 'tanks'])
})
