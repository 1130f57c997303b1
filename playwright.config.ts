import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

/** A Chromium of the system, where there is one; else the one that Playwright installs. */
const systemChromium = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path))

/** The page in Chromium on a served engine, and the desktop shell in a real Electron. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/artifacts',
  forbidOnly: true,
  // Two: a test waits for its engine as long as it computes itself.
  workers: 2,
  // Two browsers' and an engine's processes on two cores: what fails once is tried again, and named at the end.
  retries: process.env.CI ? 1 : 0,
  // A compute process takes seconds to start on a small machine that is busy.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json']],
  use: {
    launchOptions: {
      ...(systemChromium === undefined ? {} : { executablePath: systemChromium }),
      // Root can run Chromium without its sandbox only.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
  projects: [
    // The longest test by far: begun first, it is over when the others are.
    { name: 'page-loop', testMatch: 'page/whole-loop.spec.ts' },
    { name: 'page', testDir: 'test/e2e/page', testIgnore: '**/whole-loop.spec.ts' },
    // A busy machine takes its time to start Electron, some tests do so three times.
    { name: 'shell', testDir: 'test/e2e/shell', timeout: 120_000 },
  ],
})
