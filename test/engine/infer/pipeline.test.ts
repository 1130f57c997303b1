import { writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCompute } from '../../../src/engine/compute/start-compute.ts'
import { openNetwork } from '../../../src/engine/infer/network.ts'
import type { FrameResult, InferTask, PixelSpans } from '../../../src/engine/infer/types.ts'
import { openReader } from '../../../src/engine/media/tape.ts'
import type { Size } from '../../../src/shared/recipe.ts'
import { rejection } from '../../fixtures/caught.ts'
import { naiveProbability, naiveScores, spansWhere } from '../../fixtures/naive-scores.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'
import { tinyNetwork } from '../../fixtures/tiny-network.ts'
import { makeClip } from '../media/clips.ts'

const temporary = temporaryFolder()
const compute = startCompute()
afterAll(() => compute.close())

const frames = 60
const size: Size = { width: 96, height: 64 }
const input: Size = { width: 64, height: 48 }
const regions: PixelSpans[] = [
  spansWhere(size, (x, y) => (x - 40) ** 2 + (y - 30) ** 2 < 400),
  spansWhere(size, (x, y) => x > y),
]
let task: InferTask
/** The same with more frames than ever are under way. */
let longTask: InferTask
/** What the task gives. */
let whole: FrameResult[]

beforeAll(async () => {
  const path = await makeClip(temporary('tape.mp4'), '-c:v libx264 -g 12', frames)
  task = {
    index: await compute.run('indexTape', { path }),
    frames: Array.from({ length: frames }, (_, frame) => frame),
    firstPosition: 0,
    filters: '',
    size,
    modelFolder: await tinyNetwork(temporary('model')),
    input,
    device: 'cpu',
    threads: 2,
    regions,
  }
  const long = await makeClip(temporary('long.mp4'), '-c:v libx264 -preset ultrafast', 400)
  longTask = {
    ...task,
    index: await compute.run('indexTape', { path: long }),
    frames: Array.from({ length: 400 }, (_, frame) => frame),
  }
  whole = await inferAll()
})

async function inferAll(change: Partial<InferTask> = {}): Promise<FrameResult[]> {
  const results: FrameResult[] = []
  await compute.run(
    'infer',
    { ...task, ...change },
    { onData: (batch) => void results.push(...batch) },
  )
  return results
}

describe('inference', () => {
  it('says how much of each region differs from the background that it is given', async () => {
    expect(whole.every(({ changed }) => changed === undefined)).toBe(true)
    const { index, filters } = longTask
    const { data: background } = await compute.run('tapeBackground', { index, filters })
    const long = await inferAll({ ...longTask, background })
    expect(long.length).toBe(400)
    for (const { changed } of long) expect(changed?.length).toBe(regions.length)
    // A part of it that is done later is compared with the same background.
    const rest = await inferAll({
      ...{ ...longTask, background },
      frames: longTask.frames.slice(390),
      firstPosition: 390,
    })
    expect(rest.map(({ changed }) => changed)).toEqual(
      long.slice(390).map(({ changed }) => changed),
    )
    expect(long.some(({ changed }) => (changed?.[1] ?? 0) > 0)).toBe(true)
  })

  it('gives for each frame the scores and the map of the definition', async () => {
    expect(whole.map(({ frame }) => frame)).toEqual(task.frames)
    await using network = await openNetwork({ ...task, threads: 1 })
    await using reader = await openReader(task.index.info, task.index, { filters: '' })
    for await (const picture of reader.frames(task.frames)) {
      const values = await network.run(picture.data)
      const { shape, cover } = network
      const { sums, map } = whole[picture.frame] ?? { sums: [], map: null }
      const naive = naiveScores(values, shape, size, cover, regions)
      naive.forEach((sum, i) => {
        expect(Math.abs((sums[i] ?? Number.NaN) - sum)).toBeLessThanOrEqual(1e-9 * sum)
      })
      expect(map).toMatchObject({ width: 8, height: 6 })
      map?.data.forEach((byte, i) => {
        const p = naiveProbability(values, shape, map, cover, i % 8, Math.floor(i / 8))
        expect(Math.abs(byte - 255 * p)).toBeLessThanOrEqual(0.5 + 1e-9)
      })
    }
  })

  it('gives the same numbers with any number of threads', async () => {
    expect(await inferAll({ threads: 1 })).toEqual(whole)
    expect(await inferAll({ threads: 3 })).toEqual(whole)
  })

  it('gives a part of a run the numbers and positions that it has in the whole', async () => {
    const part = await inferAll({ frames: [7, 30, 31, 55], firstPosition: 12 })
    expect(part.map(({ position }) => position)).toEqual([12, 13, 14, 15])
    for (const { frame, sums, map } of part)
      expect({ sums, map }).toEqual({ sums: whole[frame]?.sums, map: whole[frame]?.map })
  })

  it('reports frames as they are handed on, up to the last', async () => {
    const done: number[] = []
    const onProgress = ({
      done: n,
      unit,
      total,
    }: {
      done: number
      unit: string
      total: number
    }) => {
      expect({ unit, total }).toEqual({ unit: 'frames', total: frames })
      done.push(n)
    }
    const { device } = await compute.run('infer', task, { onProgress })
    expect(device).toBe('cpu')
    expect(done.at(-1)).toBe(frames)
    expect(done).toEqual([...done].sort((a, b) => a - b))
  })

  it('runs no further ahead of a slow receiver than a few batches', async () => {
    const gate = Promise.withResolvers<void>()
    let reported = 0
    const onProgress = ({ done }: { done: number }) => {
      reported = done
    }
    const running = compute.run('infer', longTask, { onProgress, onData: () => gate.promise })
    await settled(() => reported)
    expect(reported).toBeLessThan(100)
    gate.resolve()
    await running
    expect(reported).toBe(longTask.frames.length)
  })
})

