import { readdir } from 'node:fs/promises'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { segmentResultSchema } from '../../src/shared/contract/segment.ts'
import { freshDataFolder } from '../fixtures/data-folder.ts'
import { failure, result } from '../fixtures/maskbench.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'
import { tinyNetwork } from '../fixtures/tiny-network.ts'

const temporary = temporaryFolder()

describe('segment', () => {
  let data: Awaited<ReturnType<typeof freshDataFolder>>
  const words = (...more: string[]) => [
    ...['segment', temporary('red.png'), '--out', temporary('out'), '--device', 'cpu', ...more],
  ]
  const tiny = () => ['--model', temporary('tiny')]

  beforeAll(async () => {
    data = await freshDataFolder()
    await tinyNetwork(temporary('tiny'), [0, 0, 0, 0])
    const create = { width: 64, height: 48, channels: 3 as const, background: '#ff0000' }
    await sharp({ create }).png().toFile(temporary('red.png'))
  })
  afterAll(() => data.remove())

  test('refuses what it cannot do, and says what it can', async () => {
    expect(await failure(...words('--model', 'nothing'))).toMatchObject({
      ...{ exit: 2, code: 'no-such-model' },
    })
    const missing = await failure(...words('--model', 'fcn_resnet101'))
    expect(missing).toMatchObject({ exit: 2, code: 'weights-missing' })
    expect(missing.hint).toContain('maskbench models download fcn_resnet101')
    expect(await failure(...words(...tiny(), '--overlap', '0.5'))).toMatchObject({ code: 'usage' })
    for (const bad of [
      ['--scales', '1,x'],
      ['--crop', '256'],
      ['--window', '0x0'],
      ['--mode', 'x'],
    ])
      expect((await failure(...words(...tiny(), ...bad))).exit).toBe(2)
    expect(await readdir(temporary()).then((names) => names.includes('out'))).toBe(false)
  })

  test('looks as it is told', async () => {
    const look = [
      '--crop',
      '--window',
      '100x100',
      '--overlap',
      '0.25',
      '--scales',
      '0.5,1',
      '--flip',
    ]
    const done = await result(
      segmentResultSchema,
      ...words(...tiny(), '--mode', 'overlay', '--only', 'person', ...look),
    )
    expect(done.look).toEqual({
      ...{ crop: { resize: 256, size: 224 }, window: { width: 100, height: 100 } },
      ...{ overlap: 0.25, scales: [0.5, 1], flip: true },
    })
    expect(done.pictures).toEqual([
      {
        ...{ name: 'red.png', file: temporary('out', 'red.jpg') },
        classes: [{ index: 1, pixels: 224 * 224 }],
      },
    ])
  })
})
