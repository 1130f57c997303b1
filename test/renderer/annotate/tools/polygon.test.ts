import { beforeEach, describe, expect, it } from 'vitest'
import { paintBench } from '../../../fixtures/paint-bench.ts'

const bench = paintBench()
const { at, drag, painted, valueAt } = bench

describe('Polygon', () => {
  beforeEach(() => bench.settings.change({ tool: 'polygon' }))
  const click = (x: number, y: number): void => {
    bench.painter.down(at(x, y))
    bench.painter.up(at(x, y))
  }

  it('closes at its first corner', () => {
    for (const [x, y] of [
      [10, 10],
      [30, 10],
      [30, 30],
      [11, 10],
    ] as const)
      click(x, y)
    expect([valueAt(25, 15), valueAt(12, 28)]).toEqual([1, 0])
    expect(bench.painter.get()).toMatchObject({ isOpen: false, outline: null, undoable: 1 })
  })

  it('closes with Enter and shows its way until then', () => {
    click(10, 10)
    click(30, 10)
    bench.painter.hover(at(30, 30))
    expect(bench.painter.get().outline?.points).toEqual([
      [10, 10],
      [30, 10],
      [30, 30],
    ])
    click(30, 30)
    bench.painter.close()
    expect(painted()).toBeGreaterThan(150)
  })

  it('takes corners back one by one, by Backspace and by undo, and paints nothing when given up', () => {
    drag([1, 1], [1, 1])
    for (const [x, y] of [
      [10, 10],
      [30, 10],
      [30, 30],
      [10, 30],
    ] as const)
      click(x, y)
    bench.painter.undo()
    bench.painter.back()
    expect(bench.painter.get().outline?.points.length).toBe(4)
    bench.painter.cancel()
    expect(bench.painter.get().isOpen).toBe(false)
    expect(painted()).toBe(0)
  })

  it('is given up when another tool is taken', () => {
    click(10, 10)
    bench.settings.change({ tool: 'brush' })
    expect(bench.painter.get()).toMatchObject({ isOpen: false, outline: null })
  })
})