describe('inference that is interrupted', () => {
  it('stops when it is cancelled, with an unbroken series of results', async () => {
    const before = compute.processId
    const controller = new AbortController()
    const results: FrameResult[] = []
    const onData = (batch: FrameResult[]) => {
      controller.abort()
      results.push(...batch)
    }
    const running = compute.run('infer', longTask, { signal: controller.signal, onData })
    expect((await rejection(running)).code).toBe('cancelled')
    expect(results.length).toBeLessThan(100)
    expect(results.map(({ position }) => position)).toEqual(results.map((_, i) => i))
    expect(compute.processId).toBe(before)
    expect((await inferAll()).length).toBe(frames)
  })

  it('goes on with the same numbers after its process was killed', async () => {
    const results: FrameResult[] = []
    const onData = (batch: FrameResult[]) => {
      if (results.length === 0) process.kill(compute.processId ?? 0, 'SIGKILL')
      results.push(...batch)
    }
    const error = await rejection(compute.run('infer', longTask, { onData }))
    expect(error.code).toBe('compute-crashed')
    expect(error.message).toBe('a compute process was ended by SIGKILL during infer')
    expect(results.length).toBeLessThan(100)
    expect(await inferAll({ frames: task.frames.slice(10), firstPosition: 10 })).toEqual(
      whole.slice(10),
    )
  })
})

describe('a network that cannot be used', () => {
  it('is named when it is broken', async () => {
    const modelFolder = await tinyNetwork(temporary('broken'))
    await writeFile(temporary('broken', 'model.onnx'), 'no network at all')
    const error = await rejection(inferAll({ modelFolder }))
    expect(error.code).toBe('bad-model')
    expect(error.message).toContain(temporary('broken', 'model.onnx'))
  })

  it('is named when it is missing', async () => {
    const error = await rejection(inferAll({ modelFolder: temporary('nowhere') }))
    expect(error.code).toBe('no-such-file')
    expect(error.message).toContain(temporary('nowhere', 'model.onnx'))
  })

  it('is refused when its answer has other classes than its description', async () => {
    const modelFolder = await tinyNetwork(temporary('three'), [1, 2, 3])
    const error = await rejection(inferAll({ modelFolder }))
    expect(error.code).toBe('bad-model')
    expect(error.message).toBe(
      "network tiny: output 'logits' has the shape 1x3x6x8, expected were 4 sides with 4 classes",
    )
  })

  it('is refused when it answers with what is no number', async () => {
    const modelFolder = await tinyNetwork(temporary('nan'), [1, Number.NaN, 0, 0])
    const error = await rejection(inferAll({ modelFolder }))
    expect(error.code).toBe('bad-model')
    expect(error.message).toContain('not numbers')
  })

  it('says which devices there are when it is to run on one that is not there', async () => {
    const error = await rejection(inferAll({ device: 'abacus' }))
    expect(error.code).toBe('no-such-device')
    expect(error.message).toContain('cpu')
  })
})

/** Resolves when a number has left 0 and then not changed for a while. */
async function settled(value: () => number): Promise<void> {
  for (let before = 0; before === 0 || before !== value(); await sleep(300)) before = value()
}
