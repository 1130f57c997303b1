import { protocol } from 'electron'
import { pageFolder } from '../engine/location.ts'
import { createPageHandler } from '../engine/page/page-handler.ts'
import { pageScheme } from './page-address.ts'

/** Makes `app://` an origin of its own like https; only possible before the app is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: pageScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
    },
  ])
}

/** Serves the built page on `app://`, with the same headers as over HTTP. */
export function servePage(): void {
  protocol.handle(pageScheme, createPageHandler(pageFolder))
}
