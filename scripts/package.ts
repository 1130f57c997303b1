/**
 * @file `npm run package [-- OPTION…]`: installers of this system in dist/packages. The options are
 * those of electron-builder, such as `--dir` or `--linux deb`.
 */
import { dirname } from 'node:path'
import { build } from './build.ts'
import { findElectron, installElectron, runsNativeModules, wantedElectron } from './electron.ts'
import { writeLicences } from './licences.ts'
import { run } from './run.ts'

/** Why there is no Electron to package; null when there is one. */
async function obstacle(): Promise<string | null> {
  if (!findElectron()) {
    console.log(`Fetching Electron ${wantedElectron} (about 120 MB, once) …`)
    await installElectron()
  }
  const electron = findElectron()
  if (!electron) return 'it is not installed and could not be downloaded'
  if (runsNativeModules(electron)) return null
  return `only version ${electron.major ?? 'unknown'} is there, which the native modules do not take`
}

async function makeInstallers(options: readonly string[]): Promise<number> {
  const built = await build()
  if (built.code !== 0) return built.code
  writeLicences()
  const dist = dirname(findElectron()?.executable ?? '')
  const { code } = await run([
    ...(['electron-builder', '--publish', 'never'] as const),
    ...[`-c.electronDist=${dist}`, `-c.electronVersion=${wantedElectron}`, ...options],
  ])
  return code
}

const reason = await obstacle()
if (reason === null) process.exitCode = await makeInstallers(process.argv.slice(2))
else {
  console.error(
    `No installer was made: an installer needs Electron ${wantedElectron}, and ${reason}.\n` +
      'Run `npm run package` on a machine that reaches github.com, or name the folder of such an ' +
      'Electron in ELECTRON_OVERRIDE_DIST_PATH.',
  )
  process.exitCode = 1
}
