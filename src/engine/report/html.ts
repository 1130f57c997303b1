/**
 * @file Markup that cannot be injected into: whatever is put into a template is escaped, except
 * markup that came out of a template itself.
 */

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** C0 controls have no place in HTML, and names may hold them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g

/** Text as it stands between tags and in quoted attributes. */
export function escapeText(text: string): string {
  return text.replace(controls, '').replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

/** Finished markup, inserted as it is; made by `html`, and by hand only from constants. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Insert = Markup | string | number | null | readonly Markup[]

function markupOf(insert: Insert): string {
  if (insert === null) return ''
  if (insert instanceof Markup) return insert.text
  if (typeof insert === 'object') return insert.map(({ text }) => text).join('')
  return escapeText(String(insert))
}

/** A piece of HTML or SVG; null inserts nothing. Attributes stand in double quotes. */
export function html(parts: TemplateStringsArray, ...inserts: Insert[]): Markup {
  return new Markup(String.raw({ raw: parts }, ...inserts.map(markupOf)))
}
