/** @file The engine behind the window: where it runs, how it is reached, and what happens when it dies. */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ElectronApplication, expect, type Page } from '@playwright/test'
import { emptyPage, runsWholeEngine, shellTest as test } from '../../fixtures/shell.ts'
import { buildStubEngine } from '../../fixtures/stub-engine/build.ts'

let folder: string
let stub: Readonly<Record<string, string>>

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'maskbench-stub-'))
  stub = { MASKBENCH_ENGINE_SCRIPT: await buildStubEngine(folder) }
})

test.afterAll(() => rm(folder, { recursive: true, force: true }))

/** What the page gets from an address below /bytes/ that it posts bytes to. */
function post(page: Page, name: string, bytes: readonly number[]): Promise<string> {
  return page.evaluate(
    async ([address, body]) => {
      const response = await fetch(address, { method: 'POST', body: Uint8Array.from(body) })
      return response.text()
    },
    [`/bytes/${name}`, bytes] as const,
  )
}

function text(words: string): number[] {
  return [...new TextEncoder().encode(words)]
}

async function metric(shell: ElectronApplication, name: string): Promise<number> {
  const metrics = await shell.evaluate(({ app }) => app.getAppMetrics())
  return metrics.find((process) => process.name === name)?.pid ?? Number.NaN
}

/** The engine's process where it is a Node of its own. */
function enginePid(shell: ElectronApplication): number {
  const list = execFileSync('ps', ['-e', '-o', 'pid=,ppid=,args=']).toString().split('\n')
  const line = list.find((words) => {
    const [, parent, ...args] = words.trim().split(/\s+/)
    return Number(parent) === shell.process().pid && args.join(' ').includes('engine.cjs')
  })
  return Number(line?.trim().split(/\s+/, 1)[0])
}

async function expectStopped(page: Page): Promise<void> {
  await expect(page.getByRole('alert')).toContainText('The engine has stopped')
  await expect(page.getByRole('alert')).toContainText('Nothing that was saved is lost')
  await page.getByRole('button', { name: 'Connect again' }).click()
  await expect(page.getByRole('alert')).toHaveCount(0)
}

test('says that the engine has stopped, and starts it again', async ({ desk }) => {
  test.skip(runsWholeEngine, 'the next test is the one for this Electron')
  const shell = await desk.launch()
  const page = await emptyPage(shell)
  process.kill(enginePid(shell), 'SIGKILL')
  await expectStopped(page)
  await expect(page.getByText('No projects yet')).toBeVisible()
})

test('does so for one in a utility process, too', async ({ desk }) => {
  const shell = await desk.launch({ env: stub })
  const page = await emptyPage(shell)
  process.kill(await metric(shell, 'Maskbench engine'), 'SIGKILL')
  await expectStopped(page)
  await expect(page.getByText('No projects yet')).toBeVisible()
})

test('reaches the engine again after a reload', async ({ desk }) => {
  const page = await emptyPage(await desk.launch())
  await page.reload()
  await expect(page.getByText('No projects yet')).toBeVisible()
})

test('loads a page again whose process has crashed', async ({ desk }) => {
  const shell = await desk.launch()
  await emptyPage(shell)
  const address = await shell.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    const loaded = new Promise<void>((resolve) =>
      window?.webContents.once('did-finish-load', () => resolve()),
    )
    window?.webContents.forcefullyCrashRenderer()
    await loaded
    return window?.webContents.getURL()
  })
  expect(address).toContain('app://maskbench/index.html')
})

test('brings bytes to the engine and back with their bodies', async ({ desk }) => {
  const page = await emptyPage(await desk.launch({ env: stub }))
  const isSame = await page.evaluate(async () => {
    const sent = Uint8Array.from({ length: 300_000 }, (_, i) => i % 251)
    const response = await fetch('/bytes/echo', { method: 'POST', body: sent })
    const got = new Uint8Array(await response.arrayBuffer())
    return got.length === sent.length && got.every((byte, i) => byte === sent[i])
  })
  expect(isSame).toBe(true)
})

test('answers requests for bytes with an error when the engine ends', async ({ desk }) => {
  const shell = await desk.launch({ env: stub })
  const page = await emptyPage(shell)
  const asked = post(page, 'never', [])
  // Answered after the first one has arrived.
  await post(page, 'echo', [1])
  process.kill(await metric(shell, 'Maskbench engine'), 'SIGKILL')
  expect(await asked).toContain('"code":"disconnected"')
})

test('forks compute processes for an engine in a utility process', async ({ desk }) => {
  const page = await emptyPage(await desk.launch({ env: stub }))
  expect(await post(page, 'sum', [1, 2, 3])).toBe('6')
  expect(await post(page, 'crash', [])).toContain('a compute process ended with')
  expect(await post(page, 'sum', [4, 5])).toBe('9')
})

test('moves to the trash for the engine, or says why not', async ({ desk }) => {
  const page = await emptyPage(await desk.launch({ env: stub }))
  const absent = join(desk.home, 'absent.maskbench')
  expect(await post(page, 'trash', text(absent))).toContain('could not be moved to the trash')
})

test('finds out by itself where the engine can run', async ({ desk }) => {
  await emptyPage(await desk.launch({ env: {} }))
  // Passed once, the test is not repeated; an Electron that is too old does not pass it.
  expect(existsSync(join(desk.home, 'shell', 'engine-host.json'))).toBe(runsWholeEngine)
})
