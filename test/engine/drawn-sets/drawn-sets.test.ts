import { describe, expect, it } from 'vitest'
import { drawSet } from '../../../src/engine/drawn-sets/draw-set.ts'
import { type DrawnPicture, drawnSetNames } from '../../../src/engine/drawn-sets/types.ts'
import { bestOtsuDice } from '../../fixtures/otsu.ts'

const average = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

describe.each(drawnSetNames)('the drawn set %s', (name) => {
  const small = { images: 10, size: 96 }
  const pictures = [...drawSet(name, small)]

  it('shows something in every few pictures, and never fills one', () => {
    const shares = pictures.map(({ mask }) => average([...mask.data].map((value) => +(value > 0))))
    expect(average(shares)).toBeGreaterThan(0.03)
    expect(Math.max(...shares)).toBeLessThan(0.6)
    expect(shares.filter((share) => share > 0).length).toBeGreaterThanOrEqual(7)
  })

  it('is not solved by a threshold of grey values', () => {
    const dices = pictures.filter(({ objects }) => objects.length > 0).map(bestOtsuDice)
    expect(average(dices)).toBeLessThan(0.5)
  })

  it('is the same for the same seed, and has other pictures for another one', () => {
    const first = (options: object): DrawnPicture | undefined =>
      drawSet(name, { size: 48, ...options }).next().value ?? undefined
    expect(first({})).toEqual(first({ images: 3, seed: 1 }))
    expect(first({ seed: 2 })?.pixels).not.toEqual(first({})?.pixels)
  })

  it('differs from picture to picture', () => {
    const masks = new Set(pictures.map(({ mask }) => Buffer.from(mask.data).toString('base64')))
    expect(masks.size).toBeGreaterThanOrEqual(8)
  })
})
