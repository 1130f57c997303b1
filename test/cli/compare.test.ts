import { mkdir, readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { projectModelFolder } from '../../src/engine/models/model-store.ts'
import { comparisonSchema } from '../../src/shared/contract/compare.ts'
import { freshDataFolder } from '../fixtures/data-folder.ts'
import { writeGrey } from '../fixtures/grey-png.ts'
import { failure, result } from '../fixtures/maskbench.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'
import { tinyNetwork } from '../fixtures/tiny-network.ts'

const temporary = temporaryFolder()
const dir = () => temporary('set.maskbench')
const words = (models: string, ...more: string[]) => [
  ...['compare', dir(), '--models', models, '--device', 'cpu', '--threads', '1', '--runs', '1'],
  ...more,
]

describe('compare', () => {
  let dataFolder: Awaited<ReturnType<typeof freshDataFolder>>

  beforeAll(async () => {
    dataFolder = await freshDataFolder()
    await mkdir(temporary('set', 'images'), { recursive: true })
    const create = { width: 64, height: 48, channels: 3 as const, background: '#ff0000' }
    await sharp({ create })
      .png()
      .toFile(temporary('set', 'images', 'red.png'))
    const data = Uint8Array.from({ length: 64 * 48 }, (_, i) => (i % 64 < 48 ? 255 : 0))
    await writeGrey(temporary('set', 'masks', 'red.png'), { width: 64, height: 48, data })
    await result(
      z.looseObject({ masks: z.literal(1) }),
      ...['dataset', 'import', dir(), temporary('set'), '--map', '255=person'],
    )
    await tinyNetwork(projectModelFolder(dir(), 'tiny'), [0, 0, 0, 0])
  })
  afterAll(() => dataFolder.remove())

  test('tells how good and how large networks are, and nothing of those without weights', async () => {
    const report = temporary('report.md')
    const models = 'tiny,lraspp_mobilenet_v3_large'
    const { networks, classes } = await result(comparisonSchema, ...words(models, '--out', report))
    expect(classes.map(({ name }) => name)).toEqual(['background', 'person'])
    const [tiny, lraspp] = networks
    // Everything is red, which it takes for people: a quarter is none.
    expect(tiny?.accuracy).toMatchObject({ classIou: [0, 0.75], meanIou: 0.375, images: 1 })
    // A 1x1 convolution of 3 colours to 4 classes, with biases, at 8x6 places.
    expect(tiny).toMatchObject({ parameters: 16, gflops: (8 * 6 * 12) / 1e9, note: null })
    expect(tiny?.input).toEqual({ width: 64, height: 48 })
    expect(lraspp).toMatchObject({ accuracy: null, parameters: 3_221_538, secondsPerEpoch: null })
    expect(lraspp?.note).toContain('no accuracy: ')
    expect(lraspp?.note).toContain('maskbench models download lraspp_mobilenet_v3_large')
    for (const each of networks)
      expect([each.secondsPerImage > 0, each.peakBytes > 1e7]).toEqual([true, true])
    expect(await readFile(report, 'utf8')).toContain('| lraspp_mobilenet_v3_large | – | – | 3.22 |')
  })

  test('refuses what it cannot compare before it begins', async () => {
    expect(await failure(...words('tiny,tiny'))).toMatchObject({ exit: 2, code: 'bad-value' })
    expect(await failure(...words('tiny,nothing'))).toMatchObject({ code: 'no-such-model' })
    expect(await failure(...words('tiny', '--split', 'val'))).toMatchObject({ code: 'no-truth' })
    expect(await failure(...words('tiny', '--out', 'a.pdf'))).toMatchObject({ exit: 2 })
  })
})
