/** @file Node's HTTP messages as the web's Request and Response. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'

/** The request as the web knows it, without a body: everything that changes goes over the socket. */
export function toRequest(message: IncomingMessage): Request {
  return new Request(`http://${message.headers.host}${message.url}`, {
    method: message.method ?? 'GET',
    headers: Object.entries(message.headersDistinct).flatMap(([name, values]) =>
      (values ?? []).map((value): [string, string] => [name, value]),
    ),
  })
}

/** Sends an answer; a caller that hangs up meanwhile ends it. */
export async function sendResponse(response: Response, out: ServerResponse): Promise<void> {
  out.writeHead(response.status, Object.fromEntries(response.headers))
  if (response.body) await pipeline(response.body, out)
  else out.end()
}
