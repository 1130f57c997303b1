/** @file Where the page is loaded from, and whether an address is the page's. */

export const pageScheme = 'app'
const pageHost = 'maskbench'

/** `developmentUrl` is the development server's address, where there is one. */
export function pageAddress(developmentUrl: string | undefined): string {
  return developmentUrl ?? `${pageScheme}://${pageHost}/index.html`
}

function parse(url: string): URL | null {
  try {
    return new URL(url)
  } catch {
    return null
  }
}

/** Whether `url` belongs to our page: the same scheme, host and port. */
export function isPageAddress(url: string, developmentUrl: string | undefined): boolean {
  const given = parse(url)
  const own = parse(pageAddress(developmentUrl))
  // `origin` would be 'null' for every scheme that is not the web's.
  return given !== null && given.protocol === own?.protocol && given.host === own.host
}
