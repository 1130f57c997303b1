import { describe, expect, test } from 'vitest'
import { escapeText, html } from '../../../src/engine/report/html.ts'
import { renderReport } from '../../../src/engine/report/render.ts'
import { hostileName, reportData } from '../../fixtures/report-data.ts'

const names = [hostileName, 'bench 2', 'door']

describe('A report', () => {
  const text = renderReport(reportData(1200, names))

  test('takes no name for markup', () => {
    const tags = new Set(Array.from(text.matchAll(/<\s*([a-z]+)/gi), ([, tag]) => tag))
    expect(tags).not.toContain('script')
    expect(tags).not.toContain('img')
    expect(text).toContain(escapeText(hostileName))
    expect(text).not.toContain(hostileName)
  })

  test('loads nothing: every address in it is data or a place in the file', () => {
    const addresses = Array.from(
      text.matchAll(/(?:href|src|action|data)="([^"]*)"|url\(([^)]*)\)|@import/g),
      ([, attribute, style]) => attribute ?? style,
    )
    expect(addresses.length).toBeGreaterThan(3)
    for (const address of addresses) expect(address).toMatch(/^(data:image\/|#)/)
    expect(text).not.toMatch(/https?:\/\//)
  })

  test('forbids by policy what it does not need', () => {
    expect(text).toMatch(
      /Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-/,
    )
  })

  test('says what was measured, with which network and by which rule', () => {
    for (const fact of ['c'.repeat(64), 'b'.repeat(64), '0-1199', 'Saturday', 'of up to 5 frames'])
      expect(text).toContain(fact)
  })

  test('leaves out what there is none of', () => {
    const data = reportData(50, [])
    const bare = renderReport({ ...data, overview: null, periods: [], truth: null })
    expect(bare).not.toContain('id="truth"')
    expect(bare).not.toContain('id="periods"')
    expect(bare).not.toContain('<image')
  })

  test('of a run that has not begun says so in numbers', () => {
    const begun = reportData(0, ['bench 1'])
    const text = renderReport({ ...begun, truth: null })
    expect(text).toContain('0 frames')
    expect(text).not.toMatch(/NaN|Infinity|undefined/)
  })

  test('holds no number that is none', () => {
    expect(text).not.toMatch(/NaN|Infinity|undefined/)
  })

  test('counts a group of regions as one, but not as a region of its own in the headline', () => {
    const data = reportData(400, ['bench 1', 'bench 2'])
    const [first] = data.regions
    if (!first) throw new Error('two regions were made')
    const group = { ...first, name: 'benches', members: ['bench 1', 'bench 2'], points: [] }
    const grouped = renderReport({ ...data, truth: null, regions: [...data.regions, group] })
    expect(grouped).toContain('one of 2 regions')
    expect(grouped).toContain('bench 1 or bench 2')
  })

  test('stays small for a tape of 15 hours', () => {
    const long = renderReport({ ...reportData(810_000, ['bench 1', 'bench 2']), truth: null })
    expect(long.length).toBeLessThan(500_000)
    expect(long).toContain('810,000')
  })
})

describe('A piece of markup', () => {
  test('escapes what is put in, but not markup', () => {
    const inner = html`<b title="${'"&<>'}">${"it's"}</b>`
    expect(html`<p>${inner}${[inner]}${null}${3}</p>`.text).toBe(
      '<p><b title="&quot;&amp;&lt;&gt;">it&#39;s</b><b title="&quot;&amp;&lt;&gt;">it&#39;s</b>3</p>',
    )
  })

  test('drops control characters, which HTML does not allow', () => {
    expect(escapeText('a\u0000b\u001bc\td')).toBe('abc\td')
  })
})
