import { join } from 'node:path'
import { BrowserWindow, nativeTheme } from 'electron'
import { applicationFolder } from '../engine/location.ts'
import { developmentUrl } from './development.ts'
import { pageAddress } from './page-address.ts'
import type { WindowPlace } from './window-places.ts'

/** The page's own background, so that the window does not flash before the page is there. */
const background = { dark: '#14171a', light: '#f6f7f8' } as const

const usualSize = { width: 1280, height: 800 } as const

/** The page's address, at a project or at the list of them. */
function addressOf(project: string | null): string {
  const page = pageAddress(developmentUrl)
  return project === null ? page : `${page}#/project/${encodeURIComponent(project)}`
}

/** Opens a window and loads the page into it. */
export function openWindow(project: string | null, place: WindowPlace | null): BrowserWindow {
  const window = new BrowserWindow({
    ...(place?.bounds ?? usualSize),
    minWidth: 720,
    minHeight: 480,
    title: 'Maskbench',
    icon: join(applicationFolder, 'resources', 'icon.png'),
    backgroundColor: background[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'],
    webPreferences: {
      preload: join(applicationFolder, 'out', 'preload', 'index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      nodeIntegrationInWorker: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      // The spelling checker would fetch dictionaries from the network.
      spellcheck: false,
    },
  })
  if (place?.maximized) window.maximize()
  void window.loadURL(addressOf(project))
  return window
}
