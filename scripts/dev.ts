/**
 * @file `npm run dev [-- OPTION…]`: the shell with the page from a development server, both as they
 * are edited. The options are those of `electron-vite dev`.
 */
import { hasDisplay } from './display.ts'
import { findElectron, installElectron, runsNativeModules } from './electron.ts'
import { run } from './run.ts'

if (!hasDisplay() || !(findElectron() || (await installElectron()))) {
  console.error('npm run dev needs a display and Electron. `npm start` serves the built page.')
  process.exit(1)
}
const electron = findElectron()
const { code } = await run(['electron-vite', 'dev', '--watch', ...process.argv.slice(2)], {
  env: {
    ELECTRON_EXEC_PATH: electron?.executable ?? '',
    ...(electron && runsNativeModules(electron) ? {} : { MASKBENCH_NODE: process.execPath }),
    ...(process.getuid?.() === 0 ? { NO_SANDBOX: '1' } : {}),
  },
})
process.exitCode = code
