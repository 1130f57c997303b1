import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readJson } from '../../../src/engine/formats/json.ts'
import { indexTape } from '../../../src/engine/media/tape.ts'
import { warpNearest } from '../../../src/engine/preprocess/warp-mask.ts'
import { renderSample, type Sample } from '../../../src/engine/sample/render-sample.ts'
import type { JobProgress } from '../../../src/shared/progress.ts'
import { recipeSchema } from '../../../src/shared/recipe.ts'
import { regionFileSchema } from '../../../src/shared/region.ts'
import { checkRegions } from '../../../src/shared/region-check.ts'
import { rasterise } from '../../../src/shared/region-raster.ts'
import { rejection } from '../../fixtures/caught.ts'
import { canMount, mountSmallDisk } from '../../fixtures/small-disk.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()
const small = { frames: 20, size: 160 }

async function maskOf({ masks }: Sample, frame: number) {
  const file = join(masks, `${String(frame).padStart(6, '0')}.png`)
  const { channels, depth, space } = await sharp(file).metadata()
  const { data, info } = await sharp(file)
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { kind: { channels, depth, space }, data: new Uint8Array(data), ...info }
}

async function hashOf(folder: string): Promise<string> {
  const hash = createHash('sha256')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  for (const path of files.map(({ parentPath, name }) => join(parentPath, name)).sort())
    hash.update(path.slice(folder.length)).update(await readFile(path))
  return hash.digest('hex')
}

describe('a sample', () => {
  let sample: Sample
  const reports: JobProgress[] = []
  beforeAll(async () => {
    const onProgress = (progress: JobProgress) => void reports.push(progress)
    sample = await renderSample(temporary('sample'), small, { onProgress })
  })

  it('has a tape that opens whole, with all frames', async () => {
    const { frames, info, problem } = await indexTape(sample.tape)
    expect(problem).toBeNull()
    expect(frames).toBe(20)
    expect(info).toMatchObject({ width: 160, height: 160, codec: 'h264', framesPerSecond: 15 })
  })

  it('has a one-channel mask for every frame, of the tape size, with people in it', async () => {
    expect((await readdir(sample.masks)).length).toBe(20)
    for (const frame of [0, 7, 19]) {
      const { data, kind, width, height } = await maskOf(sample, frame)
      expect(kind).toEqual({ channels: 1, depth: 'uchar', space: 'b-w' })
      expect([width, height]).toEqual([160, 160])
      expect(new Set(data)).toEqual(new Set([0, 255]))
    }
  })

  it('has a recipe and regions that the product takes', async () => {
    const recipe = await readJson(sample.recipe, recipeSchema)
    expect(recipe.size).toEqual({ width: 500, height: 500 })
    const { rois } = await readJson(sample.rois, regionFileSchema)
    expect(() => checkRegions(rois, recipe.size)).not.toThrow()
    expect(rois.map(({ name }) => name)).toContain('packing table')
  })

  it('has a truth that its masks give through its recipe', async () => {
    const recipe = await readJson(sample.recipe, recipeSchema)
    const { rois } = await readJson(sample.rois, regionFileSchema)
    const truth = await readJson(
      join(sample.masks, '..', 'truth.json'),
      z.object({
        truthPixels: z.number(),
        rois: z.array(z.object({ name: z.string(), occupied: z.array(z.number()) })),
      }),
    )
    expect(truth.rois.some(({ occupied }) => occupied.length > 0)).toBe(true)
    for (let frame = 0; frame < 20; frame += 3) {
      const { data, width, height } = await maskOf(sample, frame)
      const seen = warpNearest(data, { width, height }, recipe)
      rois.forEach((roi, index) => {
        const { spans } = rasterise(roi.points, recipe.size)
        let people = 0
        for (let at = 0; at < spans.length; at += 3)
          for (let x = spans[at + 1] ?? 0; x < (spans[at + 2] ?? 0); x++)
            if (seen[(spans[at] ?? 0) * recipe.size.width + x] === 255) people++
        expect(truth.rois[index]?.occupied.includes(frame)).toBe(people >= truth.truthPixels)
      })
    }
  })

  it('reports its progress frame by frame up to the last', () => {
    expect(reports.at(-1)).toMatchObject({ done: 20, total: 20, unit: 'frames' })
  })

  it('has the same bytes for the same seed', async () => {
    await renderSample(temporary('again'), small)
    expect(await hashOf(temporary('again'))).toBe(await hashOf(temporary('sample')))
  })

  it('shows other people for another seed', async () => {
    const other = await renderSample(temporary('other'), { ...small, seed: 99, frames: 1 })
    expect((await maskOf(other, 0)).data).not.toEqual((await maskOf(sample, 0)).data)
  })
})

it('leaves nothing behind when it is cancelled', async () => {
  const abort = new AbortController()
  const onProgress = () => abort.abort()
  const rendering = renderSample(temporary('cancelled'), small, {
    signal: abort.signal,
    onProgress,
  })
  expect((await rejection(rendering)).code).toBe('cancelled')
  expect((await readdir(temporary())).filter((name) => name.startsWith('cancelled'))).toEqual([])
})

it('fills an empty folder, but refuses one that is in use', async () => {
  await mkdir(temporary('empty'))
  await renderSample(temporary('empty'), { ...small, frames: 1 })
  await writeFile(temporary('empty', 'note.txt'), 'mine')
  const error = await rejection(renderSample(temporary('empty'), small))
  expect(error.code).toBe('file-exists')
  expect(error.message).toContain(temporary('empty'))
  expect(existsSync(temporary('empty', 'note.txt'))).toBe(true)
})

it.each([
  [{ frames: 0 }, 'the number of frames of a sample tape is 0'],
  [{ frames: 13_501 }, 'a whole number from 1 to 13500 was expected'],
  [{ seed: -1 }, 'the seed of a sample tape is -1'],
  [{ size: 101 }, 'must be even'],
  [{ framesPerSecond: 12.5 }, 'per second'],
])('refuses %o', async (options, words) => {
  const error = await rejection(renderSample(temporary('refused'), options))
  expect(error.code).toBe('bad-value')
  expect(error.message).toContain(words)
})

it.skipIf(!canMount)('says that the disk is full, and leaves nothing on it', async () => {
  const disk = mountSmallDisk(1)
  try {
    disk.fill(20_000)
    const error = await rejection(renderSample(disk.path('sample'), small))
    expect(error.code).toBe('disk-full')
    expect(existsSync(disk.path('sample'))).toBe(false)
    expect(existsSync(disk.path('sample.partial'))).toBe(false)
  } finally {
    disk.remove()
  }
})
