import { describe, expect, test } from 'vitest'
import {
  cellHeight,
  gridShape,
  scrollShowing,
  visibleCells,
} from '../../../src/renderer/src/datasets/browse/grid-view.ts'

describe('a grid of pictures', () => {
  test('has as many columns as there is room for, and never none', () => {
    expect(gridShape(50_000, 1000)).toMatchObject({ columns: 5, rows: 10_000, cellWidth: 200 })
    expect(gridShape(3, 90)).toMatchObject({ columns: 1, rows: 3 })
    expect(gridShape(0, 1000)).toMatchObject({ rows: 0 })
  })

  test('has only the cells that are in view, and a row more on both sides', () => {
    const shape = gridShape(50_000, 1000)
    const height = 3 * cellHeight
    expect(visibleCells(shape, 50_000, { top: 0, height })).toEqual({ first: 0, end: 20 })
    const far = { top: 9_000 * cellHeight, height }
    expect(visibleCells(shape, 50_000, far)).toEqual({ first: 44_995, end: 45_020 })
    const last = { top: 9_998 * cellHeight, height }
    expect(visibleCells(shape, 49_998, last)).toEqual({ first: 49_985, end: 49_998 })
  })

  test('scrolls as little as it takes to show a cell', () => {
    const shape = gridShape(100, 1000)
    const view = { top: 2 * cellHeight, height: 3 * cellHeight }
    expect(scrollShowing(17, shape, view)).toBe(view.top)
    expect(scrollShowing(4, shape, view)).toBe(0)
    expect(scrollShowing(27, shape, view)).toBe(3 * cellHeight)
  })
})
