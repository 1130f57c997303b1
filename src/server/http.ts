/** @file Node's HTTP messages as the web's Request and Response. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** The largest body that is taken: above the mask of any picture, below what hurts. */
const longestBodyBytes = 128 * 1024 * 1024

function hasBody({ method }: IncomingMessage): boolean {
  return method !== 'GET' && method !== 'HEAD'
}

/** Whether a request is one whose body we take: it says how long it is, and that is not too long. */
export function isBodyTaken(message: IncomingMessage): boolean {
  const length = Number(message.headers['content-length'] ?? (hasBody(message) ? Number.NaN : 0))
  return length <= longestBodyBytes
}

/** The request as the web knows it; its signal is aborted when the caller hangs up. */
export function toRequest(message: IncomingMessage, out: ServerResponse): Request {
  const controller = new AbortController()
  out.once('close', () => {
    if (!out.writableFinished) controller.abort()
  })
  const body = hasBody(message) ? Readable.toWeb(message) : null
  return new Request(`http://${message.headers.host}${message.url}`, {
    method: message.method ?? 'GET',
    headers: Object.entries(message.headersDistinct).flatMap(([name, values]) =>
      (values ?? []).map((value): [string, string] => [name, value]),
    ),
    signal: controller.signal,
    // Node's own types for the web's streams are apart from the web's.
    ...(body && { body: body as ReadableStream<Uint8Array>, duplex: 'half' as const }),
  })
}

/** Sends an answer; a caller that hangs up meanwhile ends it. */
export async function sendResponse(response: Response, out: ServerResponse): Promise<void> {
  out.writeHead(response.status, Object.fromEntries(response.headers))
  if (response.body) await pipeline(response.body, out)
  else out.end()
}
