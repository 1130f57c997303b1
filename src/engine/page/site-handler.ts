/** @file Everything below the page's own address: its files, and the engine's bytes. */
import { bytesPrefix } from '../../shared/byte-routes.ts'
import type { BytesHandler } from '../../shared/bytes-link.ts'
import { bytesFailure } from '../../shared/bytes-link.ts'
import { createPageHandler, textResponse } from './page-handler.ts'
import { securityHeaders } from './page-headers.ts'

export interface Site {
  /** The built page. */
  pageFolder: string
  /** Answers everything below /bytes/. */
  bytes: BytesHandler
}

const bytesMethods: readonly string[] = ['GET', 'HEAD', 'POST']

/** What is made of a project stays out of every cache that the engine does not ask for. */
const bytesHeaders = { 'cache-control': 'no-store', ...securityHeaders }

async function answerBytes(bytes: BytesHandler, request: Request): Promise<Response> {
  if (!bytesMethods.includes(request.method))
    return textResponse(405, 'only GET, HEAD and POST', { allow: bytesMethods.join(', ') })
  const response = await bytes(request).catch((error) => bytesFailure(500, error))
  for (const [name, value] of Object.entries(bytesHeaders))
    if (!response.headers.has(name)) response.headers.set(name, value)
  return response
}

/** One handler for `app://` and for HTTP. It never throws. */
export function createSiteHandler({ pageFolder, bytes }: Site): BytesHandler {
  const page = createPageHandler(pageFolder)
  return (request) =>
    new URL(request.url).pathname.startsWith(bytesPrefix)
      ? answerBytes(bytes, request)
      : page(request)
}
