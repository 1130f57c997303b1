/**
 * @file The YAML of data.yaml files: keys with a text, a list or a table of texts, in blocks or in
 * brackets (https://yaml.org/spec/1.2.2/). Anything deeper, scripts in a block for instance, belongs
 * to keys that nobody here asks for, and is passed over.
 */
import { AppError } from '../../../shared/errors.ts'

export type YamlValue = string | null | string[] | Map<string, string>

/** A key of the outermost table with its lines, the first of which is what follows the colon. */
interface Entry {
  line: number
  lines: string[]
}

const keyLine =
  /^(?:"((?:[^"\\]|\\.)*)"\s*|'((?:[^']|'')*)'\s*|([^\s#'"[\]{},:-][^:#]*)):(?:\s(.*))?$/
const comment = /^\s*(?:#.*)?$/
/** A text in quotes, or until something that ends it. */
const quoted = /^(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)')\s*/

export class SimpleYaml {
  readonly #name: string
  readonly #entries = new Map<string, Entry>()

  /** `name` is what errors call the text. */
  constructor(text: string, name: string) {
    this.#name = name
    let entry: Entry | undefined
    for (const [i, line] of text.split(/\r\n|\r|\n/).entries()) {
      const match = keyLine.exec(line)
      if (match) {
        entry = { line: i + 1, lines: [(match[4] ?? '').trimStart()] }
        this.#entries.set(keyOf(match), entry)
      } else if (/^(---|\.\.\.|%)/.test(line)) entry = undefined
      else entry?.lines.push(line)
    }
  }

  keys(): string[] {
    return [...this.#entries.keys()]
  }

  /**
   * What stands at a key; null where nothing does.
   *
   * @throws AppError `bad-dataset` with the line, where it is none of the forms above
   */
  get(key: string): YamlValue {
    const entry = this.#entries.get(key)
    if (!entry) return null
    const [inline = '', ...block] = entry.lines
    if (/^[[{]/.test(inline)) return this.#flow(entry.lines.map(withoutComment).join(' '), entry)
    if (!comment.test(inline)) return scalar(inline)
    return this.#block(block, entry)
  }

  #block(lines: readonly string[], entry: Entry): YamlValue {
    const list: string[] = []
    const table = new Map<string, string>()
    for (const [i, line] of lines.entries()) {
      if (comment.test(line)) continue
      const item = /^\s*-\s+(.*)$/.exec(line)?.[1]
      const match = item === undefined ? keyLine.exec(line.trim()) : null
      if (item !== undefined && table.size === 0) list.push(scalar(item))
      else if (match && list.length === 0) table.set(keyOf(match), scalar(match[4] ?? ''))
      else throw this.#bad(entry.line + i + 1, line.trim())
    }
    if (list.length > 0) return list
    return table.size > 0 ? table : null
  }

  /** `[a, 'b']` or `{0: a, 1: 'b'}`. */
  #flow(text: string, { line }: Entry): YamlValue {
    const [open, close] = text.startsWith('[') ? ['[', ']'] : ['{', '}']
    const list: string[] = []
    const table = new Map<string, string>()
    let rest = text.slice(1).trimStart()
    while (!rest.startsWith(close)) {
      const first = flowText(rest, open === '[' ? /^[^,\]]*/ : /^[^,:}]*/)
      rest = first.rest
      if (open === '[') list.push(first.text)
      else {
        if (!rest.startsWith(':')) throw this.#bad(line, text)
        const second = flowText(rest.slice(1).trimStart(), /^[^,}]*/)
        table.set(first.text, second.text)
        rest = second.rest
      }
      if (rest.startsWith(',')) rest = rest.slice(1).trimStart()
      else if (!rest.startsWith(close)) throw this.#bad(line, text)
    }
    if (!comment.test(rest.slice(1))) throw this.#bad(line, text)
    return open === '[' ? list : table
  }

  #bad(line: number, what: string): AppError {
    return new AppError(
      'bad-dataset',
      `${this.#name}, line ${line}: found ${JSON.stringify(what.slice(0, 60))}, expected a text, a list or a table of texts`,
      'Write it as in the documentation of Ultralytics: names: with a line "0: person" for each class.',
    )
  }
}

function keyOf([, double, single, plain = '']: RegExpExecArray): string {
  return unquoted(double, single) ?? plain.trim()
}

function flowText(text: string, plain: RegExp): { text: string; rest: string } {
  const match = quoted.exec(text)
  if (match) return { text: unquoted(match[1], match[2]) ?? '', rest: text.slice(match[0].length) }
  const [found = ''] = plain.exec(text) ?? []
  return { text: found.trim(), rest: text.slice(found.length) }
}

function scalar(text: string): string {
  const match = quoted.exec(text)
  if (match && comment.test(text.slice(match[0].length))) return unquoted(match[1], match[2]) ?? ''
  return withoutComment(text).trim()
}

/** A comment begins with # at the start or after a space; not within quotes. */
function withoutComment(text: string): string {
  const match = /^(?:[^"'#]|"(?:[^"\\]|\\.)*"|'[^']*'|(?<=\S)#|["'])*/.exec(text)
  return match?.[0] ?? text
}

function unquoted(double: string | undefined, single: string | undefined): string | undefined {
  if (double === undefined) return single?.replaceAll("''", "'")
  try {
    return String(JSON.parse(`"${double}"`))
  } catch {
    return double
  }
}

/** A text as YAML, in quotes where it could be taken for something else. */
export function yamlText(text: string): string {
  const isPlain = /^[\p{L}_][\p{L}\p{N}_.-]*(?: [\p{L}\p{N}_.-]+)*$/u.test(text)
  const isWord = /^(?:true|false|yes|no|on|off|null|y|n|nan|inf)$/i.test(text)
  return isPlain && !isWord ? text : JSON.stringify(text)
}
