/** @file Collects the licences of what an installer bundles into dist/licences. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { root } from './root.ts'

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ dev: z.boolean().optional(), optional: z.boolean().optional() }),
  ),
})

const packageSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.union([z.string(), z.object({ type: z.string() })]).optional(),
})

export interface Licence {
  /** `name version` */
  title: string
  /** By its usual short name. */
  kind: string
  /** The texts that the package carries; empty where it has none. */
  text: string
}

/** Development packages that end up in an installer all the same: the page holds them, or they are copied. */
const bundled = ['react', 'react-dom', 'scheduler', 'node'].map((name) => `node_modules/${name}`)

/** Packages that it leaves out, see electron-builder.yml. */
const leftOut = /^node_modules\/@tensorflow\//

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'))
}

function licenceOf(folder: string): Licence {
  const { name, version, license } = packageSchema.parse(readJson(join(folder, 'package.json')))
  const files = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^(licen[cs]e|copying|notice)/i.test(entry.name))
    .map((entry) => readFileSync(join(folder, entry.name), 'utf8').trim())
  const kind = typeof license === 'string' ? license : (license?.type ?? 'see its text')
  return { title: `${name} ${version}`, kind, text: files.join('\n\n') }
}

/** The licences of all packages that an installer of this machine bundles, sorted by name. */
export function bundledLicences(): Licence[] {
  const { packages } = lockSchema.parse(readJson(join(root, 'package-lock.json')))
  const folders = Object.entries(packages)
    .filter(([path, { dev = false }]) => path !== '' && (!dev || bundled.includes(path)))
    .map(([path]) => path)
    // Optional packages for other systems are not installed.
    .filter((path) => !leftOut.test(path) && existsSync(join(root, path, 'package.json')))
  const licences = folders.map((path) => licenceOf(join(root, path)))
  return licences.sort((a, b) => a.title.localeCompare(b.title, 'en'))
}

const line = '-'.repeat(80)

/** Writes them as one text, beside the texts that the bundled FFmpeg and libvips are under. */
export function writeLicences(): void {
  const folder = join(root, 'dist', 'licences')
  mkdirSync(folder, { recursive: true })
  const parts = bundledLicences().map(
    ({ title, kind, text }) => `${line}\n${title}: ${kind}\n${line}\n\n${text || '(no text)'}\n`,
  )
  const notice = readFileSync(join(root, 'NOTICE'), 'utf8')
  writeFileSync(join(folder, 'THIRD-PARTY.txt'), `${notice}\n${parts.join('\n')}`)
  cpSync(join(root, 'resources', 'licences'), folder, { recursive: true })
}
