/** @file Decides where the engine runs: in a utility process, or in a Node of its own. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { release } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'
import { z } from 'zod'
import { applicationFolder, engineEntry } from '../engine/location.ts'
import { replaceFile } from '../engine/projects/replace-file.ts'
import { engineNode, engineScript } from './development.ts'
import { selfTest } from './self-test.ts'

export interface EngineHost {
  script: string
  /** The Node to run it in; null = a utility process. */
  node: string | null
}

const provenSchema = z.object({ version: z.literal(1), proven: z.string() })

/** Scripts that other processes run lie outside of the archive: a Node that is not Electron's reads them. */
export function unpacked(path: string): string {
  return path.replace(/app\.asar(?=[\\/]|$)/, 'app.asar.unpacked')
}

/** The Node that comes along: with the installer, or among the development tools. */
function bundledNode(): string | null {
  const name = process.platform === 'win32' ? 'node.exe' : 'node'
  const path = app.isPackaged
    ? join(process.resourcesPath, 'node', name)
    : join(applicationFolder, 'node_modules', 'node', 'bin', name)
  return existsSync(path) ? path : null
}

/** What the outcome of the self-test depends on. */
function circumstances(): string {
  const { electron } = process.versions
  return [app.getVersion(), electron, process.platform, process.arch, release()].join(' ')
}

async function isProven(file: string): Promise<boolean> {
  try {
    const json: unknown = JSON.parse(await readFile(file, 'utf8'))
    return provenSchema.parse(json).proven === circumstances()
  } catch {
    // Absent or damaged: the test says it again.
    return false
  }
}

async function remember(file: string): Promise<void> {
  const proven: z.infer<typeof provenSchema> = { version: 1, proven: circumstances() }
  await replaceFile(file, JSON.stringify(proven)).catch(() => {
    // On a read-only home the test is made at every start.
  })
}

/**
 * A utility process, where the native libraries have proven to work in one on this machine (Electron's
 * memory cage may refuse what they do: https://www.electronjs.org/blog/v8-memory-cage); else the Node
 * that comes along. A test that was passed is not repeated for the same versions.
 */
export async function chooseEngineHost(): Promise<EngineHost> {
  const script = unpacked(engineEntry)
  if (engineScript) return { script: engineScript, node: null }
  if (engineNode) return { script, node: engineNode }
  const file = join(app.getPath('userData'), 'engine-host.json')
  if (await isProven(file)) return { script, node: null }
  const problem = await selfTest(join(script, '..', 'self-test.cjs'))
  if (problem === null) {
    await remember(file)
    return { script, node: null }
  }
  const node = bundledNode()
  const where = node === null ? 'there is no other place for it' : `it runs in ${node}`
  console.error(`the engine cannot run in a utility process (${problem}); ${where}`)
  return { script, node }
}
