import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../scripts/root.ts'

type Colours = Record<string, string>

const css = readFileSync(join(root, 'src/renderer/src/styles/tokens.css'), 'utf8')
const [lightPart = '', darkPart = ''] = css.split('@media (prefers-color-scheme: dark)')

function coloursOf(part: string): Colours {
  return Object.fromEntries(
    [...part.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  )
}

const light = coloursOf(lightPart)
const themes: Record<string, Colours> = { light, dark: { ...light, ...coloursOf(darkPart) } }

/** Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(colour.slice(start, start + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(first: string, second: string): number {
  const [dark = 0, bright = 0] = [luminance(first), luminance(second)].sort((a, b) => a - b)
  return (bright + 0.05) / (dark + 0.05)
}

/** Every colour of text with the surfaces that it stands on. */
const pairs: Record<string, string[]> = {
  text: ['background', 'surface', 'sunken', 'warning-surface'],
  'text-quiet': ['background', 'surface', 'sunken', 'warning-surface'],
  'text-faint': ['surface', 'sunken'],
  warning: ['surface', 'warning-surface'],
  accent: ['background', 'surface', 'accent-surface'],
  'on-accent': ['accent'],
}

describe.each(Object.entries(themes))('the %s theme', (_, colours) => {
  it.each(Object.entries(pairs))('has %s legible on every surface (AA)', (text, surfaces) => {
    const ratios = surfaces.map((surface) => contrast(colours[text] ?? '', colours[surface] ?? ''))
    expect(Math.min(...ratios)).toBeGreaterThanOrEqual(4.5)
  })
})
