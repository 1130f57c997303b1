/** @file Where a text stops being JSON: JSON.parse names a position only for some of its errors. */

export interface JsonFault {
  /** Index of the first character that does not belong. */
  offset: number
  /** What stands there and what was expected. */
  problem: string
}

const space = /[ \t\n\r]*/y
/** Characters inside of a text as RFC 8259 section 7 lists them. */
const token =
  /[{}[\]:,]|"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y

type State = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'comma' | 'end'

const expected: Record<State, (open: string | undefined) => string> = {
  value: () => 'a value',
  valueOrEnd: () => "a value or ']'",
  key: () => 'a name in double quotes',
  keyOrEnd: () => "a name in double quotes or '}'",
  colon: () => "':'",
  comma: (open) => `',' or '${open === '{' ? '}' : ']'}'`,
  end: () => 'nothing more',
}

/** Characters that look like JSON to people but are not. */
const lookalikes: readonly [RegExp, string][] = [
  [/^(\/\/|\/\*|#)/, 'a comment, which JSON does not have'],
  [/^'/, 'a single quote, where JSON has double quotes'],
  [/^"/, 'a text that is not closed or holds a control character or a wrong escape'],
]

function describeAt(text: string, offset: number): string {
  const rest = text.slice(offset, offset + 40)
  if (rest === '') return 'the text ends'
  const known = lookalikes.find(([pattern]) => pattern.test(rest))
  if (known) return known[1]
  return `'${/^(?:[\w.+-]+|.)/su.exec(rest)?.[0] ?? ''}'`
}

function isClosing(found: string, state: State, open: string | undefined): boolean {
  if (found === '}') return open === '{' && (state === 'keyOrEnd' || state === 'comma')
  return found === ']' && open === '[' && (state === 'valueOrEnd' || state === 'comma')
}

/** The state after `found`, or null when it may not stand there. `nesting` is updated. */
function advance(found: string, state: State, nesting: string[]): State | null {
  const open = nesting.at(-1)
  const after = (): State => (nesting.length === 0 ? 'end' : 'comma')
  if (isClosing(found, state, open)) {
    nesting.pop()
    return after()
  }
  if (state === 'comma') return found === ',' ? (open === '{' ? 'key' : 'value') : null
  if (state === 'colon') return found === ':' ? 'value' : null
  if (state === 'key' || state === 'keyOrEnd') return found.startsWith('"') ? 'colon' : null
  if (state === 'end' || '}]:,'.includes(found)) return null
  if (found !== '{' && found !== '[') return after()
  nesting.push(found)
  return found === '{' ? 'keyOrEnd' : 'valueOrEnd'
}

/** The first fault of `text` by the grammar of RFC 8259, or null when it is JSON. */
export function findJsonFault(text: string): JsonFault | null {
  const nesting: string[] = []
  let state: State = 'value'
  let offset = 0
  for (;;) {
    space.lastIndex = offset
    space.exec(text)
    offset = space.lastIndex
    if (offset === text.length && state === 'end') return null
    token.lastIndex = offset
    const found = token.exec(text)?.[0]
    const next: State | null = found === undefined ? null : advance(found, state, nesting)
    if (found === undefined || next === null) {
      const wanted = expected[state](nesting.at(-1))
      return { offset, problem: `found ${describeAt(text, offset)}, expected ${wanted}` }
    }
    state = next
    offset += found.length
  }
}
