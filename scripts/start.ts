/**
 * @file `npm start`: builds, then opens the workbench in Electron where there is a display and a
 * binary, and otherwise serves it and prints the address.
 */
import { servedRoots } from '../src/server/roots.ts'
import { serveWorkbench } from '../src/server/serve.ts'
import { build } from './build.ts'
import { hasDisplay } from './display.ts'
import { findElectron, installElectron, runsNativeModules } from './electron.ts'
import { root } from './root.ts'
import { run } from './run.ts'

/** Opens the desktop shell and waits for its end. Returns why it could not be opened, or null. */
async function openShell(): Promise<string | null> {
  if (!hasDisplay()) return 'There is no display here.'
  if (!findElectron()) {
    console.log('Fetching Electron (about 120 MB, once) …')
    await installElectron()
  }
  const electron = findElectron()
  if (!electron) return 'Electron cannot be had here.'
  const { code } = await run(
    [electron.executable, root, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    { env: runsNativeModules(electron) ? {} : { MASKBENCH_NODE: process.execPath } },
  )
  process.exitCode = code
  return null
}

async function serveInstead(): Promise<void> {
  const served = await serveWorkbench({ roots: servedRoots({ current: process.cwd() }) })
  console.log(`Open this address in a browser (Ctrl-C ends it):\n\n  ${served.url}\n`)
  process.once('SIGINT', () => void served.close())
  process.once('SIGTERM', () => void served.close())
}

const built = await build()
if (built.code !== 0) process.exit(built.code)
const obstacle = await openShell()
if (obstacle) {
  console.log(`${obstacle} The workbench is served instead.`)
  await serveInstead()
}
