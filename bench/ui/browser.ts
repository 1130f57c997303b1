/** @file The page in Chromium, on a served engine. */
import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from '@playwright/test'
import { serveWorkbench } from '../../src/server/serve.ts'
import { skip } from '../common.ts'
import { instrument, type Measured } from './instrument.ts'

const slowMs = 240_000

export interface OpenPage extends AsyncDisposable {
  page: Page
  /** Loads the list of projects afresh. */
  openList(): Promise<void>
  /** Loads the Label screen of a project afresh. */
  open(project: string, frame?: number): Promise<void>
  measured(): Promise<Measured>
  /** Forgets what was measured so far. */
  restart(): Promise<void>
}

async function launch(): Promise<Browser> {
  const paths = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome']
  const executablePath = paths.find((path) => path !== undefined && existsSync(path))
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  try {
    return await chromium.launch({ ...(executablePath ? { executablePath } : {}), args })
  } catch (error) {
    return skip(`no Chromium starts here: ${String(error)}`)
  }
}

export async function openPage(): Promise<OpenPage> {
  const served = await serveWorkbench()
  const browser = await launch()
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  page.setDefaultTimeout(slowMs)
  await page.addInitScript(instrument)
  await page.goto(served.url)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return {
    page,
    async openList() {
      await page.goto('about:blank')
      await page.goto(new URL('/', served.url).href)
      await page.getByRole('heading', { level: 1 }).waitFor()
    },
    async open(project, frame = 0) {
      const hash = `#/project/${encodeURIComponent(project)}/label/1/${frame}`
      await page.goto('about:blank')
      await page.goto(new URL(`/${hash}`, served.url).href)
      await page.locator('.frame-item').first().waitFor()
    },
    measured: () => page.evaluate(() => window.measured),
    restart: () =>
      page.evaluate(() => {
        Object.assign(window.measured, { moves: [], frames: [], longTasks: [] })
      }),
    async [Symbol.asyncDispose]() {
      await browser.close()
      await served.close()
    },
  }
}
