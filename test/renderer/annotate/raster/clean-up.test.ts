import { describe, expect, it } from 'vitest'
import { randomFrom } from '../../../../src/engine/sample/random.ts'
import {
  type CleanUp,
  dropSpecks,
  fillHoles,
  grow,
  invert,
  shrink,
  smooth,
} from '../../../../src/renderer/src/annotate/raster/clean-up.ts'
import { squaredDistances } from '../../../../src/renderer/src/annotate/raster/distance.ts'
import { inkOf, paint } from '../../../../src/renderer/src/annotate/raster/ink.ts'
import type { ClassMask } from '../../../../src/shared/mask.ts'
import { drawing, drawnMask, emptyMask, rows } from '../../../fixtures/drawn-mask.ts'

function cleaned(text: string, cleanUp: (mask: ClassMask) => CleanUp): string {
  const mask = drawnMask(text)
  const { add, remove } = cleanUp(mask)
  const free = { mode: 'over', locked: new Set<number>() } as const
  paint(mask, add, inkOf(1, free))
  paint(mask, remove, inkOf(0, free))
  return drawing(mask)
}

describe('Filling holes', () => {
  it('fills what the class encloses, other classes in it too, and nothing open to the edge', () => {
    const text = `
      .11111..
      .1.2.1..
      .11111..
      11.....1
      .1.....1
      11.....1`
    expect(cleaned(text, (mask) => fillHoles(mask, 1))).toBe(
      rows(`
      .11111..
      .11111..
      .11111..
      11.....1
      .1.....1
      11.....1`),
    )
  })

  it('does nothing without the class', () => {
    expect(cleaned('..2 ...', (mask) => fillHoles(mask, 1))).toBe(rows('..2 ...'))
  })
})

describe('Dropping specks', () => {
  it('makes parts smaller than the limit background; corners do not connect', () => {
    const text = `
      11..1
      11.1.
      ....1`
    expect(cleaned(text, (mask) => dropSpecks(mask, 1, 4))).toBe(
      rows(`
      11...
      11...
      .....`),
    )
  })
})

describe('Growing and shrinking', () => {
  it('reach as far as the radius, in every direction', () => {
    const dot = `
      .......
      .......
      ...1...
      .......
      .......`
    expect(cleaned(dot, (mask) => grow(mask, 1, 2))).toBe(
      rows(`
      ...1...
      ..111..
      .11111.
      ..111..
      ...1...`),
    )
  })

  it('leave the class where it meets the edge of the picture', () => {
    const text = `
      1111.
      1111.
      1111.
      .....`
    expect(cleaned(text, (mask) => shrink(mask, 1, 1))).toBe(
      rows(`
      111..
      111..
      .....
      .....`),
    )
  })

  it('measure distances as going through all sources would', () => {
    const size = { width: 23, height: 17 }
    const random = randomFrom(5)
    const sources = Array.from({ length: 9 }, () => [random.below(23), random.below(17)] as const)
    const distances = squaredDistances(size, (x, y) =>
      sources.some(([sx, sy]) => sx === x && sy === y),
    )
    const expected = Array.from({ length: 23 * 17 }, (_, i) =>
      Math.min(...sources.map(([x, y]) => ((i % 23) - x) ** 2 + (Math.floor(i / 23) - y) ** 2)),
    )
    expect([...distances]).toEqual(expected)
  })
})

describe('Smoothing', () => {
  it('takes off hairs and closes notches', () => {
    const text = `
      .....1...
      .11111...
      .11.11...
      .1111111.
      .11111...
      .........`
    const smoothed = cleaned(text, (mask) => smooth(mask, 1, 1)).split('\n')
    expect(smoothed[2]?.[3]).toBe('1')
    expect(smoothed[0]?.[5]).toBe('.')
    expect(smoothed[3]?.[7]).toBe('.')
  })

  it('keeps a full mask full', () => {
    const mask = emptyMask(9, 9)
    mask.data.fill(1)
    expect(smooth(mask, 1, 2).remove.bounds).toBeNull()
  })
})

describe('Inverting', () => {
  it('swaps the class with background and leaves other classes', () => {
    expect(cleaned('.12x 1..1', (mask) => invert(mask, 1))).toBe(rows('1.2x .11.'))
  })
})
