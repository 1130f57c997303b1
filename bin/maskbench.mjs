#!/usr/bin/env node
// Written so that an old Node can read it and say what it is; see https://node.green
import { existsSync, readdirSync, statSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const built = join(root, 'out', 'main', 'cli.cjs')
const source = join(root, 'src', 'cli', 'index.ts')

/** Modification time of the newest file in a folder, in milliseconds. */
function newest(folder) {
  const times = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? newest(path) : statSync(path).mtimeMs
  })
  return Math.max(...times, 0)
}

/** The build, unless the source has changed since. An installed package has no source. */
function program(major) {
  // Node 22 strips types as well, but does not know `using`, which the build replaces.
  if (!existsSync(source) || major < 24) return built
  const current = existsSync(built) && newest(join(root, 'src')) <= statSync(built).mtimeMs
  return current ? built : source
}

/** Why this Node cannot run the program; null when it can. */
function obstacle(major, minor) {
  if (major < 22 || (major === 22 && minor < 18))
    return (
      `maskbench needs Node 22.18 or newer, and this is ${process.versions.node}. ` +
      'In a clone, "npx maskbench …" uses the Node that comes with it; else see https://nodejs.org.'
    )
  return existsSync(program(major)) ? null : 'maskbench is not built: run "npm run build" first.'
}

const [major, minor] = process.versions.node.split('.').map(Number)
const problem = obstacle(major, minor)
if (problem) {
  console.error(problem)
  process.exitCode = 1
} else {
  // Keeps compiled code between runs: the program starts in half the time.
  nodeModule.enableCompileCache()
  import(pathToFileURL(program(major)).href)
}
