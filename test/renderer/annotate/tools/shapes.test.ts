import { describe, expect, it } from 'vitest'
import { paintBench } from '../../../fixtures/paint-bench.ts'

const bench = paintBench()
const { at, drag, painted } = bench

describe('Shapes by a drag', () => {
  it.each([
    ['rectangle', 20 * 10],
    ['ellipse', Math.PI * 10 * 5],
  ] as const)('fill a %s', (tool, area) => {
    bench.settings.change({ tool })
    drag([10, 10], [30, 20])
    expect(Math.abs(painted() - area)).toBeLessThan(6)
  })

  it('are even with Shift', () => {
    bench.settings.change({ tool: 'rectangle' })
    drag([10, 10], [30, 15], { shift: true })
    expect(painted()).toBe(400)
  })

  it('fill what a lasso goes around', () => {
    bench.settings.change({ tool: 'lasso' })
    bench.painter.down(at(10, 10))
    for (const [x, y] of [
      [30, 10],
      [30, 30],
      [10, 30],
    ] as const)
      bench.painter.move(at(x, y))
    bench.painter.up(at(10, 20))
    expect(painted()).toBe(400)
    expect(bench.painter.get().outline).toBeNull()
  })
})
