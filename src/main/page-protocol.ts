import { protocol } from 'electron'
import { pageFolder } from '../engine/location.ts'
import { textResponse } from '../engine/page/page-handler.ts'
import { createSiteHandler } from '../engine/page/site-handler.ts'
import type { BytesHandler } from '../shared/bytes-link.ts'
import { isPageAddress, pageScheme } from './page-address.ts'

/** Makes `app://` an origin of its own like https; only possible before the app is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: pageScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
    },
  ])
}

/** Serves the built page and the engine's bytes on `app://`, with the same headers as over HTTP. */
export function servePage(bytes: BytesHandler): void {
  const site = createSiteHandler({ pageFolder, bytes })
  protocol.handle(pageScheme, async (request) =>
    isPageAddress(request.url, undefined) ? site(request) : textResponse(404, 'no such page'),
  )
}
