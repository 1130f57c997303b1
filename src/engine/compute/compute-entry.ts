/** @file Finds the script that a compute process and its worker threads start with. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** From source it is process.ts beside this file; a build has `compute.cjs`, chunks a folder deeper. */
export function computeEntry(): string {
  const here = fileURLToPath(import.meta.url)
  const folder = dirname(here)
  if (here.endsWith('.ts')) return join(folder, 'process.ts')
  const beside = join(folder, 'compute.cjs')
  return existsSync(beside) ? beside : join(dirname(folder), 'compute.cjs')
}
