import { expect, test } from 'vitest'
import { comparisonPlot } from '../../../src/engine/compare/plot.ts'
import { comparisonWriter } from '../../../src/engine/compare/save.ts'
import { parseXml } from '../../../src/engine/formats/xml.ts'
import type { ComparedNetwork, Comparison } from '../../../src/shared/contract/compare.ts'
import { caught } from '../../fixtures/caught.ts'

const usual: ComparedNetwork = {
  ...{ id: 'good', title: 'Good', note: null, parameters: 2_000_000, gflops: 2.5 },
  accuracy: { meanIou: 0.75, pixelAccuracy: 0.9, classIou: [0.95, 0.55, null], images: 4 },
  ...{ input: { width: 320, height: 240 }, secondsPerImage: 0.25, peakBytes: 3e8 },
  ...{ device: 'cpu', secondsPerEpoch: 12.5 },
}
const without: ComparedNetwork = {
  ...usual,
  ...{ id: 'a|<b>', accuracy: null, gflops: null, secondsPerEpoch: null },
  note: 'its weights are not installed & more',
}
const comparison: Comparison = {
  ...{ project: '/some.maskbench', sets: ['lab'], split: 'val', networks: [usual, without] },
  classes: ['background', 'person', 'horse'].map((name, index) => {
    return { index, name, colour: '#000000' }
  }),
  machine: { processor: 'Some', threads: 2 },
  comparedAt: '2026-05-01T06:00:00.000Z',
}
const written = (path: string): string => comparisonWriter(path)(comparison)

test('Markdown has a row a network, a dash where nothing is known, and says why', () => {
  const lines = written('a.md').split('\n')
  expect(lines).toContain('| good | 0.750 | 0.900 | 2.00 | 2.50 | 320x240 | 250 | 300 | 12.5 |')
  expect(lines).toContain('| a\\|<b> | – | – | 2.00 | – | 320x240 | 250 | 300 | – |')
  expect(lines).toContain('- a|<b>: its weights are not installed & more')
  // A class that no network has a score in has no row.
  expect(lines.filter((line) => /^\| (background|person|horse) /.test(line))).toEqual([
    ...['| background | 0.950 | – |', '| person | 0.550 | – |'],
  ])
})

test('CSV leaves cells empty where nothing is known', () => {
  const [header, first, second] = written('a.csv').split(/\r?\n/)
  expect(header?.split(',')).toHaveLength(17)
  expect(first).toContain('good,Good,0.75,0.9,4,2000000,2.5,320,240,0.25,300000000,12.5,cpu,,0.95')
  expect(second).toContain('a|<b>,Good,,,,2000000,,320')
})

test('The page is well-formed and names are escaped', () => {
  const page = written('a.html')
  expect(page).not.toContain('a|<b>')
  expect(page).toContain('a|&lt;b&gt;')
  expect(() => parseXml(page.replace('<!DOCTYPE html>\n', ''), 'a.html')).not.toThrow()
})

test('The plot puts what is not known below the axis, where it has no height', () => {
  const svg = comparisonPlot(comparison).text
  const circles = [...svg.matchAll(/cy="([\d.]+)" r="([\d.]+)"[^>]*fill="([^"]+)"/g)]
  const [known, unknown] = circles.map(([, cy, , fill]) => ({ cy: Number(cy), fill }))
  const bottom = Number(/<rect x="64" y="(\d+)"/.exec(svg)?.[1])
  expect(known?.cy).toBeLessThan(bottom)
  expect(unknown?.cy).toBeGreaterThan(bottom)
  expect([known?.fill, unknown?.fill]).toEqual(['#2478bd', 'none'])
})

test('Another ending is refused', () => {
  expect(caught(() => comparisonWriter('a.pdf')).code).toBe('bad-value')
})
