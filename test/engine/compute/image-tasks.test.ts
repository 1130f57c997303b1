import { writeFile } from 'node:fs/promises'
import sharp from 'sharp'
import { beforeAll, describe, expect, test } from 'vitest'
import { type SegmentedImage, segmentImages } from '../../../src/engine/compute/image-tasks.ts'
import { rejection } from '../../fixtures/caught.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { tinyNetwork } from '../../fixtures/tiny-network.ts'

const temporary = temporaryFolder()
const blue = { r: 0, g: 0, b: 255 }
const red = { r: 255, g: 0, b: 0 }
const green = { r: 0, g: 255, b: 0 }

/** A picture of one colour on the left and another on the right. */
async function picture(name: string, left: typeof red, right: typeof red): Promise<string> {
  const half = { width: 32, height: 24, channels: 3 as const }
  const input = await sharp({ create: { ...half, background: right } })
    .png()
    .toBuffer()
  const whole = sharp({ create: { ...half, width: 64, background: left } })
  await whole
    .composite([{ input, left: 32, top: 0 }])
    .png()
    .toFile(temporary(name))
  return temporary(name)
}

async function segment(
  paths: string[],
  classes: { index: number; name: string }[],
  signal = new AbortController().signal,
) {
  const results: SegmentedImage[] = []
  const options = { modelFolder: temporary('tiny'), device: 'cpu', threads: 1, classes }
  const done = await segmentImages(
    { ...options, paths },
    { signal, onProgress: () => {}, emit: async (each) => void results.push(each) },
  )
  return { ...done, results }
}

describe('Pictures that a network looks at', () => {
  let paths: string[] = []
  beforeAll(async () => {
    await tinyNetwork(temporary('tiny'), [0, 0, 0, 0])
    paths = [await picture('a.png', red, green), await picture('b.png', blue, red)]
    await writeFile(temporary('broken.png'), 'no picture')
    // Turned by a quarter: EXIF orientation 6, 24x64 as a viewer shows it.
    await sharp(paths[0]).withMetadata({ orientation: 6 }).jpeg().toFile(temporary('turned.jpg'))
  })
  const classes = [
    { index: 0, name: 'background' },
    { index: 4, name: 'person' },
    { index: 9, name: 'chair' },
  ]

  test('get the classes of the project by the names of the network’s, at their own size', async () => {
    const { results, device } = await segment(paths, classes)
    expect(device).toBe('cpu')
    const seen = results.map((each) => {
      if (!('mask' in each)) throw new TypeError('a mask was expected')
      const { width, height, data } = each.mask
      return [width, height, data[0], data[width - 1]]
    })
    // The network takes red for a person, green for a chair, blue for a person again.
    expect(seen).toEqual([
      [64, 24, 4, 9],
      [64, 24, 4, 4],
    ])
  })

  test('are seen as a viewer shows them', async () => {
    const [only] = (await segment([temporary('turned.jpg')], classes)).results
    expect(only).toMatchObject({ at: 0, mask: { width: 24, height: 64 } })
  })

  test('are named where they cannot be read, and the others are seen', async () => {
    const { results } = await segment([temporary('broken.png'), ...paths], classes)
    expect(results[0]).toMatchObject({ at: 0, why: expect.stringContaining('broken.png') })
    expect(results.slice(1).map(({ at }) => at)).toEqual([1, 2])
  })

  test('are left between two of them when it is cancelled', async () => {
    const aborted = AbortSignal.abort()
    expect((await rejection(segment(paths, classes, aborted))).code).toBe('cancelled')
  })
})
