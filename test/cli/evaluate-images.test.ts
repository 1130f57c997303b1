import { mkdir, readFile, rm } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { projectModelFolder } from '../../src/engine/models/model-store.ts'
import type { ClassMask } from '../../src/shared/mask.ts'
import { freshDataFolder } from '../fixtures/data-folder.ts'
import { writeGrey } from '../fixtures/grey-png.ts'
import { failure, result } from '../fixtures/maskbench.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'
import { tinyNetwork } from '../fixtures/tiny-network.ts'

const temporary = temporaryFolder()
const score = z.number().nullable()
const evaluated = z.looseObject({
  images: z.number(),
  model: z.string(),
  device: z.string(),
  classes: z.array(
    z.looseObject({ name: z.string(), iou: score, precision: score, recall: score }),
  ),
  confusion: z.looseObject({ counts: z.array(z.array(z.number())) }),
  objects: z.looseObject({ classes: z.array(z.looseObject({ name: z.string() })) }).optional(),
  unscored: z.array(z.object({ name: z.string(), why: z.string() })),
})

/** A mask whose first columns are white. */
function columns(width: number, height: number, count: number): ClassMask {
  const data = Uint8Array.from({ length: width * height }, (_, i) => (i % width < count ? 255 : 0))
  return { width, height, data }
}

async function image(name: string, colour: string, width: number, height: number, count: number) {
  const create = { width, height, channels: 3 as const, background: colour }
  await sharp({ create })
    .png()
    .toFile(temporary('set', 'images', name))
  await writeGrey(temporary('set', 'masks', name), columns(width, height, count))
}

describe('evaluate, of image sets', () => {
  const dir = () => temporary('set.maskbench')
  const evaluate = (...more: (string | number)[]) =>
    result(evaluated, 'evaluate', dir(), '--model', 'tiny', '--device', 'cpu', ...more)
  let dataFolder: Awaited<ReturnType<typeof freshDataFolder>>

  beforeAll(async () => {
    dataFolder = await freshDataFolder()
    await mkdir(temporary('set', 'images'), { recursive: true })
    // The network takes what is red for people, and what is green for a chair, which is no class here.
    await image('red.png', '#ff0000', 64, 48, 16)
    await image('green.png', '#00ff00', 40, 32, 8)
    await image('gone.png', '#0000ff', 16, 16, 8)
    await result(
      z.looseObject({ masks: z.literal(3) }),
      ...['dataset', 'import', dir(), temporary('set'), '--map', '255=person'],
    )
    await tinyNetwork(projectModelFolder(dir(), 'tiny'), [0, 0, 0, 0])
    await rm(temporary('set', 'images', 'gone.png'))
  })
  afterAll(() => dataFolder.remove())

  test('counts what a network says of every picture, at the size of each', async () => {
    const scores = await evaluate('--objects', 'person', '--csv', temporary('scores.csv'))
    expect(scores).toMatchObject({
      images: 2,
      model: 'tiny',
      device: 'cpu',
      confusion: {
        counts: [
          [32 * 32, 48 * 48],
          [8 * 32, 16 * 48],
        ],
      },
      objects: { classes: [{ name: 'person', found: 0, missed: 2, false: 1 }] },
      unscored: [{ name: 'gone.png', why: expect.stringContaining('does not exist') }],
    })
    expect(scores.classes[1]).toMatchObject({
      name: 'person',
      iou: (16 * 48) / (16 * 48 + 48 * 48 + 8 * 32),
      precision: 16 / 64,
    })
    expect(await readFile(temporary('scores.csv'), 'utf8')).toMatch(/^class,pixels,iou,/)
  })

  test('looks at one part alone', async () => {
    await result(z.looseObject({}), 'dataset', 'split', dir(), '--ratio', '2:1')
    const { images, unscored } = await evaluate('--split', 'val')
    expect(images + unscored.length).toBe(1)
  })

  test('says what is missing', async () => {
    const words = ['evaluate', dir(), '--model', 'tiny'] as const
    expect(await failure(...words, '--split', 'test')).toMatchObject({ exit: 2, code: 'no-truth' })
    expect(await failure(...words, '--set', 7)).toMatchObject({ code: 'no-such-dataset' })
    expect(await failure(...words, '--objects', 'cap')).toMatchObject({ code: 'bad-value' })
    expect(await failure('evaluate', dir(), '--model', 'none')).toMatchObject({
      code: 'no-such-model',
    })
  })
})
