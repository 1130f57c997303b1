/** @file The page's files as answers to requests: one handler for `app://` and for HTTP. */
import { readFile } from 'node:fs/promises'
import { extname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { mediaType, securityHeaders } from './page-headers.ts'

/** A plain answer with the security headers. */
export function textResponse(status: number, text: string, headers = {}): Response {
  return new Response(text, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...securityHeaders, ...headers },
  })
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    // A path with broken escapes names no file.
    return null
  }
}

/** The file below `folder` that a URL path names, or null where it would lead out of it. */
export function fileBelow(folder: string, pathname: string): string | null {
  const name = decode(pathname)
  if (name === null || name.includes('\0')) return null
  const path = resolve(folder, `.${sep}${name.endsWith('/') ? `${name}index.html` : name}`)
  const inside = relative(folder, path)
  const leadsOut = inside === '' || inside.split(sep, 1)[0] === '..' || isAbsolute(inside)
  return leadsOut ? null : path
}

/** Answers GET and HEAD with the files in `folder`. */
export function createPageHandler(folder: string): (request: Request) => Promise<Response> {
  const assets = join(folder, 'assets') + sep
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return textResponse(405, 'only GET and HEAD', { allow: 'GET, HEAD' })
    const path = fileBelow(folder, new URL(request.url).pathname)
    if (path === null) return textResponse(404, 'no such file')
    let body: Uint8Array<ArrayBuffer>
    try {
      body = new Uint8Array(await readFile(path))
    } catch {
      return textResponse(404, 'no such file')
    }
    // The names of built assets hold a hash of their content.
    const caching = path.startsWith(assets) ? 'public, max-age=31536000, immutable' : 'no-cache'
    return new Response(request.method === 'HEAD' ? null : body, {
      headers: {
        'content-type': mediaType(extname(path)),
        'content-length': String(body.byteLength),
        'cache-control': caching,
        ...securityHeaders,
      },
    })
  }
}
