import { describe, expect, it } from 'vitest'
import {
  allOf,
  clicked,
  fewer,
  itemKeys,
  keptIn,
  type Modifiers,
  nothingChosen,
  only,
  type Selection,
  stepped,
} from '../../../src/renderer/src/review/items/selection.ts'

const list = itemKeys(['a', 'b', 'c', 'd', 'e'])
const plain: Modifiers = { adding: false, range: false }
const ctrl: Modifiers = { adding: true, range: false }
const shift: Modifiers = { adding: false, range: true }

const chosen = (selection: Selection): string => [...selection.chosen].sort().join('')

function clicks(...presses: readonly (readonly [string, Modifiers])[]): Selection {
  return presses.reduce(
    (selection, [key, modifiers]) => clicked(selection, list, key, modifiers),
    nothingChosen,
  )
}

describe('choosing items', () => {
  it('takes one by a click, and no other', () => {
    const selection = clicks(['b', plain], ['d', plain])
    expect(chosen(selection)).toBe('d')
    expect(selection.current).toBe('d')
  })

  it('adds and takes away by Ctrl', () => {
    expect(chosen(clicks(['a', plain], ['c', ctrl], ['e', ctrl]))).toBe('ace')
    expect(chosen(clicks(['a', plain], ['c', ctrl], ['a', ctrl]))).toBe('c')
  })

  it('takes a range by Shift, from where the last click was', () => {
    expect(chosen(clicks(['b', plain], ['d', shift]))).toBe('bcd')
    expect(chosen(clicks(['d', plain], ['b', shift]))).toBe('bcd')
    // The next one begins at the same place.
    expect(chosen(clicks(['b', plain], ['d', shift], ['a', shift]))).toBe('ab')
    expect(chosen(clicks(['a', plain], ['d', ctrl], ['e', shift]))).toBe('de')
  })

  it('adds a range by Ctrl and Shift', () => {
    const both = { adding: true, range: true }
    expect(chosen(clicks(['a', plain], ['c', ctrl], ['d', both]))).toBe('acd')
  })

  it('goes on by arrow keys, and stays at the ends', () => {
    const first = stepped(nothingChosen, list, 1)
    expect(chosen(first)).toBe('a')
    expect(chosen(stepped(nothingChosen, list, -1))).toBe('e')
    expect(chosen(stepped(first, list, 1))).toBe('b')
    expect(chosen(stepped(first, list, -1))).toBe('a')
    expect(chosen(stepped(only('e'), list, 1))).toBe('e')
    expect(chosen(stepped(stepped(only('b'), list, 1, shift), list, 1, shift))).toBe('bcd')
    expect(stepped(nothingChosen, itemKeys([]), 1)).toBe(nothingChosen)
  })

  it('takes all, then one again', () => {
    const all = allOf(only('c'), list)
    expect(chosen(all)).toBe('abcde')
    expect(chosen(fewer(all))).toBe('c')
    expect(chosen(fewer(allOf(nothingChosen, list)))).toBe('')
  })

  it('lets go of what is no longer in the list', () => {
    const kept = keptIn(clicks(['b', plain], ['d', ctrl]), itemKeys(['a', 'b']))
    expect(kept).toEqual({ chosen: new Set(['b']), anchor: null, current: null })
  })
})
