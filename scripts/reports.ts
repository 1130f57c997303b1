/** @file The numbers of test runs, from the JSON reports of Vitest and Playwright. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

export interface Counts {
  passed: number
  failed: number
  skipped: number
}

const vitestSchema = z
  .object({
    success: z.boolean(),
    numPassedTests: z.int(),
    numFailedTests: z.int(),
    numPendingTests: z.int(),
    numTodoTests: z.int(),
  })
  .transform(
    (report): Counts => ({
      passed: report.numPassedTests,
      // A file that cannot be loaded fails the run without a failed test.
      failed: report.success ? 0 : Math.max(report.numFailedTests, 1),
      skipped: report.numPendingTests + report.numTodoTests,
    }),
  )

const playwrightSchema = z
  .object({
    errors: z.array(z.unknown()),
    stats: z.object({
      expected: z.int(),
      unexpected: z.int(),
      flaky: z.int(),
      skipped: z.int(),
    }),
  })
  .transform(
    ({ errors, stats }): Counts => ({
      passed: stats.expected,
      // A test that passes at the second attempt only has failed.
      failed: Math.max(stats.unexpected + stats.flaky, errors.length),
      skipped: stats.skipped,
    }),
  )

const reportSchema = z.union([vitestSchema, playwrightSchema])

/** The counts of one report. A run that left none, or one that cannot be read, counts as failed. */
export function readReport(path: string): Counts {
  try {
    return reportSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

/** The sum of all reports in a folder. No report at all counts as failed. */
export function sumReports(folder: string): Counts {
  const names = existsSync(folder) ? readdirSync(folder) : []
  const reports = names.filter((name) => name.endsWith('.json'))
  if (reports.length === 0) return { passed: 0, failed: 1, skipped: 0 }
  return reports
    .map((name) => readReport(join(folder, name)))
    .reduce((sum, counts) => ({
      passed: sum.passed + counts.passed,
      failed: sum.failed + counts.failed,
      skipped: sum.skipped + counts.skipped,
    }))
}

/** `12 passed, 0 failed, 1 skipped` */
export function countsLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
