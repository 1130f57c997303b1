import { join } from 'node:path'
import { BrowserWindow, nativeTheme } from 'electron'
import { applicationFolder } from '../engine/location.ts'
import { developmentUrl } from './development.ts'
import { pageAddress } from './page-address.ts'

/** The page's own background, so that the window does not flash before the page is there. */
const background = { dark: '#14171a', light: '#f6f7f8' } as const

/** Opens the window and loads the page into it. */
export function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 720,
    minHeight: 480,
    title: 'Maskbench',
    icon: join(applicationFolder, 'resources', 'icon.png'),
    backgroundColor: background[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'],
    autoHideMenuBar: true,
    webPreferences: {
      preload: join(applicationFolder, 'out', 'preload', 'index.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // The spelling checker would fetch dictionaries from the network.
      spellcheck: false,
    },
  })
  void window.loadURL(pageAddress(developmentUrl))
  return window
}
