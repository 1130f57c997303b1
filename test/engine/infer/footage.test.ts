import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startCompute } from '../../../src/engine/compute/start-compute.ts'
import { openNetwork } from '../../../src/engine/infer/network.ts'
import { personMask } from '../../../src/engine/infer/person-mask.ts'
import type { FrameResult, InferTask } from '../../../src/engine/infer/types.ts'
import { openReader } from '../../../src/engine/media/tape.ts'
import { builtInModel } from '../../../src/engine/models/built-in.ts'
import { gridRegions } from '../../../src/shared/region-grid.ts'
import { countSpans } from '../../../src/shared/region-raster.ts'
import { naiveScores } from '../../fixtures/naive-scores.ts'
import { describeWithShared, sharedPath } from '../../fixtures/shared.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()

describeWithShared('the built-in network on real footage', () => {
  const compute = startCompute()
  afterAll(() => compute.close())

  const size = { width: 320, height: 240 }
  const regions = countSpans(gridRegions(4, 4, size), size)
  /** With one, two and three people, near and far. */
  const frames = [40, 120, 200, 290, 380, 460, 550, 640]
  const footage = sharedPath('data', 'humanbody2')
  let task: InferTask
  let results: FrameResult[]

  async function inferWith(threads: number): Promise<FrameResult[]> {
    const all: FrameResult[] = []
    await compute.run('infer', { ...task, threads }, { onData: (batch) => void all.push(...batch) })
    return all
  }

  beforeAll(async () => {
    const { folder } = await builtInModel(temporary('models'))
    task = {
      index: await compute.run('indexTape', { path: join(footage, 'video.mp4') }),
      frames,
      firstPosition: 0,
      filters: '',
      size,
      modelFolder: folder,
      input: size,
      device: 'cpu',
      regions,
    }
    results = await inferWith(2)
  })

  it('finds people where they are', async () => {
    let both = 0
    let either = 0
    for (const { frame, map } of results) {
      const file = join(footage, 'masks', `${String(frame).padStart(6, '0')}.png`)
      const truth = await sharp(file).extractChannel(0).raw().toBuffer()
      personMask(map, size, 1).forEach((person, pixel) => {
        // 170 is the rim that is not scored.
        if (truth[pixel] === 170) return
        if (person && truth[pixel] === 255) both++
        if (person || truth[pixel] === 255) either++
      })
    }
    expect(both / either).toBeGreaterThan(0.69)
  })

  it('is scored as the definition says', async () => {
    await using network = await openNetwork({ ...task, threads: 1 })
    await using reader = await openReader(task.index.info, task.index, { filters: '' })
    for (const position of [0, 5]) {
      const picture = await reader.read(frames[position] ?? 0)
      const values = await network.run(picture.data)
      const naive = naiveScores(values, network.shape, size, network.cover, regions)
      naive.forEach((sum, i) => {
        const fast = results[position]?.sums[i] ?? Number.NaN
        expect(Math.abs(fast - sum)).toBeLessThanOrEqual(1e-9 * sum)
      })
    }
  })

  it('gives the same numbers again, with one session as with two', async () => {
    expect(await inferWith(1)).toEqual(results)
  })
})
