/**
 * @file Keys as texts: `Ctrl+Shift+Z`, `Right`, `?`. Modifiers come in the order Ctrl, Alt, Shift; on
 * a Mac the command key is Ctrl. A letter is a capital, a sign is what it prints, without Shift.
 */

export interface KeyPress {
  key: string
  code: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
}

const names: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  Control: 'Ctrl',
  Meta: 'Ctrl',
}

/** What a key prints without Shift on a keyboard of the USA, by its place. */
const signs: Readonly<Record<string, string>> = {
  BracketLeft: '[',
  BracketRight: ']',
  Slash: '/',
  Minus: '-',
  Equal: '=',
  Comma: ',',
  Period: '.',
  Semicolon: ';',
  Quote: "'",
  Backquote: '`',
  Backslash: '\\',
}

function printedAt(code: string): string | undefined {
  return signs[code] ?? /^(?:Key([A-Z])|Digit(\d))$/.exec(code)?.slice(1).find(Boolean)
}

function join(press: KeyPress, key: string, withShift: boolean): string {
  const modifiers = [
    (press.ctrlKey || press.metaKey) && 'Ctrl',
    press.altKey && 'Alt',
    withShift && press.shiftKey && 'Shift',
  ].filter((name): name is string => typeof name === 'string' && name !== key)
  return [...modifiers, key].join('+')
}

/**
 * The chords that a press may mean, the likeliest first: what it prints, then the place of its key,
 * by which keyboards of other scripts and Shift with a sign or a digit are found.
 */
export function chordsOf(press: KeyPress): string[] {
  const { key, code } = press
  const known = names[key]
  const printed = printedAt(code)
  if (known !== undefined || [...key].length > 1) return [join(press, known ?? key, true)]
  const isLetter = /^[a-z]$/i.test(key)
  const byKey = join(press, key.toUpperCase(), isLetter)
  const byPlace = printed === undefined ? [] : [join(press, printed, true)]
  return [...new Set([byKey, ...byPlace])]
}

/** The one chord to keep for a press, when the user chooses a key. Null for a modifier on its own. */
export function chordOf(press: KeyPress): string | null {
  return ['Shift', 'Control', 'Meta', 'AltGraph', 'Dead', 'Process'].includes(press.key)
    ? null
    : (chordsOf(press)[0] ?? null)
}

const shown: Readonly<Record<string, string>> = {
  Left: '←',
  Right: '→',
  Up: '↑',
  Down: '↓',
  Escape: 'Esc',
  Delete: 'Del',
  '-': '−',
}

/** A chord's keys one by one, as keycaps show them. */
export function keycaps(chord: string): string[] {
  const parts = chord.endsWith('+') ? [...chord.slice(0, -2).split('+'), '+'] : chord.split('+')
  return parts.filter((part) => part !== '').map((part) => shown[part] ?? part)
}
