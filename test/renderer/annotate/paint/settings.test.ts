import { describe, expect, it } from 'vitest'
import {
  type Keep,
  PaintSettingsStore,
} from '../../../../src/renderer/src/annotate/paint/settings.ts'
import { notchesOf, resized } from '../../../../src/renderer/src/annotate/paint/wheel.ts'

function memory(text: string | null = null): Keep & { text: string | null } {
  return {
    text,
    read() {
      return this.text
    },
    write(next) {
      this.text = next
    },
  }
}

describe('How the user paints', () => {
  it('is kept for the next start of the page', () => {
    const keep = memory()
    new PaintSettingsStore(keep).change({ tool: 'fill', tolerance: 50 })
    expect(new PaintSettingsStore(keep).get()).toMatchObject({ tool: 'fill', tolerance: 50 })
  })

  it('is the usual after settings that do not fit', () => {
    for (const text of ['{', '{"tool":"chisel"}', '7'])
      expect(new PaintSettingsStore(memory(text)).get().tool).toBe('brush')
  })

  it('remembers sizes of brush and eraser apart', () => {
    const settings = new PaintSettingsStore(memory())
    settings.resize(100)
    settings.change({ tool: 'eraser' })
    settings.resize(10)
    expect(settings.size).toBe(10)
    settings.swap()
    expect([settings.get().tool, settings.size]).toEqual(['brush', 100])
    settings.swap()
    expect([settings.get().tool, settings.size]).toEqual(['eraser', 10])
  })

  it('keeps a brush between one pixel and the largest one', () => {
    const settings = new PaintSettingsStore(memory())
    settings.resize(-5)
    expect(settings.size).toBe(1)
    settings.resize(99_999)
    expect(settings.size).toBe(500)
  })
})

describe('The wheel', () => {
  it('counts notches, of pixels and lines, upright and sideways', () => {
    expect(notchesOf({ deltaX: 0, deltaY: -100, deltaMode: 0 })).toBe(1)
    expect(notchesOf({ deltaX: 200, deltaY: 0, deltaMode: 0 })).toBe(-2)
    expect(notchesOf({ deltaX: 0, deltaY: 5, deltaMode: 1 })).toBe(-2)
  })

  it('changes a size by a tenth, and by a pixel at least', () => {
    expect([resized(100, 1), resized(100, -1), resized(3, 1), resized(3, -1)]).toEqual([
      110, 90, 4, 2,
    ])
  })
})
