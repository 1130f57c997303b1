import type { FramePlace } from './frame-cursor.ts'
import { formatRoute, parseRoute, type Route, type ScreenName } from './route.ts'
import { Store } from './store.ts'

/** Browsers slow down pages that change their address too often. */
const writeAfterMs = 250

/** The page's address as a value. The frame cursor is kept in it, which is no step of the history. */
export class RouteStore extends Store<Route> {
  #place: FramePlace | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super(parseRoute(window.location.hash))
  }

  /** Follows the address. Returns the function that ends it. */
  follow(): () => void {
    const read = (): void => this.set(parseRoute(window.location.hash))
    const write = (): void => this.#write()
    window.addEventListener('hashchange', read)
    window.addEventListener('pagehide', write)
    return () => {
      window.removeEventListener('hashchange', read)
      window.removeEventListener('pagehide', write)
    }
  }

  /** Goes to a screen of the open project. */
  show(screen: ScreenName): void {
    this.#write()
    this.#go({ ...this.get(), screen })
  }

  openProject(path: string, screen: ScreenName = 'label'): void {
    this.#go({ project: path, screen, tape: null, frame: 0 })
  }

  closeProject(): void {
    this.#write()
    this.#go({ project: null, screen: 'projects', tape: null, frame: 0 })
  }

  /** Keeps the frame cursor in the address, a little later. */
  keep(place: FramePlace): void {
    this.#place = place
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#write(), writeAfterMs)
  }

  #go(route: Route): void {
    this.#place = null
    clearTimeout(this.#timer)
    // The address changes first: what is shown may read it.
    window.history.pushState(null, '', formatRoute(route))
    this.set(route)
  }

  #write(): void {
    clearTimeout(this.#timer)
    const place = this.#place
    this.#place = null
    if (!place || this.get().project === null) return
    const route = { ...this.get(), ...place }
    window.history.replaceState(null, '', formatRoute(route))
    this.set(route)
  }
}
