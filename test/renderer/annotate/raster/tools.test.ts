import { describe, expect, it } from 'vitest'
import { sweep } from '../../../../src/renderer/src/annotate/raster/brush.ts'
import type { Picture } from '../../../../src/renderer/src/annotate/raster/colour.ts'
import { flood } from '../../../../src/renderer/src/annotate/raster/flood.ts'
import { gridOfClass, gridOfColour } from '../../../../src/renderer/src/annotate/raster/grid.ts'
import { inkOf, paint } from '../../../../src/renderer/src/annotate/raster/ink.ts'
import type { Selection } from '../../../../src/renderer/src/annotate/raster/selection.ts'
import { Selection as Picked } from '../../../../src/renderer/src/annotate/raster/selection.ts'
import {
  ellipseSelection,
  polygonSelection,
  rectangleSelection,
} from '../../../../src/renderer/src/annotate/raster/shapes.ts'
import { likePixels } from '../../../../src/renderer/src/annotate/raster/smart-brush.ts'
import { drawing, drawnMask, emptyMask, rows } from '../../../fixtures/drawn-mask.ts'

const free = { mode: 'over', locked: new Set<number>() } as const

function drawn(selection: Selection): string {
  const mask = emptyMask(selection.width, selection.height)
  paint(mask, selection, inkOf(1, free))
  return drawing(mask)
}

/** A picture whose grey values are written as digits. */
function greys(text: string): Picture {
  const { width, height, data } = drawnMask(text)
  return { width, height, rgb: Uint8Array.from([...data].flatMap((v) => [v * 10, v * 10, v * 10])) }
}

describe('Shapes', () => {
  const size = { width: 8, height: 5 }

  it('fill a polygon by the centres of pixels', () => {
    const points: [number, number][] = [
      [1, 0],
      [7, 0],
      [4, 4],
    ]
    expect(drawn(polygonSelection(points, size))).toBe(
      rows(`
      .111111.
      ..1111..
      ...11...
      ........
      ........`),
    )
  })

  it('fill a lasso that crosses itself by the even-odd rule', () => {
    const points: [number, number][] = [
      [0, 0],
      [8, 0],
      [8, 5],
      [0, 5],
      [0, 0],
      [2, 1],
      [6, 1],
      [6, 4],
      [2, 4],
      [2, 1],
    ]
    expect(drawn(polygonSelection(points, size))).toBe(
      rows(`
      11111111
      11....11
      11....11
      11....11
      11111111`),
    )
  })

  it('fill a rectangle whichever corner comes first', () => {
    expect(drawn(rectangleSelection([5.2, 3.4], [2.6, 0.8], size))).toBe(
      rows(`
      ..1111..
      ..1111..
      ..1111..
      ..1111..
      ........`),
    )
  })

  it('fill an ellipse in the rectangle that is drawn', () => {
    expect(drawn(ellipseSelection([0, 0], [8, 5], size))).toBe(
      rows(`
      ..1111..
      11111111
      11111111
      11111111
      ..1111..`),
    )
  })
})

describe('Fill', () => {
  it('reaches all that hangs together side by side, not over corners', () => {
    const mask = drawnMask(`
      ..1...
      .1..1.
      1..11.
      ...1..`)
    const filled = flood(mask, 5, gridOfClass(mask, 0))
    paint(mask, filled, inkOf(2, free))
    expect(drawing(mask)).toBe(
      rows(`
      ..1222
      .12212
      122112
      222122`),
    )
  })

  it('stops where the colour leaves the tolerance', () => {
    const picture = greys(`
      11139
      12239
      11199
      99999`)
    const near = (tolerance: number) =>
      flood(picture, 0, gridOfColour(picture, [10, 10, 10], tolerance))
    expect(drawn(near(20))).toBe(
      rows(`
      111..
      111..
      111..
      .....`),
    )
    expect(drawn(near(40))).toBe(
      rows(`
      1111.
      1111.
      111..
      .....`),
    )
  })

  it('fills 16 million pixels', () => {
    const mask = emptyMask(4096, 4096)
    const dirty = paint(mask, flood(mask, 5_000_000, gridOfClass(mask, 0)), inkOf(1, free))
    expect(dirty).toEqual({ x: 0, y: 0, width: 4096, height: 4096 })
    expect(mask.data.indexOf(0)).toBe(-1)
  })
})

describe('The smart brush', () => {
  const picture = greys(`
    1111111
    1199111
    1199119
    1111199`)
  const like = { picture, colour: [90, 90, 90] as const, tolerance: 30 }

  function covered(x: number, y: number, radius: number): [Selection, Selection] {
    const [all, middle] = [new Picked(picture), new Picked(picture)]
    sweep(all, 'round', { x, y, radius }, { x, y, radius })
    sweep(middle, 'round', { x, y, radius: 0.5 }, { x, y, radius: 0.5 })
    return [all, middle]
  }

  it('paints pixels like the first one that hang together with it, inside its ring', () => {
    const [all, middle] = covered(2.5, 1.5, 9)
    expect(drawn(likePixels(all, middle, new Uint8Array(28), like))).toBe(
      rows(`
      .......
      ..11...
      ..11...
      .......`),
    )
  })

  it('goes on from what the stroke has painted when its middle is elsewhere', () => {
    const [all, middle] = covered(4.5, 1.5, 2)
    const painted = new Uint8Array(28)
    expect(drawn(likePixels(all, middle, painted, like))).not.toContain('1')
    painted[9] = 1
    painted[10] = 1
    expect(drawn(likePixels(all, middle, painted, like))).toBe(
      rows(`
      .......
      ..11...
      ...1...
      .......`),
    )
  })
})

describe('Ink', () => {
  const before = `
    .12x
    .12x`
  function over(value: number, rules: Parameters<typeof inkOf>[1]): string {
    const mask = drawnMask(before)
    paint(mask, rectangleSelection([0, 0], [4, 1], mask), inkOf(value, rules))
    return drawing(mask).split('\n')[0] ?? ''
  }

  it('paints over everything unless it is told not to', () => {
    expect(over(3, free)).toBe('3333')
  })

  it('leaves other classes alone when it paints background only', () => {
    expect(over(3, { mode: 'background', locked: new Set() })).toBe('312x')
  })

  it('erases classes although it paints background only', () => {
    expect(over(0, { mode: 'background', locked: new Set() })).toBe('....')
  })

  it('changes no locked class, ignored pixels included', () => {
    expect(over(3, { mode: 'over', locked: new Set([2, 255]) })).toBe('332x')
    expect(over(0, { mode: 'over', locked: new Set([1]) })).toBe('.1..')
  })

  it('locks background too', () => {
    expect(over(3, { mode: 'background', locked: new Set([0]) })).toBe('.12x')
  })

  it('paints ignore', () => {
    expect(over(255, free)).toBe('xxxx')
  })
})
