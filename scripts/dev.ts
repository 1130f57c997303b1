/** @file `npm run dev`: the shell with the page from a development server, both as they are edited. */
import { hasDisplay } from './display.ts'
import { findElectron, installElectron, runsNativeModules } from './electron.ts'
import { run } from './run.ts'

if (!hasDisplay() || !(findElectron() || (await installElectron()))) {
  console.error('npm run dev needs a display and Electron. `npm start` serves the built page.')
  process.exit(1)
}
const electron = findElectron()
const { code } = await run(['electron-vite', 'dev', '--watch'], {
  env: {
    ELECTRON_EXEC_PATH: electron?.executable ?? '',
    ...(electron && runsNativeModules(electron) ? {} : { MASKBENCH_NODE: process.execPath }),
    ...(process.getuid?.() === 0 ? { NO_SANDBOX: '1' } : {}),
  },
})
process.exitCode = code
