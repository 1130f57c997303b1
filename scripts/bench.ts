/**
 * @file `npm run bench [-- NAME…]` (or `--only NAME`): runs the benchmarks in turn and joins what they wrote to
 * bench/results/all.json. One that cannot be measured here ends with the code for that, after its
 * reason.
 */
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { skippedCode } from '../bench/common.ts'
import { root } from './root.ts'
import { run } from './run.ts'

const results = join(root, 'bench', 'results')

/** A benchmark is a file in bench/ that reports; the other files there are its parts. */
const names = globSync('bench/*.ts', { cwd: root })
  .filter((file) => readFileSync(join(root, file), 'utf8').includes('await report('))
  .map((file) => basename(file, '.ts'))
  .sort()

function chosen(): string[] {
  const options = { only: { type: 'string', multiple: true } } as const
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const wanted = [...(values.only ?? []), ...positionals]
  const unknown = wanted.find((name) => !names.includes(name))
  if (unknown) throw new Error(`no benchmark '${unknown}', expected ${names.join(', ')}`)
  return wanted.length > 0 ? wanted : names
}

async function measure(name: string): Promise<'measured' | 'skipped' | 'failed'> {
  console.log(`\n== ${name}`)
  rmSync(join(results, `${name}.json`), { force: true })
  const { code } = await run([process.execPath, join('bench', `${name}.ts`)])
  if (code === skippedCode) return 'skipped'
  return code === 0 ? 'measured' : 'failed'
}

function joinResults(measured: readonly string[]): void {
  const reports = measured.flatMap((name) =>
    globSync(`${name}*.json`, { cwd: results })
      .sort()
      .map((file): unknown => JSON.parse(readFileSync(join(results, file), 'utf8'))),
  )
  mkdirSync(results, { recursive: true })
  writeFileSync(join(results, 'all.json'), `${JSON.stringify(reports, null, 2)}\n`)
}

const outcomes = new Map<string, string>()
for (const name of chosen()) outcomes.set(name, await measure(name))
joinResults([...outcomes].filter(([, outcome]) => outcome === 'measured').map(([name]) => name))
console.log(`\n${[...outcomes].map(([name, outcome]) => `${name}: ${outcome}`).join('\n')}`)
if ([...outcomes.values()].includes('failed')) process.exitCode = 1
