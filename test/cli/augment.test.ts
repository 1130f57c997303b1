import { readFile, writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { encodedSample } from '../fixtures/augment-samples.ts'
import { failure, result } from '../fixtures/maskbench.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'

const temporary = temporaryFolder()
const [width, height] = [60, 40]

const outcome = z.object({
  path: z.string(),
  columns: z.number(),
  variants: z.array(
    z.object({
      width: z.number(),
      height: z.number(),
      operations: z.array(z.looseObject({ kind: z.string() })),
    }),
  ),
})

async function writeMask(name: string, size: { width: number; height: number }): Promise<void> {
  const data = encodedSample(size.width, size.height).mask ?? new Uint8Array()
  await sharp(data, { raw: { ...size, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toFile(temporary(name))
}

const preview = (...words: (string | number)[]) =>
  [
    'augment',
    'preview',
    temporary('picture.png'),
    '--out',
    temporary('grid.png'),
    ...words,
  ] as const

const pipelines = {
  'turn.json': [
    { kind: 'affine', rotate: [-30, 30] },
    { kind: 'resize', width: 30, height: 20 },
  ],
  'unknown.json': [{ kind: 'blurr' }],
  'backwards.json': [{ kind: 'one-of', steps: [{ kind: 'affine', rotate: [30, -30] }] }],
}

beforeAll(async () => {
  const { picture } = encodedSample(width, height)
  await sharp(picture, { raw: { width, height, channels: 3 } })
    .png()
    .toFile(temporary('picture.png'))
  await writeMask('mask.png', { width, height })
  await writeMask('small.png', { width: 59, height: 40 })
  for (const [name, steps] of Object.entries(pipelines))
    await writeFile(temporary(name), JSON.stringify(steps))
  await writeFile(temporary('broken.json'), '[{]')
})

describe('The preview of a pipeline', () => {
  const turn = () => ['--pipeline', temporary('turn.json')] as const

  it('is a grid of the picture and its variants, and says what was drawn', async () => {
    const found = await result(outcome, ...preview(...turn(), '--count', 5))
    expect(found.variants).toHaveLength(5)
    for (const variant of found.variants) {
      expect([variant.width, variant.height]).toEqual([30, 20])
      expect(variant.operations.map(({ kind }) => kind)).toEqual(['affine', 'resize'])
      expect(Math.abs(Number(variant.operations[0]?.rotate))).toBeLessThanOrEqual(30)
    }
    const grid = await sharp(temporary('grid.png')).metadata()
    // Six cells of 256 pixels in three columns, 4 pixels around each.
    expect([found.columns, grid.width, grid.height]).toEqual([3, 784, 524])
  })

  it('is the same for the same seed and another for another', async () => {
    const grids: Buffer[] = []
    for (const seed of [4, 4, 5]) {
      await result(outcome, ...preview(...turn(), '--seed', seed, '--count', 2))
      grids.push(await readFile(temporary('grid.png')))
    }
    const [first, again, other] = grids
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
  })

  it('has the mask drawn over', async () => {
    const cell = async (...words: string[]) => {
      await result(outcome, ...preview(...turn(), '--count', 1, ...words))
      return sharp(temporary('grid.png'))
        .extract({ left: 4, top: 4, width, height })
        .raw()
        .toBuffer()
    }
    const { picture, mask } = encodedSample(width, height)
    expect((await cell()).equals(picture)).toBe(true)
    const drawn = await cell('--mask', temporary('mask.png'), '--encoding', 'index')
    mask?.forEach((label, pixel) => {
      const at = 3 * pixel
      const before = [...picture.subarray(at, at + 3)]
      if (label === 0) expect([...drawn.subarray(at, at + 3)]).toEqual(before)
      else expect([...drawn.subarray(at, at + 3)]).not.toEqual(before)
    })
  })

  it.each([
    [
      'an unknown operation',
      'unknown.json',
      'bad-value',
      /steps\[0\]\.kind: 'blurr' is no operation/,
    ],
    [
      'a range the wrong way round',
      'backwards.json',
      'bad-value',
      /steps\[0\]\.steps\[0\]\.rotate: .*not the other way round/,
    ],
    ['a file that is not JSON', 'broken.json', 'bad-json', /line 1, column 3/],
    ['a file that is not there', 'missing.json', 'no-such-file', /missing\.json/],
  ])('refuses %s', async (_name, file, code, message) => {
    const found = await failure(...preview('--pipeline', temporary(file)))
    expect(found).toMatchObject({ exit: 2, code })
    expect(found.message).toMatch(message)
  })

  it('refuses a mask of another size, and one whose values mean nothing', async () => {
    const words = (mask: string) => preview(...turn(), '--mask', temporary(mask))
    const small = await failure(...words('small.png'), '--encoding', 'index')
    expect(small).toMatchObject({ exit: 2, code: 'mask-size-differs' })
    expect(small.message).toMatch(/small\.png is 59x40, its picture 60x40/)
    const unsaid = await failure(...words('mask.png'))
    expect(unsaid).toMatchObject({ exit: 2, code: 'undeclared-values' })
  })
})
