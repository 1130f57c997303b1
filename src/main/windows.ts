/** @file The windows and the projects that they show: one window a project. */
import { basename } from 'node:path'
import { app, BrowserWindow, dialog, screen } from 'electron'
import { channels, type ShellCommand } from '../shared/shell-bridge.ts'
import { openWindow } from './window.ts'
import type { WindowPlaces } from './window-places.ts'

/** A page that stops again within this time is not loaded again without asking. */
const restlessMs = 10_000

interface Shown {
  project: string | null
  /** Commands for a page that does not listen yet; null once it does. */
  waiting: ShellCommand[] | null
  /** When its page last stopped. */
  stoppedAt: number
}

function toFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

function titleOf(project: string | null): string {
  return project === null ? 'Maskbench' : `${basename(project, '.maskbench')} – Maskbench`
}

export class Windows {
  readonly #places: WindowPlaces
  readonly #shown = new Map<BrowserWindow, Shown>()

  constructor(places: WindowPlaces) {
    this.#places = places
  }

  /** Opens a window on a project, or brings the one that shows it to the front. */
  open(project: string | null): BrowserWindow {
    const existing = project === null ? undefined : this.#showing(project)
    if (existing) {
      toFront(existing)
      return existing
    }
    const window = openWindow(project, this.#places.find(project, this.#screens()))
    this.#shown.set(window, { project, waiting: [], stoppedAt: 0 })
    window.on('close', () => this.#rememberPlace(window))
    window.on('closed', () => this.#shown.delete(window))
    // A page that has been loaded again listens once it says so.
    window.webContents.on('did-navigate', () => this.#startWaiting(window))
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') void this.#reloadStopped(window)
    })
    // The title says which project it is; the page's own is that of a browser's tab.
    window.on('page-title-updated', (event) => event.preventDefault())
    return window
  }

  /** Opens a project: in its window, in one that shows the list of projects, or in a new one. */
  openProject(path: string): void {
    const window = this.current()
    const isFree = this.#shown.get(window)?.project === null
    if (isFree && !this.#showing(path)) this.tell(window, { do: 'open-project', path })
    else this.open(path)
  }

  /** The window that the user looks at, or another one, or a new one. */
  current(): BrowserWindow {
    const window = BrowserWindow.getFocusedWindow() ?? [...this.#shown.keys()][0]
    return window ?? this.open(null)
  }

  show(): void {
    toFront(this.current())
  }

  /** Notes the project that a window shows; false where another one shows it, which comes to the front. */
  shows(window: BrowserWindow, project: string | null): boolean {
    const shown = this.#shown.get(window)
    if (!shown) return false
    const other = project === null ? undefined : this.#showing(project)
    if (other && other !== window) {
      toFront(other)
      return false
    }
    window.setTitle(titleOf(project))
    if (project !== null) app.addRecentDocument(project)
    if (shown.project === project) return true
    this.#rememberPlace(window)
    shown.project = project
    return true
  }

  /** Tells a page what to do, at the latest when it listens. */
  tell(window: BrowserWindow, command: ShellCommand): void {
    const waiting = this.#shown.get(window)?.waiting
    if (waiting) waiting.push(command)
    else window.webContents.send(channels.command, command)
  }

  /** The page in a window listens now. */
  ready(window: BrowserWindow): void {
    const shown = this.#shown.get(window)
    if (!shown) return
    const waiting = shown.waiting ?? []
    shown.waiting = null
    for (const command of waiting) this.tell(window, command)
  }

  #showing(project: string): BrowserWindow | undefined {
    return [...this.#shown].find(([, shown]) => shown.project === project)?.[0]
  }

  #screens(): Electron.Rectangle[] {
    return screen.getAllDisplays().map(({ workArea }) => workArea)
  }

  #rememberPlace(window: BrowserWindow): void {
    const project = this.#shown.get(window)?.project ?? null
    const place = { bounds: window.getNormalBounds(), maximized: window.isMaximized() }
    this.#places.remember(project, place)
  }

  #startWaiting(window: BrowserWindow): void {
    const shown = this.#shown.get(window)
    if (shown) shown.waiting ??= []
  }

  /** Loads a page again whose process has ended; what it had saved is with the engine. */
  async #reloadStopped(window: BrowserWindow): Promise<void> {
    const shown = this.#shown.get(window)
    if (!shown) return
    const isRestless = Date.now() - shown.stoppedAt < restlessMs
    shown.stoppedAt = Date.now()
    if (isRestless) {
      const { response } = await dialog.showMessageBox(window, {
        type: 'error',
        message: 'The window has stopped twice in a short time.',
        detail: 'Nothing that was saved is lost.',
        buttons: ['Load it again', 'Close the window'],
        cancelId: 1,
      })
      if (window.isDestroyed()) return
      if (response === 1) {
        window.destroy()
        return
      }
    }
    window.webContents.reload()
  }
}
