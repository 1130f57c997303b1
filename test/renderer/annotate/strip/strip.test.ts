import { describe, expect, it } from 'vitest'
import {
  listedFrames,
  markAt,
  marksOf,
  markText,
} from '../../../../src/renderer/src/annotate/strip/frame-marks.ts'
import {
  allFrames,
  clampPosition,
  itemWidth,
  positionShowing,
  someFrames,
  visibleRange,
} from '../../../../src/renderer/src/annotate/strip/strip-view.ts'
import { Thumbnails } from '../../../../src/renderer/src/annotate/strip/thumbnails.ts'

const width = 10 * itemWidth

describe('The strip', () => {
  it('holds the frames in sight only, one more at each side, of 810,000', () => {
    expect(visibleRange(400_000.5, 810_000, width)).toEqual({ first: 399_999, end: 400_012 })
    expect(visibleRange(0, 3, width)).toEqual({ first: 0, end: 3 })
  })

  it('stops at both ends', () => {
    expect(clampPosition(-3, 100, width)).toBe(0)
    expect(clampPosition(99, 100, width)).toBe(90)
    expect(clampPosition(5, 4, width)).toBe(0)
  })

  it('moves as little as it takes to show a frame and one beside it', () => {
    expect(positionShowing(5, 0, 100, width)).toBe(0)
    expect(positionShowing(10, 0, 100, width)).toBe(2)
    expect(positionShowing(4, 5, 100, width)).toBe(3)
    expect(positionShowing(0, 1, 100, width)).toBe(0)
    expect(positionShowing(99, 89, 100, width)).toBe(90)
    expect(positionShowing(60, 0, 100, width)).toBe(55.5)
  })

  it('finds a frame in a list, or the next one', () => {
    const some = someFrames([3, 8, 20])
    expect([0, 3, 4, 20, 99].map((frame) => some.indexOf(frame))).toEqual([0, 0, 1, 2, 2])
    expect(allFrames(10).indexOf(99)).toBe(9)
  })
})

describe('Marks', () => {
  const known = [
    { tape: 1, frame: 4, label: 'labelled', flagged: true },
    { tape: 1, frame: 9, label: 'empty', flagged: false },
    { tape: 2, frame: 4, label: 'labelled', flagged: false },
  ] as const
  const marks = marksOf(1, known, [
    { tape: 1, frame: 4, why: 'far' },
    { tape: 1, frame: 7, why: 'near' },
    { tape: 2, frame: 1, why: 'other' },
  ])

  it('say in words what is known of a frame', () => {
    expect([4, 9, 7, 5].map((frame) => markText(markAt(marks, frame)))).toEqual([
      'labelled, flagged',
      'nobody here',
      'suggested',
      null,
    ])
  })

  it('choose the frames that the strip lists', () => {
    const listed = (filter: Parameters<typeof listedFrames>[2]) => {
      const frames = listedFrames(50, marks, filter)
      return Array.from({ length: Math.min(5, frames.count) }, (_, i) => frames.frameAt(i))
    }
    expect(listed('all')).toEqual([0, 1, 2, 3, 4])
    expect(listed('labelled')).toEqual([4, 9])
    expect(listed('suggested')).toEqual([4, 7])
    expect(listed('flagged')).toEqual([4])
  })
})

describe('Thumbnails', () => {
  function slowly() {
    const open = new Map<string, () => void>()
    const dropped: string[] = []
    const thumbnails = new Thumbnails({
      load: (key) => new Promise((resolve) => open.set(key, () => resolve(`blob:${key}`))),
      drop: (address) => dropped.push(address),
      atOnce: 2,
      keep: 2,
    })
    return { open, dropped, thumbnails }
  }

  it('come a few at a time, the last asked for first, and none that was given up', async () => {
    const { open, thumbnails } = slowly()
    const wishes = ['a', 'b', 'c', 'd', 'e'].map((key) => thumbnails.get(key))
    expect([...open.keys()]).toEqual(['a', 'b'])
    wishes[4]?.cancel()
    open.get('a')?.()
    expect(await wishes[0]?.address).toBe('blob:a')
    expect(await wishes[4]?.address).toBeNull()
    expect([...open.keys()]).toEqual(['a', 'b', 'd'])
  })

  it('are kept, the last ones', async () => {
    const { open, dropped, thumbnails } = slowly()
    for (const key of ['a', 'b', 'c']) {
      const { address } = thumbnails.get(key)
      open.get(key)?.()
      await address
    }
    expect(thumbnails.peek('c')).toBe('blob:c')
    expect(dropped).toEqual(['blob:a'])
  })
})
