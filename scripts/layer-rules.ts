/** @file Which folder may import which, and which library has one door. */
import { globSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, posix } from 'node:path'
import { importsOf } from './imports.ts'

interface Layer {
  /** Folders of the repository that it may import from. */
  folders: readonly string[]
  /** Packages that it may import; null = every one, and Node's own modules. */
  packages: readonly string[] | null
}

/** The folders of src, each with what it may import. The page and what it shares run in a browser. */
const layers: Readonly<Record<string, Layer>> = {
  shared: { folders: ['src/shared'], packages: ['zod'] },
  engine: { folders: ['src/shared', 'src/engine'], packages: null },
  server: { folders: ['src/shared', 'src/engine', 'src/server'], packages: null },
  cli: { folders: ['src/shared', 'src/engine', 'src/server', 'src/cli'], packages: null },
  main: { folders: ['src/shared', 'src/engine', 'src/main'], packages: null },
  preload: { folders: ['src/shared', 'src/preload'], packages: ['electron'] },
  renderer: {
    folders: ['src/shared', 'src/renderer', 'resources'],
    packages: ['zod', 'react', 'react-dom', 'fabric', 'uplot'],
  },
}

/** Libraries that only these files or folders import: one door each. */
const doors: Readonly<Record<string, readonly string[]>> = {
  '@tensorflow/tfjs-node': ['src/engine/train/session/tfjs/'],
  'better-sqlite3': ['src/engine/db/'],
  commander: ['src/cli/'],
  electron: ['src/main/', 'src/preload/'],
  fabric: ['src/renderer/src/canvas/'],
  'fast-xml-parser': ['src/engine/formats/xml.ts'],
  'node-av': ['src/engine/media/'],
  'onnxruntime-node': ['src/engine/infer/session.ts'],
  papaparse: ['src/engine/formats/table-file.ts'],
  protobufjs: ['src/engine/onnx/', 'src/engine/formats/tensorboard/events.ts'],
  react: ['src/renderer/'],
  'react-dom': ['src/renderer/'],
  uplot: ['src/renderer/src/charts/'],
  ws: ['src/server/'],
  yauzl: ['src/engine/formats/archive/'],
  yazl: ['src/engine/formats/archive/'],
}

/** `@scope/name/part` → `@scope/name`. */
function packageName(specifier: string): string {
  const parts = specifier.split('/')
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/')
}

/** Why `file` (with slashes, from the root) may not import `specifier`; null when it may. */
function objection(file: string, specifier: string): string | null {
  const name = file.split('/')[1] ?? ''
  const layer = layers[name]
  if (!layer) return `src/${name} is not a layer: add it to the table in scripts/layer-rules.ts`
  if (specifier.startsWith('.')) {
    const target = posix.join(dirname(file), specifier)
    const allowed = layer.folders.some((folder) => target.startsWith(`${folder}/`))
    return allowed ? null : `src/${name} may import from ${layer.folders.join(', ')}`
  }
  const library = packageName(specifier)
  const door = doors[library]
  if (door && !door.some((path) => file.startsWith(path)))
    return `only ${door.join(', ')} may import ${library}`
  if (layer.packages === null || layer.packages.includes(library)) return null
  const what = isBuiltin(specifier) ? 'no Node modules: it runs in a browser' : 'no other package'
  return `src/${name} may import ${layer.packages.join(', ')}, and ${what}`
}

/** Every import below `folder`/src that breaks a rule, as `file:line: …`, sorted by file. */
export function findViolations(folder: string): string[] {
  const files = globSync('src/**/*.{ts,tsx}', { cwd: folder }).map((file) =>
    file.replaceAll('\\', '/'),
  )
  return files.sort().flatMap((file) =>
    importsOf(readFileSync(join(folder, file), 'utf8'), file).flatMap(({ specifier, line }) => {
      const reason = objection(file, specifier)
      return reason === null ? [] : [`${file}:${line}: imports '${specifier}', but ${reason}`]
    }),
  )
}
