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

  it.each([1, 2, 3, 7, 50])('reach %i pixels as going through all sources would say', (radius) => {
    const mask = emptyMask(23, 17)
    const random = randomFrom(5)
    for (let i = 0; i < 9; i++) mask.data[random.below(23 * 17)] = 1
    const sources = [...mask.data.keys()].filter((at) => mask.data[at] === 1)
    const distance = (a: number, b: number): number =>
      Math.hypot((a % 23) - (b % 23), Math.floor(a / 23) - Math.floor(b / 23))
    const expected = Uint8Array.from(mask.data, (_, at) =>
      Number(sources.some((source) => distance(at, source) <= radius)),
    )
    paint(mask, grow(mask, 1, radius).add, inkOf(1, { mode: 'over', locked: new Set() }))
    expect(drawing(mask)).toBe(drawing({ ...mask, data: expected }))
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

  it('takes what most of each square is, as counting would say', () => {
    const mask = emptyMask(19, 13)
    const random = randomFrom(3)
    for (const at of mask.data.keys()) mask.data[at] = random.below(2)
    const isMost = (at: number): boolean => {
      const [x, y] = [at % 19, Math.floor(at / 19)]
      const square = [...mask.data.keys()].filter(
        (other) => Math.abs((other % 19) - x) <= 2 && Math.abs(Math.floor(other / 19) - y) <= 2,
      )
      return 2 * square.filter((other) => mask.data[other] === 1).length > square.length
    }
    const expected = Uint8Array.from(mask.data, (_, at) => Number(isMost(at)))
    const { add, remove } = smooth(mask, 1, 2)
    paint(mask, add, inkOf(1, { mode: 'over', locked: new Set() }))
    paint(mask, remove, inkOf(0, { mode: 'over', locked: new Set() }))
    expect(drawing(mask)).toBe(drawing({ ...mask, data: expected }))
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
