/** @file Where the program lies on disk, the same when run from source and when bundled. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const packageSchema = z.object({
  name: z.string(),
  version: z.string(),
  dependencies: z.record(z.string(), z.string()),
})

/** Bundled, every module becomes part of a CommonJS file under out/main. */
const bundled = import.meta.filename.endsWith('.cjs')

function findApplicationFolder(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from
  const parent = dirname(from)
  if (parent === from) throw new Error(`no package.json above ${import.meta.dirname}`)
  return findApplicationFolder(parent)
}

/** The folder that holds package.json. */
export const applicationFolder = findApplicationFolder(import.meta.dirname)

/** The built page: index.html and its assets. */
export const pageFolder = join(applicationFolder, 'out', 'renderer')

/** The file that the engine's process starts with: the bundle's when bundled, else the source's. */
export const engineEntry = bundled
  ? join(applicationFolder, 'out', 'main', 'engine.cjs')
  : join(applicationFolder, 'src', 'engine', 'host.ts')

function readPackage() {
  const json: unknown = JSON.parse(readFileSync(join(applicationFolder, 'package.json'), 'utf8'))
  return packageSchema.parse(json)
}

/** The program's version, from package.json. */
export function applicationVersion(): string {
  return readPackage().version
}

/** What decides about the numbers of a training: the program, Node and ONNX Runtime. */
export function libraryVersions(): Record<string, string> {
  const { version, dependencies } = readPackage()
  const { node } = process.versions
  return { maskbench: version, node, onnxruntime: dependencies['onnxruntime-node'] ?? 'unknown' }
}
