import { describe, expect, it } from 'vitest'
import { paintBench } from '../../../fixtures/paint-bench.ts'

const bench = paintBench()
const { at, drag, painted, valueAt } = bench

describe('The brush', () => {
  it('paints a dab at a click, as one stroke', () => {
    bench.painter.down(at(10, 10))
    bench.painter.up(at(10, 10))
    expect(painted()).toBe(12)
    expect(bench.sent).toHaveLength(1)
  })

  it('paints a band along a drag, as one stroke that undo takes back', () => {
    drag([10, 10], [40, 10])
    expect([valueAt(10, 10), valueAt(25, 10), valueAt(39, 10)]).toEqual([1, 1, 1])
    expect(bench.painter.get().undoable).toBe(1)
    bench.painter.undo()
    expect(painted()).toBe(0)
    expect(bench.sent).toHaveLength(2)
    bench.painter.redo()
    expect(valueAt(25, 10)).toBe(1)
  })

  it('draws a line from the last click with Shift', () => {
    drag([5, 5], [5, 5])
    bench.painter.down(at(50, 5, { shift: true }))
    bench.painter.up(at(50, 5, { shift: true }))
    expect([valueAt(25, 5), valueAt(45, 5)]).toEqual([1, 1])
  })

  it('erases with Alt, and with the eraser', () => {
    drag([10, 10], [40, 10])
    drag([20, 10], [20, 10], { erase: true })
    bench.settings.swap()
    drag([30, 10], [30, 10])
    expect([valueAt(10, 10), valueAt(20, 10), valueAt(30, 10)]).toEqual([1, 0, 0])
  })

  it('is as wide as the pen presses, where there is pressure', () => {
    bench.settings.change({ brushSize: 20 })
    drag([30, 30], [30, 30], { pressure: 0.5 })
    expect([valueAt(34, 30), valueAt(36, 30)]).toEqual([1, 0])
  })

  it('leaves no trace when it is cancelled', () => {
    bench.painter.down(at(10, 10))
    bench.painter.move(at(30, 30))
    bench.painter.cancel()
    bench.painter.up(at(40, 40))
    expect(painted()).toBe(0)
    expect(bench.sent).toEqual([])
    expect(bench.painter.get()).toMatchObject({ undoable: 0, isOpen: false })
  })

  it('paints ignore with the ignore brush', () => {
    bench.settings.change({ tool: 'ignore' })
    drag([10, 10], [10, 10])
    expect(painted(255)).toBe(12)
  })

  it('changes nothing where nothing may be changed', () => {
    bench.painter.isReadOnly = true
    drag([10, 10], [20, 20])
    bench.painter.clear()
    expect(bench.sent).toEqual([])
  })
})

describe('The smart brush', () => {
  it('paints the square that it began on, not what lies around it', () => {
    bench.settings.change({ tool: 'smart', brushSize: 30 })
    drag([25, 25], [25, 25])
    expect(painted()).toBe(100)
  })
})
