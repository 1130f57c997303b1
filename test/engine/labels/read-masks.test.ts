import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseMaskMap } from '../../../src/engine/formats/mask-map.ts'
import { encodeMask } from '../../../src/engine/formats/mask-write.ts'
import type { MaskGeometry } from '../../../src/engine/labels/fit-mask.ts'
import { findMasks, readMasks } from '../../../src/engine/labels/read-masks.ts'
import { type ClassMask, defaultClasses as classes } from '../../../src/shared/mask.ts'
import { rejection } from '../../fixtures/caught.ts'
import { collect } from '../../fixtures/collect.ts'
import { describeWithShared, sharedPath } from '../../fixtures/shared.ts'

const tape = { frames: 100, files: [] }

/** The recipe of these tests crops the left upper corner. */
const corner: MaskGeometry = {
  tape: { width: 4, height: 2 },
  recipe: { width: 2, height: 1 },
  geometryHash: 'corner',
  throughRecipe: ({ data }) => ({ width: 2, height: 1, data: data.slice(0, 2) }),
}

const maskOf = (width: number, height: number, ...pixels: number[]): ClassMask => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height }, (_, i) => pixels[i] ?? 0),
})

describe('Masks of a folder', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'masks-'))
    const file = (name: string) => join(folder, name)
    await writeFile(file('000003.png'), await encodeMask(maskOf(4, 2, 1, 255), classes, null))
    await writeFile(file('000001.png'), await encodeMask(maskOf(2, 1, 0, 1), classes, 'corner'))
    await writeFile(file('other.png'), await encodeMask(maskOf(2, 1), classes, 'old recipe'))
    await writeFile(file('large.png'), await encodeMask(maskOf(5, 5), classes, null))
    await writeFile(file('text7.png'), 'no picture')
  })
  afterAll(() => rm(folder, { recursive: true }))

  const read = async (path: string, frames: number[] | null, geometry = corner) =>
    collect(readMasks(await findMasks(path, tape, frames), { classes }, geometry))

  test('arrive in recipe pixels, in the order of the frames', async () => {
    expect(await read(folder, [1, 3])).toEqual([
      { frame: 1, file: '000001.png', mask: maskOf(2, 1, 0, 1) },
      { frame: 3, file: '000003.png', mask: maskOf(2, 1, 1, 255) },
    ])
  })

  test('that cannot be read end the work with an error that names the file', async () => {
    const error = await rejection(read(folder, null))
    expect(error.code).toBe('bad-mask')
    expect(error.message).toContain('text7.png')
  })

  test('may be a single file for a single frame, whatever its name', async () => {
    const [only] = await read(join(folder, '000003.png'), [42])
    expect(only?.frame).toBe(42)
  })

  test('of another size are refused with the three sizes', async () => {
    const error = await rejection(read(join(folder, 'large.png'), [5]))
    expect(error.code).toBe('mask-size-differs')
    expect(error.message).toContain('5x5')
    expect(error.message).toContain('4x2')
    expect(error.message).toContain('2x1')
  })

  test('exported with another recipe are refused', async () => {
    expect((await rejection(read(join(folder, 'other.png'), [5]))).code).toBe('other-geometry')
  })

  test('of our own stay as they are where tape and picture have the same size', async () => {
    const sameSizes = { ...corner, tape: corner.recipe, throughRecipe: () => maskOf(2, 1, 9, 9) }
    const [own] = await read(join(folder, '000001.png'), [1], sameSizes)
    expect(own?.mask).toEqual(maskOf(2, 1, 0, 1))
  })

  test.each([
    ['a frame that does not exist', '000003.png', [100], 'no-such-frame', '0 to 99'],
    ['no frame', 'large.png', null, 'bad-mask', 'frame number'],
    ['no file', 'absent.png', null, 'no-such-file', 'absent.png'],
    ['frames without a mask', '', [50], 'bad-mask', 'no mask for frame 50'],
  ])('for %s are refused', async (_title, name, frames, code, said) => {
    const error = await rejection(findMasks(join(folder, name), tape, frames))
    expect(error.code).toBe(code)
    expect(`${error.message} ${error.hint}`).toContain(said)
  })

  test('stop between two files when the work is cancelled', async () => {
    const abort = new AbortController()
    const found = await findMasks(folder, tape, [1, 3])
    const frames: number[] = []
    const reading = async () => {
      for await (const { frame } of readMasks(found, { classes }, corner, abort)) {
        frames.push(frame)
        abort.abort()
      }
    }
    expect((await rejection(reading())).code).toBe('cancelled')
    expect(frames).toEqual([1])
  })
})

describeWithShared('Masks of real footage', () => {
  const path = sharedPath('data', 'humanbody2', 'masks')
  const size = { width: 320, height: 240 }
  const flat = {
    tape: size,
    recipe: size,
    geometryHash: '',
    throughRecipe: (mask: ClassMask) => mask,
  }
  const humanbody2 = { frames: 740, files: [] }

  test('with a rim of 170 are refused until the rim is declared', async () => {
    const found = await findMasks(path, humanbody2, [100])
    const undeclared = collect(readMasks(found, { classes }, flat))
    const error = await rejection(undeclared)
    expect(error.code).toBe('undeclared-values')
    expect(error.message).toMatch(/000100\.png .* 170 \(\d+ px\)/)

    const map = parseMaskMap(['170=ignore'], classes)
    const [only] = await collect(readMasks(found, { classes, map }, flat))
    expect(new Set(only?.mask.data)).toEqual(new Set([0, 1, 255]))
  })
})
