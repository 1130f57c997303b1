/** @file The numbers of test runs, from the JSON reports of Vitest and Playwright. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { root } from './root.ts'

export const results = join(root, 'test-results')

/** The counts of the last run of all its suites. */
export const totalsFile = join(results, 'totals.json')

const countsSchema = z.strictObject({ passed: z.int(), failed: z.int(), skipped: z.int() })

export type Counts = z.infer<typeof countsSchema>

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

const reportSchema = z.union([countsSchema, vitestSchema, playwrightSchema])

/** The counts of one report, or counts that were stored. A run that left none, or one that cannot be read, counts as failed. */
export function readReport(path: string): Counts {
  try {
    return reportSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

export function sum(all: readonly Counts[]): Counts {
  const total = (name: keyof Counts): number =>
    all.reduce((before, counts) => before + counts[name], 0)
  return { passed: total('passed'), failed: total('failed'), skipped: total('skipped') }
}

/** `12 passed, 0 failed, 1 skipped` */
export function countsLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
