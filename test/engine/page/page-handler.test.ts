import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPageHandler, fileBelow } from '../../../src/engine/page/page-handler.ts'

let folder: string
let handle: (request: Request) => Promise<Response>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskbench-page-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<title>Blick</title>')
  await writeFile(join(folder, 'assets', 'index-1a2b.js'), 'export {}')
  handle = createPageHandler(folder)
})

afterAll(() => rm(folder, { recursive: true }))

describe('the page handler', () => {
  it('answers a folder with its index.html', async () => {
    const response = await handle(new Request('app://maskbench/'))
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await response.text()).toBe('<title>Blick</title>')
  })

  it('lets the browser keep files with a hash in their name, and no others', async () => {
    const script = await handle(new Request('http://127.0.0.1/assets/index-1a2b.js'))
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(script.headers.get('cache-control')).toContain('immutable')
    const page = await handle(new Request('http://127.0.0.1/index.html'))
    expect(page.headers.get('cache-control')).toBe('no-cache')
  })

  it('answers HEAD with the headers alone', async () => {
    const response = await handle(new Request('http://127.0.0.1/', { method: 'HEAD' }))
    expect(response.headers.get('content-length')).toBe('20')
    expect(await response.text()).toBe('')
  })

  it.each(['/absent.html', '/assets', '/%E0%A4%A'])('answers 404 for %s', async (path) => {
    const response = await handle(new Request(`http://127.0.0.1${path}`))
    expect(response.status).toBe(404)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'self'")
  })
})

describe('the file that a path names', () => {
  it.each(['/../secret', '/a/../../secret', '/%2e%2e/secret', '/..%2fsecret', '/a\0.html', '/..'])(
    'is none for %j, which would lead out of the folder',
    (path) => {
      expect(fileBelow('/page', path)).toBeNull()
    },
  )

  it('may begin with dots and hold spaces', () => {
    expect(fileBelow('/page', '/..a/b%20c.png')).toBe(join('/page', '..a', 'b c.png'))
  })
})
