import { describe, expect, test } from 'vitest'
import { chooseFrames, type FrameCandidate } from '../../../src/engine/labels/choose-frames.ts'
import { frameViews } from '../../../src/engine/labels/frame-views.ts'

const at = (x: number, weight = 1): FrameCandidate => ({ view: Float32Array.of(x), weight })

describe('chosen frames', () => {
  test('stand for groups of frames that look alike, the largest difference first', () => {
    const candidates = [0, 0.1, 0.2, 5, 5.1, 9, 9.1, 9.2, 9.3].map((x) => at(x))
    const chosen = chooseFrames(candidates, [], 3)
    expect(chosen.map((i) => Math.round(candidates[i]?.view[0] ?? 0)).sort()).toEqual([0, 5, 9])
  })

  test('are not like those that are known already', () => {
    const candidates = [0, 0.1, 5, 5.1].map((x) => at(x))
    const [first] = chooseFrames(candidates, [Float32Array.of(5)], 1)
    expect(candidates[first ?? -1]?.view[0]).toBeLessThan(1)
  })

  test('are rather those that matter', () => {
    const candidates = [at(0), at(5), at(-5, 3)]
    expect(chooseFrames(candidates, [Float32Array.of(0)], 1)).toEqual([2])
  })

  test('are never more than there are, and each once', () => {
    const candidates = [at(1), at(1), at(1)]
    expect(chooseFrames(candidates, [], 9).sort()).toEqual([0, 1, 2])
    expect(chooseFrames([], [], 3)).toEqual([])
  })
})

describe('the view of a frame', () => {
  const grey = (...values: number[]) =>
    Uint8Array.from(values.flatMap((value) => [value, value, value]))

  test('is how much it differs from the median, noise left out, at most 1', () => {
    const views = frameViews([grey(100, 100), grey(100, 104), grey(100, 250)], [1, 1])
    expect(views.map((view) => [...view])).toEqual([
      [0, 0],
      [0, 0],
      [0, 1],
    ])
  })

  test('counts pixels by their weight', () => {
    const views = frameViews([grey(0, 0), grey(0, 0), grey(255, 255)], [0.5, 0])
    expect([...(views[2] ?? [])]).toEqual([0.5, 0])
  })
})
