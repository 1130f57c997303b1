/**
 * @file Runs the test suites: `node scripts/test.ts [unit] [page] [shell]`, all of them by default.
 * Each leaves a JSON report in test-results/, and all of them their totals.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.ts'
import { onSomeDisplay } from './display.ts'
import { prepareElectron } from './electron.ts'
import { type Counts, countsLine, readReport, results, sum, totalsFile } from './reports.ts'
import { root } from './root.ts'
import { type Finished, run } from './run.ts'
import { prepareTensorFlow } from './tensorflow.ts'

function reportOf(suite: string): string {
  return join(results, `${suite}.json`)
}

/** Page and shell are tested as they are shipped: built, once for both. */
let built: Promise<Finished> | undefined

async function playwright(suite: string, projects: string[], env = {}): Promise<Finished> {
  built ??= build()
  const { code } = await built
  if (code !== 0) return built
  const chosen = projects.map((name) => `--project=${name}`)
  return run(onSomeDisplay(['playwright', 'test', ...chosen]), {
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: reportOf(suite), ...env },
  })
}

const suites: Readonly<Record<string, () => Promise<Finished>>> = {
  unit: async () => {
    await prepareTensorFlow()
    return run([
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportOf('unit')}`,
    ])
  },
  page: () => playwright('page', ['page-loop', 'page']),
  shell: async () => playwright('shell', ['shell'], await prepareElectron()),
}

async function runSuite(name: string): Promise<{ counts: Counts; ended: boolean }> {
  const suite = suites[name]
  if (!suite) throw new Error(`no suite '${name}', expected ${Object.keys(suites).join(', ')}`)
  const { code, seconds } = await suite()
  const counts = readReport(reportOf(name))
  summary.push(`${name.padEnd(6)} ${countsLine(counts)}, ${seconds.toFixed(0)} s`)
  return { counts, ended: code === 0 }
}

// Hundreds of processes are started from the same sources: they are compiled once.
process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules', '.cache', 'compile')

rmSync(results, { recursive: true, force: true })
const summary: string[] = []
const runs = []
for (const name of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(suites))
  runs.push(await runSuite(name))

const total = sum(runs.map(({ counts }) => counts))
mkdirSync(results, { recursive: true })
writeFileSync(totalsFile, JSON.stringify(total))
console.log(`\n${summary.join('\n')}\ntests  ${countsLine(total)}`)
// Skips are for machines without the shared folder; beside it, everything can run.
const mayNotSkip = total.skipped > 0 && existsSync(join(root, '..', 'shared'))
if (mayNotSkip) console.error('tests were skipped although ../shared is there')
if (mayNotSkip || total.failed > 0 || runs.some(({ ended }) => !ended)) process.exitCode = 1
