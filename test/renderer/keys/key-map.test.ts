import { describe, expect, it } from 'vitest'
import { actionNames } from '../../../src/renderer/src/keys/actions.ts'
import {
  actionsByChord,
  conflictsOf,
  defaultKeySettings,
  type KeySettings,
  keysOf,
} from '../../../src/renderer/src/keys/key-map.ts'

const presets: Record<string, KeySettings> = {
  maskbench: defaultKeySettings,
  cvat: { keyPreset: 'cvat', keys: {} },
}

describe.each(Object.entries(presets))('the preset %s', (_, settings) => {
  it('has no key that does two things on one screen', () => {
    const clashes = actionNames.flatMap((name) =>
      keysOf(name, settings).flatMap((chord) =>
        conflictsOf(name, chord, settings).map((other) => `${chord}: ${name}, ${other}`),
      ),
    )
    expect(clashes).toEqual([])
  })
})

describe('keys', () => {
  it('are the other ones in the preset for those who come from CVAT', () => {
    const cvat: KeySettings = { keyPreset: 'cvat', keys: {} }
    expect(keysOf('frame.previous', cvat)).toContain('D')
    expect(keysOf('frame.next', cvat)).toContain('F')
    expect(keysOf('tool.fill', cvat)).toEqual(['G'])
    expect(keysOf('tool.brush', cvat)).toEqual(['B'])
  })

  it("are the user's own in the place of the preset's, none where the list is empty", () => {
    const settings: KeySettings = {
      keyPreset: 'maskbench',
      keys: { 'tool.brush': ['Q'], 'tool.eraser': [] },
    }
    expect(actionsByChord(settings).get('Q')).toEqual(['tool.brush'])
    expect(actionsByChord(settings).get('B')).toBeUndefined()
    expect(actionsByChord(settings).get('E')).not.toContain('tool.eraser')
  })

  it('may do other things on another screen, and while something is drawn', () => {
    expect(conflictsOf('tool.polygon', 'P', defaultKeySettings)).toEqual([])
    expect(conflictsOf('drawing.close', 'Enter', defaultKeySettings)).toEqual([])
    expect(conflictsOf('tool.eraser', 'B', defaultKeySettings)).toEqual(['tool.brush'])
    expect(conflictsOf('tool.brush', '?', defaultKeySettings)).toEqual(['keys.show'])
  })
})
