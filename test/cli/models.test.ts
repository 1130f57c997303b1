import { execFileSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { buildNetwork } from '../../src/engine/models/zoo/architectures.ts'
import { freshDataFolder } from '../fixtures/data-folder.ts'
import { failure, result } from '../fixtures/maskbench.ts'
import { temporaryFolder } from '../fixtures/temporary.ts'
import { WeightsServer } from '../fixtures/weights-server.ts'
import { pthBytes } from '../fixtures/write-pth.ts'
import { fillGolden } from '../fixtures/zoo-weights.ts'

const temporary = temporaryFolder()
const added = z.object({
  added: z.string(),
  models: z.array(z.object({ id: z.string(), active: z.boolean(), classes: z.array(z.string()) })),
})

describe('models add with a PyTorch checkpoint', () => {
  let dataFolder: Awaited<ReturnType<typeof freshDataFolder>>
  const project = () => temporary('lab.maskbench')

  beforeAll(async () => {
    dataFolder = await freshDataFolder()
    const tape = temporary('tape.mp4')
    const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=96x64:rate=25', '-frames:v', '5']
    execFileSync('ffmpeg', ['-v', 'error', '-y', ...picture, tape])
    await result(z.unknown(), 'create', project(), '--tape', tape)
    const { weights } = fillGolden(buildNetwork('lraspp_mobilenet_v3_large', { classes: 2 }))
    const layers = new Map([...weights].filter(([name]) => !name.includes('/')))
    await writeFile(temporary('people.pth'), pthBytes(layers))
  })
  afterAll(() => dataFolder.remove())

  it('makes a network that infers', async () => {
    const words = ['--as', 'lraspp_mobilenet_v3_large', '--activate']
    const { models } = await result(
      added,
      'models',
      'add',
      project(),
      temporary('people.pth'),
      ...words,
    )
    const people = models.find(({ active }) => active)
    expect(people).toMatchObject({ id: 'people', classes: ['background', 'person'] })
    const run = z.object({ model: z.string(), frames: z.number() })
    expect(await result(run, 'infer', project())).toMatchObject({ model: 'people', frames: 5 })
  })

  it('is refused without an architecture, or with another one', async () => {
    const unnamed = await failure('models', 'add', project(), temporary('people.pth'))
    expect(unnamed).toMatchObject({ exit: 2, code: 'bad-model' })
    expect(unnamed.hint).toContain('--as')
    const words = ['--as', 'espnetv2']
    const wrong = await failure('models', 'add', project(), temporary('people.pth'), ...words)
    expect(wrong).toMatchObject({ exit: 2, code: 'bad-checkpoint' })
    expect(wrong.message).toMatch(/missing: .* and \d+ more/)
  })
})

describe('models download', () => {
  let dataFolder: Awaited<ReturnType<typeof freshDataFolder>>
  beforeAll(async () => {
    dataFolder = await freshDataFolder()
  })
  afterAll(() => dataFolder.remove())
  const download = (...words: string[]) => failure('models', 'download', ...words)

  it('refuses what is not the published file', async () => {
    await using server = new WeightsServer(Buffer.from('not these weights'))
    const error = await download('fcn_resnet50', '--from', await server.start())
    expect(error).toMatchObject({ exit: 1, code: 'wrong-checksum' })
    expect(error.message).toContain('1167a1af')
  })

  it('says offline what to download and where to put it', async () => {
    const { exit, code, hint } = await download('fcn_resnet50', '--from', 'http://127.0.0.1:9')
    expect({ exit, code }).toEqual({ exit: 1, code: 'download-failed' })
    const file = 'fcn_resnet50_coco-1167a1af.pth'
    expect(hint).toContain(`put it here: ${join(dataFolder.home, 'weights', file)}`)
  })

  it('names the weights that there are', async () => {
    const error = await download('yolo')
    expect(error).toMatchObject({ exit: 2, code: 'bad-value' })
    expect(error.hint).toContain('deeplabv3_resnet101')
  })
})
