import { describe, expect, it } from 'vitest'
import {
  isOccupied,
  occupiedColumns,
  stretchAt,
} from '../../../src/renderer/src/review/timeline/columns.ts'
import {
  scoreScale,
  stepped,
  toScore,
  toY,
} from '../../../src/renderer/src/review/timeline/score-scale.ts'
import { ticksOf } from '../../../src/renderer/src/review/timeline/ticks.ts'
import {
  TimelineView,
  toPosition,
  toX,
} from '../../../src/renderer/src/review/timeline/timeline-view.ts'

function viewOf(positions: number): TimelineView {
  const view = new TimelineView()
  view.setPositions(positions)
  return view
}

describe('the span of the timelines', () => {
  it('shows the whole tape at first', () => {
    expect(viewOf(13_500).get()).toEqual({ from: 0, to: 13_500 })
  })

  it('keeps the position below the pointer where it is while zooming', () => {
    const view = viewOf(13_500)
    const before = toX(9000, view.get(), 1000)
    view.zoomAt(9000, 8)
    expect(toX(9000, view.get(), 1000)).toBeCloseTo(before)
    expect(toPosition(before, view.get(), 1000)).toBeCloseTo(9000)
  })

  it('goes down to single frames and no further, and back to the whole tape', () => {
    const view = viewOf(810_000)
    for (let i = 0; i < 60; i++) view.zoomAt(400_000, 2)
    expect(view.get().to - view.get().from).toBe(8)
    expect(view.get().from).toBeLessThan(400_000)
    for (let i = 0; i < 60; i++) view.zoomAt(400_000, 0.5)
    expect(view.get()).toEqual({ from: 0, to: 810_000 })
    expect(view.isFitted).toBe(true)
  })

  it('stays on the tape while it is moved', () => {
    const view = viewOf(1000)
    view.zoomAt(500, 10)
    view.panBy(-5000)
    expect(view.get()).toEqual({ from: 0, to: 100 })
    view.panBy(5000)
    expect(view.get()).toEqual({ from: 900, to: 1000 })
  })

  it('moves a little for a frame beside it, and to the middle for one that is far away', () => {
    const view = viewOf(1000)
    view.zoomAt(0, 10)
    view.reveal(99)
    expect(view.get().from).toBeGreaterThan(0)
    expect(view.get().from).toBeLessThan(10)
    view.reveal(700)
    expect((view.get().from + view.get().to) / 2).toBeCloseTo(700.5)
    const before = view.get()
    view.reveal(710)
    expect(view.get()).toBe(before)
  })

  it('goes on showing all when a run has got further, and stays where somebody has zoomed in', () => {
    const view = viewOf(1000)
    view.setPositions(2000)
    expect(view.get()).toEqual({ from: 0, to: 2000 })
    view.zoomAt(100, 10)
    const zoomed = view.get()
    view.setPositions(4000)
    expect(view.get()).toEqual(zoomed)
  })

  it('shows a tape of a few frames', () => {
    expect(viewOf(3).get()).toEqual({ from: 0, to: 3 })
    expect(viewOf(0).get()).toEqual({ from: 0, to: 1 })
  })
})

describe('occupied columns', () => {
  const stretches = Uint32Array.from([0, 0, 10, 19, 21, 30, 90, 99])

  it('are as wide as their frames, and at least one pixel', () => {
    expect(occupiedColumns(stretches, { from: 0, to: 100 }, 200)).toEqual([
      ...[0, 2, 20, 40, 42, 62, 180, 200],
    ])
    expect(occupiedColumns(stretches, { from: 0, to: 100 }, 20)).toEqual([0, 1, 2, 7, 18, 20])
  })

  it('are those of the shown span only', () => {
    expect(occupiedColumns(stretches, { from: 15, to: 25 }, 100)).toEqual([0, 50, 60, 100])
    expect(occupiedColumns(stretches, { from: 40, to: 80 }, 100)).toEqual([])
  })

  it('know whether a position is occupied', () => {
    const occupied = [0, 1, 9, 10, 19, 20, 21, 30, 31, 99, 100].filter((position) =>
      isOccupied(stretches, position),
    )
    expect(occupied).toEqual([0, 10, 19, 21, 30, 99])
    expect(stretchAt(stretches, 25)).toEqual({ first: 21, last: 30 })
    expect(stretchAt(stretches, 20)).toBeNull()
  })
})

