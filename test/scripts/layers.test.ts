import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findViolations } from '../../scripts/layer-rules.ts'
import { root } from '../../scripts/root.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskbench-layers-'))
})

afterEach(() => rm(folder, { recursive: true }))

async function violationsOf(file: string, code: string): Promise<string[]> {
  await mkdir(dirname(join(folder, file)), { recursive: true })
  await writeFile(join(folder, file), code)
  return findViolations(folder)
}

describe('the rule which folder may import which', () => {
  it('holds for this repository', () => {
    expect(findViolations(root)).toEqual([])
  })

  it('allows what the table allows', async () => {
    const code = `import { z } from 'zod'\nimport { join } from 'node:path'\nimport '../shared/a.ts'`
    expect(await violationsOf('src/engine/a.ts', code)).toEqual([])
    expect(await violationsOf('src/renderer/src/A.tsx', `import '../../shared/a.ts'`)).toEqual([])
  })

  it.each([
    ['an import', `\nimport { app } from '../main/app.ts'`],
    ['a type', `\nimport type { App } from '../main/app.ts'`],
    ['a re-export', `\nexport * from '../main/app.ts'`],
    ['a named re-export', `\nexport { app } from '../main/app.ts'`],
    ['an import at run time', `\nconst app = await import('../main/app.ts')`],
    ['the type of an import', `\ntype App = import('../main/app.ts').App`],
    ['a require', `\nconst app = require('../main/app.ts')`],
    ['an import of a require', `\nimport app = require('../main/app.ts')`],
  ])('finds %s with its line', async (_, code) => {
    expect(await violationsOf('src/engine/a.ts', code)).toEqual([
      "src/engine/a.ts:2: imports '../main/app.ts', but src/engine may import from src/shared, src/engine",
    ])
  })

  it('does not take a comment or a text for an import', async () => {
    const code = `// import '../main/app.ts'\nconst text = "import '../main/app.ts'"`
    expect(await violationsOf('src/engine/a.ts', code)).toEqual([])
  })

  it.each([
    ['src/shared/a.ts', 'node:fs', 'no Node modules'],
    ['src/shared/a.ts', 'fs', 'no Node modules'],
    ['src/shared/a.ts', 'react', 'only src/renderer/'],
    ['src/shared/a.ts', 'sharp', 'no other package'],
    ['src/preload/a.ts', 'zod', 'no other package'],
    ['src/renderer/src/a.ts', 'node:path', 'no Node modules'],
    ['src/renderer/src/a.ts', '../../engine/a.ts', 'src/renderer may import from'],
    ['src/server/a.ts', '../cli/a.ts', 'src/server may import from'],
    ['src/main/a.ts', '../../test/a.ts', 'src/main may import from'],
    ['src/engine/infer/a.ts', 'node-av/lib', 'only src/engine/media/'],
    ['src/engine/infer/pipeline.ts', 'onnxruntime-node', 'only src/engine/infer/session.ts'],
    ['src/engine/count/a.ts', 'better-sqlite3', 'only src/engine/db/'],
    ['src/engine/a.ts', 'electron', 'only src/main/, src/preload/'],
    ['src/engine/a.ts', 'fabric', 'only src/renderer/src/canvas/'],
    ['src/extra/a.ts', 'zod', 'src/extra is not a layer'],
  ])('in %s refuses %s', async (file, specifier, reason) => {
    const [violation, ...others] = await violationsOf(file, `import '${specifier}'`)
    expect(violation).toContain(`${file}:1: imports '${specifier}'`)
    expect(violation).toContain(reason)
    expect(others).toEqual([])
  })

  it('lets a library in by its door', async () => {
    expect(await violationsOf('src/engine/media/a.ts', `import 'node-av/lib'`)).toEqual([])
    expect(await violationsOf('src/engine/infer/session.ts', `import 'onnxruntime-node'`)).toEqual(
      [],
    )
  })
})
