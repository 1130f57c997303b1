/** @file The numbers of test runs, from the JSON reports of Vitest and Playwright. */
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { z } from 'zod'
import { root } from './root.ts'

export const results = join(root, 'test-results')

/** The counts of the last run of all its suites. */
export const totalsFile = join(results, 'totals.json')

const countsSchema = z.strictObject({
  passed: z.int(),
  failed: z.int(),
  skipped: z.int(),
  /** Titles of the tests that failed. */
  failures: z.array(z.string()),
  /** Titles of the tests that passed at the second attempt only. */
  secondAttempts: z.array(z.string()),
})

export type Counts = z.infer<typeof countsSchema>

const vitestSchema = z
  .object({
    success: z.boolean(),
    numPassedTests: z.int(),
    numFailedTests: z.int(),
    numPendingTests: z.int(),
    numTodoTests: z.int(),
    testResults: z.array(
      z.object({
        name: z.string(),
        assertionResults: z.array(
          z.object({
            fullName: z.string(),
            status: z.string(),
            /** Of every attempt, also of one before that passed. */
            failureMessages: z.array(z.string()).nullish(),
          }),
        ),
      }),
    ),
  })
  .transform((report): Counts => {
    const tests = report.testResults.flatMap(({ name, assertionResults }) =>
      assertionResults.map(({ fullName, status, failureMessages }) => ({
        title: `${relative(root, name)}: ${fullName}`,
        status,
        hasFailed: (failureMessages ?? []).length > 0,
      })),
    )
    const titles = (ended: (test: (typeof tests)[number]) => boolean): string[] =>
      tests.filter(ended).map(({ title }) => title)
    return {
      passed: report.numPassedTests,
      // A file that cannot be loaded fails the run without a failed test.
      failed: report.success ? 0 : Math.max(report.numFailedTests, 1),
      skipped: report.numPendingTests + report.numTodoTests,
      failures: titles(({ status }) => status === 'failed'),
      secondAttempts: titles(({ status, hasFailed }) => status === 'passed' && hasFailed),
    }
  })

interface PlaywrightSuite {
  file: string
  specs: { title: string; tests: { status: string }[] }[]
  suites?: PlaywrightSuite[] | undefined
}

const playwrightSuiteSchema: z.ZodType<PlaywrightSuite> = z.lazy(() =>
  z.object({
    file: z.string(),
    specs: z.array(
      z.object({ title: z.string(), tests: z.array(z.object({ status: z.string() })) }),
    ),
    suites: z.array(playwrightSuiteSchema).optional(),
  }),
)

/** Titles of the tests, those of inner suites included, that ended so. */
function titlesOf(suites: readonly PlaywrightSuite[], ended: string): string[] {
  return suites.flatMap(({ file, specs, suites: inner = [] }) => [
    ...specs
      .filter(({ tests }) => tests.some(({ status }) => status === ended))
      .map(({ title }) => `${file}: ${title}`),
    ...titlesOf(inner, ended),
  ])
}

const playwrightSchema = z
  .object({
    errors: z.array(z.unknown()),
    suites: z.array(playwrightSuiteSchema),
    stats: z.object({
      expected: z.int(),
      unexpected: z.int(),
      flaky: z.int(),
      skipped: z.int(),
    }),
  })
  .transform(
    ({ errors, suites, stats }): Counts => ({
      passed: stats.expected + stats.flaky,
      failed: Math.max(stats.unexpected, errors.length),
      skipped: stats.skipped,
      failures: titlesOf(suites, 'unexpected'),
      secondAttempts: titlesOf(suites, 'flaky'),
    }),
  )

const reportSchema = z.union([countsSchema, vitestSchema, playwrightSchema])

/** The counts of one report, or counts that were stored. A run that left none, or one that cannot be read, counts as failed. */
export function readReport(path: string): Counts {
  try {
    return reportSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return {
      passed: 0,
      failed: 1,
      skipped: 0,
      failures: [`no report in ${path}`],
      secondAttempts: [],
    }
  }
}

export function sum(all: readonly Counts[]): Counts {
  const total = (name: 'passed' | 'failed' | 'skipped') =>
    all.reduce((before, counts) => before + counts[name], 0)
  return {
    passed: total('passed'),
    failed: total('failed'),
    skipped: total('skipped'),
    failures: all.flatMap(({ failures }) => failures),
    secondAttempts: all.flatMap(({ secondAttempts }) => secondAttempts),
  }
}

/** `12 passed, 0 failed, 1 skipped` */
export function countsLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** A line for each test that failed, or that needed a second attempt. */
export function troubleLines({ failures, secondAttempts }: Counts): string[] {
  return [
    ...failures.map((title) => `failed: ${title}`),
    ...secondAttempts.map((title) => `passed at the second attempt only: ${title}`),
  ]
}