describe('heights of scores', () => {
  const scale = scoreScale(800, 50, 60)

  it('give back the threshold that was drawn', () => {
    for (const threshold of [0, 7.5, 50, 62, 400, 800])
      expect(toScore(toY(threshold, scale), scale)).toBe(threshold)
  })

  it('put a threshold that is small beside a person high enough to take hold of', () => {
    expect(60 - toY(50, scale)).toBeGreaterThan(12)
  })

  it('end at top and bottom', () => {
    expect(toScore(-100, scale)).toBe(800)
    expect(toScore(1000, scale)).toBe(0)
    expect(toY(100_000, scale)).toBe(scale.room)
  })

  it('leave room for twice the threshold where nobody ever was', () => {
    expect(scoreScale(0, 50, 60).top).toBe(100)
  })

  it('go by steps of a key that grow with the threshold', () => {
    expect([
      stepped(50, 1),
      stepped(400, -1),
      stepped(12, 1),
      stepped(5, 1),
      stepped(0, -1),
    ]).toEqual([53, 380, 13, 5.1, 0])
  })
})

describe('marks of the axis', () => {
  const seconds = Float64Array.from({ length: 13_500 }, (_, frame) => frame / 15)
  const frames = Uint32Array.from({ length: 13_500 }, (_, frame) => frame)

  it('stand at round times of the clock', () => {
    const times = { seconds, frames, startTime: '2024-05-01T06:59:00+02:00' }
    const ticks = ticksOf(times, { from: 0, to: 13_500 }, 1000)
    expect(ticks[0]).toMatchObject({ time: '07:00', frame: 900 })
    expect(ticks.map(({ time }) => time).slice(0, 3)).toEqual(['07:00', '07:02', '07:04'])
    expect(ticks[0]?.x).toBeCloseTo((900 / 13_500) * 1000)
  })

  it('count from the beginning where the clock is not known', () => {
    const ticks = ticksOf({ seconds, frames, startTime: null }, { from: 0, to: 900 }, 700)
    expect(ticks.map(({ time }) => time)).toEqual([
      ...['0:00:00', '0:00:10', '0:00:20', '0:00:30', '0:00:40', '0:00:50'],
    ])
  })

  it('are frames where a second is wider than the window', () => {
    const ticks = ticksOf({ seconds, frames, startTime: null }, { from: 100, to: 110 }, 1200)
    expect(ticks.map(({ frame }) => frame)).toEqual([...Array(10).keys()].map((i) => 100 + i))
    expect(ticks[0]?.x).toBeCloseTo(60)
  })

  it('are left out where their words would be cut off at the edge', () => {
    const times = { seconds, frames, startTime: '2024-05-01T06:00:00Z' }
    // The tenth second would stand at 600.
    const last = (width: number) => ticksOf(times, { from: 0, to: 165 }, width).at(-1)?.time
    expect(last(660)).toBe('06:00:08')
    expect(last(726)).toBe('06:00:10')
  })

  it('never stand closer than their words are wide', () => {
    for (const width of [200, 640, 1600])
      for (const to of [8, 30, 200, 3000, 13_500]) {
        const ticks = ticksOf({ seconds, frames, startTime: null }, { from: 0, to }, width)
        const gaps = ticks.slice(1).map(({ x }, i) => x - (ticks[i]?.x ?? 0))
        expect(Math.min(...gaps, width)).toBeGreaterThan(80)
      }
  })
})
