import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { FeatureCache } from '../../../../src/engine/train/samples/feature-cache.ts'
import type { PreparedSample } from '../../../../src/engine/train/samples/prepared-sample.ts'
import { canMount, mountSmallDisk } from '../../../fixtures/small-disk.ts'
import { temporaryFolder } from '../../../fixtures/temporary.ts'

const temporary = temporaryFolder()

const layout = {
  inputs: [
    { name: 'low', type: 'float32', shape: [1, 2, 3, 5] },
    { name: 'image', type: 'uint8', shape: [1, 3, 7, 1] },
  ],
  labels: [4, 3],
} as const

/** 30 floats, 21 bytes, 12 labels: 153 bytes. */
function sample(number: number): PreparedSample {
  return {
    values: [
      Float32Array.from({ length: 30 }, (_, i) => number + i / 7),
      Uint8Array.from({ length: 21 }, (_, i) => number + i),
    ],
    labels: Uint8Array.from({ length: 12 }, (_, i) => (number + i) % 2),
  }
}

describe('the cache of prepared samples', () => {
  it.each([0, 2 * 153, 1e6])(
    'gives back what was put in, with %i bytes of memory',
    async (memoryCap) => {
      const path = temporary('features.bin')
      {
        await using cache = new FeatureCache({ path, memoryCap, layout })
        for (const number of [5, 0, 17, 3]) await cache.put(number, sample(number))
        for (const number of [3, 17, 0, 5]) expect(await cache.get(number)).toEqual(sample(number))
        expect(await cache.get(4)).toBeNull()
        expect(existsSync(path)).toBe(memoryCap < 4 * 153)
      }
      expect(existsSync(path)).toBe(false)
    },
  )

  it.runIf(canMount)('forgets what a full disk does not take', async () => {
    const disk = mountSmallDisk(1)
    try {
      const wide = { ...layout, labels: [300, 1000] } as const
      await using cache = new FeatureCache({ path: disk.path('x.bin'), memoryCap: 0, layout: wide })
      for (const number of [0, 1, 2, 3, 4])
        await cache.put(number, { ...sample(number), labels: new Uint8Array(300_000).fill(number) })
      expect((await cache.get(2))?.labels[299_999]).toBe(2)
      expect(await cache.get(4)).toBeNull()
    } finally {
      disk.remove()
    }
  })
})
