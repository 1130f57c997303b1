/**
 * @file Runs the test suites: `node scripts/test.ts [unit] [page] [shell]`, all of them by default.
 * Each leaves a JSON report in test-results/.
 */
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from './build.ts'
import { onSomeDisplay } from './display.ts'
import { prepareElectron } from './electron.ts'
import { countsLine, readReport, sumReports } from './reports.ts'
import { root } from './root.ts'
import { type Finished, run } from './run.ts'

const results = join(root, 'test-results')

function reportOf(suite: string): string {
  return join(results, `${suite}.json`)
}

/** Page and shell are tested as they are shipped: built, once for both. */
let built: Promise<Finished> | undefined

async function playwright(project: string, env = {}): Promise<Finished> {
  built ??= build()
  const { code } = await built
  if (code !== 0) return built
  return run(onSomeDisplay(['playwright', 'test', `--project=${project}`]), {
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: reportOf(project), ...env },
  })
}

const suites: Readonly<Record<string, () => Promise<Finished>>> = {
  unit: () =>
    run([
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportOf('unit')}`,
    ]),
  page: () => playwright('page'),
  shell: async () => playwright('shell', await prepareElectron()),
}

const chosen = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(suites)
rmSync(results, { recursive: true, force: true })
let failed = false
const lines: string[] = []
for (const name of chosen) {
  const suite = suites[name]
  if (!suite) throw new Error(`no suite '${name}', expected ${Object.keys(suites).join(', ')}`)
  const { code, seconds } = await suite()
  failed ||= code !== 0
  const counts = countsLine(readReport(reportOf(name)))
  lines.push(`${name.padEnd(6)} ${counts}, ${seconds.toFixed(0)} s`)
}

const sum = sumReports(results)
console.log(`\n${lines.join('\n')}\ntests  ${countsLine(sum)}`)
// Skips are for machines without the shared folder; beside it, everything can run.
if (sum.skipped > 0 && existsSync(join(root, '..', 'shared'))) {
  console.error('tests were skipped although ../shared is there')
  failed = true
}
if (failed || sum.failed > 0) process.exitCode = 1
