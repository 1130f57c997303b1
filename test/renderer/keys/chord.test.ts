import { describe, expect, it } from 'vitest'
import { chordOf, chordsOf, type KeyPress, keycaps } from '../../../src/renderer/src/keys/chord.ts'

function press(key: string, code: string, modifiers = ''): KeyPress {
  return {
    key,
    code,
    ctrlKey: modifiers.includes('c'),
    metaKey: modifiers.includes('m'),
    altKey: modifiers.includes('a'),
    shiftKey: modifiers.includes('s'),
  }
}

describe('the chords of a press', () => {
  it.each([
    ['a letter', press('b', 'KeyB'), ['B']],
    ['a letter with caps lock', press('B', 'KeyB'), ['B']],
    ['a letter with modifiers', press('Z', 'KeyZ', 'cs'), ['Ctrl+Shift+Z']],
    ['the command key of a Mac', press('z', 'KeyZ', 'm'), ['Ctrl+Z']],
    ['a named key', press('ArrowRight', 'ArrowRight', 's'), ['Shift+Right']],
    ['the space bar', press(' ', 'Space'), ['Space']],
    ['a modifier alone', press('Alt', 'AltLeft', 'a'), ['Alt']],
    ['a sign', press('[', 'BracketLeft'), ['[']],
    ['a sign with Shift', press('{', 'BracketLeft', 's'), ['{', 'Shift+[']],
    ['a digit with Shift', press('!', 'Digit1', 's'), ['!', 'Shift+1']],
    ['a question mark', press('?', 'Slash', 's'), ['?', 'Shift+/']],
    ['a question mark in German', press('?', 'Minus', 's'), ['?', 'Shift+-']],
    ['a letter of another script', press('и', 'KeyB'), ['И', 'B']],
    ['a key that is elsewhere in French', press('a', 'KeyQ'), ['A', 'Q']],
    ['plus on the number pad', press('+', 'NumpadAdd'), ['+']],
  ])('%s', (_, given, chords) => {
    expect(chordsOf(given)).toEqual(chords)
  })

  it('are one to keep when the user chooses a key, and none for a modifier', () => {
    expect(chordOf(press('k', 'KeyK', 'c'))).toBe('Ctrl+K')
    expect(chordOf(press('Shift', 'ShiftLeft', 's'))).toBeNull()
  })
})

describe('the keycaps of a chord', () => {
  it.each([
    ['Ctrl+Shift+Z', ['Ctrl', 'Shift', 'Z']],
    ['+', ['+']],
    ['Ctrl++', ['Ctrl', '+']],
    ['Shift+Right', ['Shift', '→']],
    ['-', ['−']],
  ])('%s', (chord, keys) => {
    expect(keycaps(chord)).toEqual(keys)
  })
})
