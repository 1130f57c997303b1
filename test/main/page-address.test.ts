import { describe, expect, it } from 'vitest'
import { isPageAddress, pageAddress } from '../../src/main/page-address.ts'

describe("the page's address", () => {
  it.each(['app://maskbench/index.html', 'app://maskbench/', 'app://maskbench/?a#b'])(
    'is recognised in %s',
    (url) => expect(isPageAddress(url, undefined)).toBe(true),
  )

  it.each([
    'app://maskbench.evil.example/index.html',
    'app://evil/maskbench',
    'https://maskbench/index.html',
    'file:///maskbench/index.html',
    'about:blank',
    'data:text/html,app://maskbench/',
    'no address',
  ])('is not %s', (url) => expect(isPageAddress(url, undefined)).toBe(false))

  it('is the development server’s while there is one', () => {
    const server = 'http://localhost:5173'
    expect(pageAddress(server)).toBe(server)
    expect(isPageAddress('http://localhost:5173/index.html', server)).toBe(true)
    expect(isPageAddress('http://localhost:5174/', server)).toBe(false)
    expect(isPageAddress('app://maskbench/index.html', server)).toBe(false)
  })
})
