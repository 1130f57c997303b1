import { describe, expect, it } from 'vitest'
import {
  composeInto,
  isBlank,
  outlineOf,
} from '../../../../src/renderer/src/annotate/overlay/compose.ts'
import { paletteOf, pixelOfHex } from '../../../../src/renderer/src/annotate/overlay/palette.ts'
import { drawing, drawnMask, rows } from '../../../fixtures/drawn-mask.ts'

const { width, height, data } = drawnMask(`
  .11.
  .2x.
  ....`)
const palette = paletteOf([
  { index: 0, name: 'background', colour: '#000000' },
  { index: 1, name: 'person', colour: '#e69f00' },
])
const layers = { width, height, mask: data, palette, proposal: null, onion: null }
const whole = { x: 0, y: 0, width, height }

describe('The overlay', () => {
  it('shows classes in their colours, background not at all, unknown classes too', () => {
    const pixels = new Uint32Array(12)
    composeInto(pixels, whole, layers)
    expect([...pixels.slice(0, 3)]).toEqual([0, pixelOfHex('#e69f00'), pixelOfHex('#e69f00')])
    expect(pixels[5]).toBe(pixelOfHex('#ff00ff'))
    expect(new Uint8Array(pixels.buffer, 4, 4)).toEqual(Uint8Array.of(0xe6, 0x9f, 0, 255))
    expect(pixels[6]).not.toBe(0)
  })

  it('writes the pixels of a rectangle only', () => {
    const pixels = new Uint32Array(4).fill(7)
    composeInto(pixels, { x: 1, y: 0, width: 2, height: 1 }, layers)
    expect([...pixels]).toEqual([pixelOfHex('#e69f00'), pixelOfHex('#e69f00'), 7, 7])
  })

  it('stripes what is proposed where there is background', () => {
    const map = new Uint8Array(12).fill(200, 0, 2)
    const pixels = new Uint32Array(12)
    composeInto(pixels, whole, { ...layers, proposal: { map, cut: 128, pixel: 5 } })
    expect([pixels[0], pixels[1], pixels[3]]).toEqual([5, pixelOfHex('#e69f00'), 0])
  })

  it('knows what is blank', () => {
    const row = { x: 0, y: 2, width: 4, height: 1 }
    expect(isBlank(whole, layers)).toBe(false)
    expect(isBlank(row, layers)).toBe(true)
    const map = new Uint8Array(12).fill(9)
    expect(isBlank(row, { ...layers, proposal: { map, cut: 9, pixel: 5 } })).toBe(false)
    expect(isBlank(row, { ...layers, onion: map })).toBe(false)
  })

  it('draws the outline of a mask inside it', () => {
    const mask = drawnMask(`
      .....
      .1111
      .1111
      .1111`)
    const outline = { width: 5, height: 4, data: outlineOf(mask.data, 5, 4) }
    expect(drawing(outline)).toBe(
      rows(`
      .....
      .1111
      .1...
      .1...`),
    )
  })
})
