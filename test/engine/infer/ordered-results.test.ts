import { describe, expect, it } from 'vitest'
import { OrderedResults } from '../../../src/engine/infer/ordered-results.ts'
import type { FrameResult } from '../../../src/engine/infer/types.ts'

function resultOf(position: number): FrameResult {
  const map = { width: 1, height: 1, data: new Uint8Array(1) }
  return { position, frame: position * 10, sums: new Float64Array(20), map }
}

/** The results, where their positions are noted, and the frames reported as done. */
function collecting() {
  const positions: number[] = []
  const done: number[] = []
  const results = new OrderedResults(
    async (batch) => {
      for (const { position } of batch) positions.push(position)
    },
    (count) => done.push(count),
  )
  return { results, positions, done }
}

describe('results of frames', () => {
  it('are handed on in order, whichever is finished first', async () => {
    const { results, positions, done } = collecting()
    const waiting = Array.from({ length: 40 }, () => Promise.withResolvers<FrameResult>())
    for (const { promise } of waiting) results.add(promise)
    for (const [position, { resolve }] of [...waiting.entries()].reverse())
      resolve(resultOf(position))
    await results.takeAll()
    expect(positions).toEqual(waiting.map((_, position) => position))
    expect(done).toEqual(waiting.map((_, position) => position + 1))
  })

  it('end before the first that failed, even where later ones were finished', async () => {
    const { results, positions } = collecting()
    results.add(Promise.resolve(resultOf(0)))
    results.add(Promise.resolve(resultOf(1)))
    results.add(Promise.reject(new Error('frame 20')))
    results.add(Promise.resolve(resultOf(3)))
    await results.takeFirst()
    await results.takeFirst()
    await expect(results.takeFirst()).rejects.toThrow('frame 20')
    await results.takeAll()
    expect(positions).toEqual([0, 1])
  })
})
