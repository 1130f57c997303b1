import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from '../../scripts/root.ts'

type Colours = Record<string, string>

const css = readFileSync(join(root, 'src/renderer/src/styles/tokens.css'), 'utf8')
const [lightPart = '', darkPart = ''] = css.split(':root[data-theme="dark"]')

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

const grounds = ['background', 'surface', 'sunken', 'hover']

/** Every colour of text with the surfaces that it stands on. */
const texts: Record<string, string[]> = {
  text: [...grounds, 'warning-surface', 'danger-surface', 'success-surface', 'accent-surface'],
  'text-quiet': [...grounds, 'warning-surface', 'danger-surface', 'success-surface'],
  'text-faint': grounds,
  accent: ['background', 'surface', 'accent-surface'],
  danger: ['background', 'surface', 'danger-surface'],
  warning: ['background', 'surface', 'warning-surface'],
  success: ['background', 'surface', 'success-surface'],
  'on-accent': ['accent', 'accent-strong'],
  'on-danger': ['danger'],
  'on-tip': ['tip'],
  'rail-text': ['rail', 'rail-hover'],
  'rail-text-here': ['rail', 'rail-hover'],
  'on-stage': ['stage'],
}

/** Outlines of controls, marks and the ring of the focus, which need 3 (WCAG 2.2, 1.4.11). */
const shapes: Record<string, string[]> = {
  'control-line': ['background', 'surface', 'sunken'],
  accent: [...grounds, 'track'],
  'rail-accent': ['rail', 'rail-hover'],
  'mark-labelled': ['background', 'surface'],
  'mark-empty': ['background', 'surface'],
  'mark-suggested': ['background', 'surface'],
  'mark-flagged': ['background', 'surface'],
  'series-a': ['surface'],
  'series-b': ['surface'],
  'series-c': ['surface'],
  'series-d': ['surface'],
  'series-e': ['surface'],
  'series-f': ['surface'],
  'series-g': ['surface'],
  'series-h': ['surface'],
}

function lowest(colours: Colours, name: string, surfaces: readonly string[]): number {
  return Math.min(
    ...surfaces.map((surface) => contrast(colours[name] ?? '', colours[surface] ?? '')),
  )
}

describe.each(Object.entries(themes))('the %s theme', (_, colours) => {
  it.each(Object.entries(texts))('has %s legible on every surface (AA)', (text, surfaces) => {
    expect(lowest(colours, text, surfaces)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(Object.entries(shapes))('has %s visible on every surface (AA)', (shape, surfaces) => {
    expect(lowest(colours, shape, surfaces)).toBeGreaterThanOrEqual(3)
  })
})

it('names no colour that the dark theme has and the light one lacks', () => {
  expect(Object.keys(coloursOf(darkPart)).filter((name) => !(name in light))).toEqual([])
})
