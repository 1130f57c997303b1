/** @file Which items of a list are chosen, as lists of files do it. All functions return a new value. */

export interface Selection {
  chosen: ReadonlySet<string>
  /** Where a range by Shift begins. */
  anchor: string | null
  /** The one that is shown, and where the arrow keys go on from. */
  current: string | null
}

export const nothingChosen: Selection = { chosen: new Set(), anchor: null, current: null }

export interface Modifiers {
  /** Ctrl: adds or takes away. */
  adding: boolean
  /** Shift: everything from the anchor on. */
  range: boolean
}

/** The items of a list, in order. */
export interface ItemKeys {
  readonly length: number
  keyAt(index: number): string
  /** -1 where it is not in the list. */
  indexOf(key: string): number
}

export function itemKeys(keys: readonly string[]): ItemKeys {
  let places: Map<string, number> | null = null
  return {
    length: keys.length,
    keyAt: (index) => keys[index] ?? '',
    indexOf(key) {
      places ??= new Map(keys.map((one, index) => [one, index]))
      return places.get(key) ?? -1
    },
  }
}

export function only(key: string): Selection {
  return { chosen: new Set([key]), anchor: key, current: key }
}

function rangeOf(list: ItemKeys, from: string | null, to: string): Set<string> {
  const [a, b] = [from === null ? -1 : list.indexOf(from), list.indexOf(to)]
  if (a < 0 || b < 0) return new Set([to])
  const keys = new Set<string>()
  for (let i = Math.min(a, b); i <= Math.max(a, b); i++) keys.add(list.keyAt(i))
  return keys
}

/** A click on an item, or an arrow key that leads to it. */
export function clicked(
  selection: Selection,
  list: ItemKeys,
  key: string,
  { adding, range }: Modifiers,
): Selection {
  const { chosen, anchor } = selection
  if (range) {
    const keys = rangeOf(list, anchor ?? selection.current, key)
    const all = adding ? new Set([...chosen, ...keys]) : keys
    return { chosen: all, anchor: anchor ?? key, current: key }
  }
  if (!adding) return only(key)
  const next = new Set(chosen)
  if (!next.delete(key)) next.add(key)
  return { chosen: next, anchor: key, current: key }
}

/** The item that many places on, or back; at an end it stays. */
export function stepped(
  selection: Selection,
  list: ItemKeys,
  by: number,
  modifiers: Modifiers = { adding: false, range: false },
): Selection {
  if (list.length === 0) return selection
  const here = selection.current === null ? -1 : list.indexOf(selection.current)
  const start = here < 0 ? (by > 0 ? 0 : list.length - 1) : here + by
  const index = Math.min(list.length - 1, Math.max(0, start))
  return clicked(selection, list, list.keyAt(index), modifiers)
}

export function allOf(selection: Selection, list: ItemKeys): Selection {
  const chosen = new Set(Array.from({ length: list.length }, (_, index) => list.keyAt(index)))
  return { ...selection, chosen }
}

/** Of many, only the one that is shown stays chosen. */
export function fewer({ current }: Selection): Selection {
  return current === null ? nothingChosen : only(current)
}

/** What of it is still in a list that has changed. */
export function keptIn(selection: Selection, list: ItemKeys): Selection {
  const isThere = (key: string | null): key is string => key !== null && list.indexOf(key) >= 0
  const chosen = new Set([...selection.chosen].filter(isThere))
  return {
    chosen,
    anchor: isThere(selection.anchor) ? selection.anchor : null,
    current: isThere(selection.current) ? selection.current : null,
  }
}
