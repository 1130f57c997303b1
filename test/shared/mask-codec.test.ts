import { describe, expect, test } from 'vitest'
import { packMask, unpackMask } from '../../src/shared/mask-codec.ts'
import { caught } from '../fixtures/caught.ts'
import fc from '../fixtures/fast-check.ts'

const mask = fc
  .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
  .chain(([width, height]) =>
    fc
      .uint8Array({ minLength: width * height, maxLength: width * height })
      .map((data) => ({ width, height, data })),
  )

describe('A packed mask', () => {
  test('unpacks to the same mask', () => {
    fc.assert(
      fc.property(mask, (original) => {
        expect(unpackMask(packMask(original))).toEqual(original)
      }),
    )
  })

  test('is width and height, big-endian, and then the pixels', () => {
    const packed = packMask({ width: 2, height: 258, data: new Uint8Array(516).fill(7) })
    expect([...packed.subarray(0, 9)]).toEqual([0, 0, 0, 2, 0, 0, 1, 2, 7])
  })

  test('differs between masks of the same pixels but another shape', () => {
    const data = new Uint8Array(12)
    expect(packMask({ width: 3, height: 4, data })).not.toEqual(
      packMask({ width: 4, height: 3, data }),
    )
  })

  test.each([
    ['is cut short', (bytes: Uint8Array) => bytes.subarray(0, -1)],
    ['is too long', (bytes: Uint8Array) => new Uint8Array([...bytes, 0])],
    ['ends in its header', (bytes: Uint8Array) => bytes.subarray(0, 5)],
  ])('that %s is refused', (_title, damage) => {
    const bytes = packMask({ width: 2, height: 2, data: new Uint8Array(4) })
    expect(caught(() => unpackMask(damage(bytes))).code).toBe('bad-mask')
  })
})
