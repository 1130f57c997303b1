/** @file The desktop shell: one instance, one window, one engine. */
import { join } from 'node:path'
import { app, BrowserWindow, MessageChannelMain, session } from 'electron'
import { userDataFolder } from '../engine/projects/data-folder.ts'
import { portChannel } from '../shared/shell-bridge.ts'
import { createEnginePorts } from './engine-ports.ts'
import { startEngine } from './engine-process.ts'
import { onFromPage } from './from-page.ts'
import { registerPageScheme, servePage } from './page-protocol.ts'
import { keepInPlace, refusePermissions } from './security.ts'
import { openWindow } from './window.ts'

function showWindow(): void {
  const [window] = BrowserWindow.getAllWindows()
  if (!window) {
    openWindow()
    return
  }
  if (window.isMinimized()) window.restore()
  window.focus()
}

async function start(): Promise<void> {
  // Root can run Chromium without its sandbox only; to force it on then makes every child crash.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  registerPageScheme()
  app.on('web-contents-created', (_event, contents) => keepInPlace(contents))
  app.on('second-instance', showWindow)
  app.on('activate', showWindow)
  app.on('window-all-closed', () => process.platform !== 'darwin' && app.quit())

  await app.whenReady()
  refusePermissions(session.defaultSession)
  servePage()
  const engine = createEnginePorts(startEngine)
  onFromPage(portChannel, (frame, nonce) => {
    const { port1, port2 } = new MessageChannelMain()
    engine.join(port1)
    frame.postMessage(portChannel, nonce, [port2])
  })
  app.on('will-quit', () => engine.stop())
  openWindow()
  engine.start()
}

// The lock is tied to this folder: another data folder is another workbench.
app.setPath('userData', join(userDataFolder(), 'shell'))
if (app.requestSingleInstanceLock()) void start()
else app.quit()
