/** @file The desktop shell: one instance, a window a project, one engine. */
import { join } from 'node:path'
import { app, session } from 'electron'
import { userDataFolder } from '../engine/projects/data-folder.ts'
import { Engine } from './engine.ts'
import { chooseEngineHost } from './engine-host.ts'
import { startEngine } from './engine-process.ts'
import { openPath, refreshMenu } from './open.ts'
import { commandLine, openedPath, openedPaths } from './opened-paths.ts'
import { listenToPages } from './page-messages.ts'
import { registerPageScheme, servePage } from './page-protocol.ts'
import { PageRequests } from './page-requests.ts'
import { keepInPlace, refusePermissions } from './security.ts'
import { WindowPlaces } from './window-places.ts'
import { Windows } from './windows.ts'

const applicationPath = app.isPackaged ? null : app.getAppPath()

/** Ends the engine before the shell, which would take it along in the middle of its work. */
function closeWith(engine: Engine): void {
  let isClosed = false
  app.on('will-quit', (event) => {
    if (isClosed) return
    event.preventDefault()
    void engine.close().finally(() => {
      isClosed = true
      // Not before this event is over: until then the request to quit would be dropped.
      setImmediate(() => app.quit())
    })
  })
}

/** Other starts of the program, and files opened from the system, end up here. */
function openFromOutside(windows: Windows): void {
  app.on('second-instance', (_event, argv, folder) => {
    windows.show()
    for (const opened of openedPaths(commandLine(argv, folder, applicationPath)))
      openPath(windows, opened)
  })
  app.on('activate', () => windows.show())
  app.on('open-file', (event, path) => {
    event.preventDefault()
    const opened = openedPath(path)
    if (opened) openPath(windows, opened)
  })
}

async function start(): Promise<void> {
  // Root can run Chromium without its sandbox only; to force it on then makes every child crash.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  registerPageScheme()
  app.on('web-contents-created', (_event, contents) => keepInPlace(contents))
  app.on('window-all-closed', () => process.platform !== 'darwin' && app.quit())

  await app.whenReady()
  refusePermissions(session.defaultSession)
  const engine = new Engine(async () => startEngine(await chooseEngineHost()))
  const requests = new PageRequests(engine)
  const windows = new Windows(new WindowPlaces(join(app.getPath('userData'), 'windows.json')))
  servePage((request) => requests.forward(request))
  const onProjectShown = (): void => void refreshMenu(windows)
  listenToPages({ engine, windows, requests, onProjectShown })
  openFromOutside(windows)
  closeWith(engine)
  await refreshMenu(windows)
  windows.open(null)
  const own = commandLine(process.argv, process.cwd(), applicationPath)
  for (const opened of openedPaths(own)) openPath(windows, opened)
  await engine.start()
}

// The lock is tied to this folder: another data folder is another workbench.
app.setPath('userData', join(userDataFolder(), 'shell'))
if (app.requestSingleInstanceLock()) void start()
else app.quit()
