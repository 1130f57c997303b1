/** @file Finds the Electron binary to run. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './root.ts'

export interface ElectronBinary {
  executable: string
  /** Its major version; null where the folder does not say. */
  major: number | null
}

const packageFolder = join(root, 'node_modules', 'electron')

function readText(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null
}

/** The folder that ELECTRON_OVERRIDE_DIST_PATH names, else the one that `install-electron` filled. */
function distFolder(): string {
  return process.env.ELECTRON_OVERRIDE_DIST_PATH || join(packageFolder, 'dist')
}

/** The binary and its version, or null where there is none. */
export function findElectron(): ElectronBinary | null {
  const name = readText(join(packageFolder, 'path.txt')) ?? 'electron'
  const executable = join(distFolder(), name)
  if (!existsSync(executable)) return null
  const version = readText(join(dirname(executable), 'version'))
  return { executable, major: version ? Number.parseInt(version.replace(/^v/, ''), 10) : null }
}

/** The major version of Electron that the product is built for. */
export function wantedElectron(): number {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'))
  return Number.parseInt(version, 10)
}
