import { truncate, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { readState, writeState } from '../../../../src/engine/train/checkpoints/checkpoint-state.ts'
import { rejection } from '../../../fixtures/caught.ts'
import { canMount, mountSmallDisk } from '../../../fixtures/small-disk.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'

const temporary = temporaryFolder()

const state = {
  notes: { step: 12, name: 'Größe', list: [1, 2.5, 1e-300] },
  arrays: {
    odd: Uint8Array.of(1, 2, 3),
    single: Float32Array.of(0.1, -0, Number.POSITIVE_INFINITY),
    double: Float64Array.of(Math.PI),
    none: new Float32Array(0),
  },
}

describe('the state of a training', () => {
  it('is read as it was written', async () => {
    const path = temporary('state.bin')
    await writeState(path, state)
    expect(await readState(path)).toEqual(state)
    await writeState(path, { notes: {}, arrays: {} })
    expect(await readState(path)).toEqual({ notes: {}, arrays: {} })
  })

  it('is none where there is no file', async () => {
    expect(await readState(temporary('nowhere.bin'))).toBeNull()
  })

  it.each([0, 5, 20, 100, 200])('is refused when it is cut off after %i bytes', async (bytes) => {
    const path = temporary('cut.bin')
    await writeState(path, state)
    await truncate(path, bytes)
    expect((await rejection(readState(path))).code).toBe('bad-checkpoint')
  })

  it('is refused when it is something else', async () => {
    await writeFile(temporary('text.bin'), 'a letter of some length to nobody in particular')
    const error = await rejection(readState(temporary('text.bin')))
    expect(error).toMatchObject({
      code: 'bad-checkpoint',
      hint: expect.stringContaining('--resume'),
    })
  })

  it.runIf(canMount)('stays the old one on a disk that is full', async () => {
    const disk = mountSmallDisk(1)
    try {
      const path = disk.path('state.bin')
      await writeState(path, state)
      const large = { notes: {}, arrays: { large: new Float32Array(500_000) } }
      expect((await rejection(writeState(path, large))).code).toBe('disk-full')
      expect(await readState(path)).toEqual(state)
    } finally {
      disk.remove()
    }
  })
})
