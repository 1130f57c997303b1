import { beforeEach, describe, expect, it } from 'vitest'
import { fillHoles } from '../../../../src/renderer/src/annotate/raster/clean-up.ts'
import { paintBench, side } from '../../../fixtures/paint-bench.ts'

const bench = paintBench()
const { at, drag, painted, valueAt } = bench

describe('Fill and wand', () => {
  it('fill an outline of the mask', () => {
    bench.settings.change({ tool: 'rectangle' })
    drag([10, 10], [30, 30])
    drag([15, 15], [25, 25], { erase: true })
    bench.settings.change({ tool: 'fill' })
    bench.painter.down(at(20, 20))
    bench.painter.up(at(20, 20))
    expect(painted()).toBe(400)
  })

  it('fill a colour', () => {
    bench.settings.change({ tool: 'fill', fillBy: 'colour', tolerance: 20 })
    bench.painter.down(at(25, 25))
    bench.painter.up(at(25, 25))
    expect(painted()).toBe(100)
  })

  it('take more as the wand is dragged to the right, and only its last choice', () => {
    bench.settings.change({ tool: 'wand', tolerance: 10 })
    bench.painter.down(at(25, 25))
    expect(painted()).toBe(100)
    bench.painter.move(at(25 + 300, 25))
    expect(painted()).toBe(side * side)
    bench.painter.move(at(25, 25))
    bench.painter.up(at(25, 25))
    expect(painted()).toBe(100)
    expect(bench.sent).toHaveLength(1)
  })

  it('miss the picture without harm', () => {
    for (const tool of ['fill', 'wand', 'accept'] as const) {
      bench.settings.change({ tool })
      drag([-5, 3], [70, 70])
    }
    expect(bench.sent).toEqual([])
  })
})

describe('A proposal', () => {
  beforeEach(() => {
    const map = new Uint8Array(side * side)
    for (const [left, top] of [
      [5, 5],
      [40, 40],
    ] as const)
      for (let y = top; y < top + 4; y++) map.fill(200, y * side + left, y * side + left + 4)
    bench.painter.setProposal({ map, cut: 128 })
    bench.settings.change({ tool: 'accept' })
  })

  it('is accepted part by part, by a click', () => {
    drag([6, 6], [6, 6])
    expect([painted(), valueAt(6, 6), valueAt(41, 41)]).toEqual([16, 1, 0])
    drag([20, 20], [20, 20])
    expect(painted()).toBe(16)
  })

  it('is accepted inside a region', () => {
    bench.settings.change({ acceptBy: 'region' })
    bench.painter.regions = [
      [
        [0, 0],
        [60, 0],
        [60, 42],
        [0, 42],
      ],
    ]
    drag([30, 30], [30, 30])
    expect(painted()).toBe(16 + 8)
  })

  it('is accepted as a whole, once', () => {
    bench.painter.acceptAll()
    expect(painted()).toBe(32)
    expect(bench.painter.proposal).toBeNull()
    bench.painter.undo()
    expect(painted()).toBe(0)
  })
})

describe('Clean-up', () => {
  it('is one stroke, of the chosen class, by the rules of painting', () => {
    bench.settings.change({ tool: 'rectangle' })
    drag([10, 10], [30, 30])
    drag([15, 15], [25, 25], { erase: true })
    bench.settings.change({ classIndex: 2 })
    drag([18, 18], [20, 20])
    bench.settings.change({ classIndex: 1, mode: 'background' })
    bench.painter.cleanUp(fillHoles)
    expect([painted(1), painted(2)]).toEqual([396, 4])
    expect(bench.painter.get().undoable).toBe(4)
  })
})
