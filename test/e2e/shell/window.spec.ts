/** @file Windows, menu, dialogs: the shell around the page. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ElectronApplication, expect, type Page } from '@playwright/test'
import { createProject } from '../../../src/engine/db/project.ts'
import { rememberProject } from '../../../src/engine/projects/recent.ts'
import type { ShellBridge } from '../../../src/shared/shell-bridge.ts'
import { emptyPage, shellCommand, shellTest as test } from '../../fixtures/shell.ts'

async function addProject(home: string, name: string): Promise<string> {
  const folder = join(home, `${name}.maskbench`)
  createProject(folder).close()
  await rememberProject(folder)
  return folder
}

/** Calls the bridge as the page does. */
function bridge<Result>(
  page: Page,
  call: (bridge: ShellBridge) => Promise<Result>,
): Promise<Result> {
  return page.evaluate(`(${call.toString()})(window.maskbench)`)
}

function clickMenu(shell: ElectronApplication, ...labels: string[]): Promise<void> {
  return shell.evaluate(({ Menu, BrowserWindow }, path) => {
    let items = Menu.getApplicationMenu()?.items ?? []
    for (const label of path.slice(0, -1))
      items = items.find((item) => item.label === label)?.submenu?.items ?? []
    const item = items.find(({ label }) => label === path.at(-1))
    if (!item) throw new Error(`no ${path.join(' > ')} among ${items.map(({ label }) => label)}`)
    const [window] = BrowserWindow.getAllWindows()
    item.click({}, window, window?.webContents)
  }, labels)
}

function bounds(
  shell: ElectronApplication,
  title: string,
): Promise<Electron.Rectangle | undefined> {
  return shell.evaluate(
    ({ BrowserWindow }, wanted) =>
      BrowserWindow.getAllWindows()
        .find((window) => window.getTitle().startsWith(wanted))
        ?.getNormalBounds(),
    title,
  )
}

async function expectTitles(shell: ElectronApplication, titles: string[]): Promise<void> {
  await expect(async () => {
    const found = await shell.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.getTitle()),
    )
    expect(found.sort()).toEqual([...titles].sort())
  }).toPass({ timeout: 60_000 })
}

test('shows the projects of this machine', async ({ desk }) => {
  await addProject(desk.home, 'hall')
  const page = await (await desk.launch()).firstWindow()
  await expect(page.getByText('hall', { exact: true }).first()).toBeVisible({ timeout: 60_000 })
  expect(page.url()).toContain('app://maskbench/index.html')
})

test('is the only one of its data folder, and opens what another start names', async ({ desk }) => {
  const project = await addProject(desk.home, 'hall "A" 📼')
  const shell = await desk.launch()
  await shell.firstWindow()
  const second = spawn(shellCommand.executable, [...shellCommand.args, project], {
    env: { ...process.env, MASKBENCH_HOME: desk.home },
    stdio: 'ignore',
  })
  expect((await once(second, 'exit'))[0]).toBe(0)
  expect(shell.windows()).toHaveLength(1)
  await expectTitles(shell, ['hall "A" 📼 – Maskbench'])
})

test('opens a project that it is started with, and remembers where its window was', async ({
  desk,
}) => {
  const project = await addProject(desk.home, 'hall')
  const shell = await desk.launch({ words: [project] })
  await shell.firstWindow()
  await expectTitles(shell, ['hall – Maskbench'])
  const place = { x: 60, y: 50, width: 900, height: 640 }
  await shell.evaluate(({ BrowserWindow }, wanted) => {
    BrowserWindow.getAllWindows()[0]?.setBounds(wanted)
  }, place)
  await expect.poll(async () => (await bounds(shell, 'hall'))?.width, { timeout: 60_000 }).toBe(900)
  const before = await bounds(shell, 'hall')
  await shell.close()
  const again = await desk.launch()
  const page = await again.firstWindow()
  await page.waitForLoadState()
  await page.evaluate((path) => {
    const shellBridge: ShellBridge = Reflect.get(window, 'maskbench')
    shellBridge.openWindow(path)
  }, project)
  await expect
    .poll(async () => (await bounds(again, 'hall'))?.width, { timeout: 60_000 })
    .toBe(before?.width)
})

test('opens a second window for a second project, and none for the same one', async ({ desk }) => {
  const hall = await addProject(desk.home, 'hall')
  const yard = await addProject(desk.home, 'yard')
  const shell = await desk.launch({ words: [hall] })
  const page = await shell.firstWindow()
  await expectTitles(shell, ['hall – Maskbench'])
  const openWindow = (path: string): Promise<void> =>
    page.evaluate((project) => {
      const shellBridge: ShellBridge = Reflect.get(window, 'maskbench')
      shellBridge.openWindow(project)
    }, path)
  await openWindow(yard)
  await expectTitles(shell, ['hall – Maskbench', 'yard – Maskbench'])
  await openWindow(yard)
  await openWindow(hall)
  await expectTitles(shell, ['hall – Maskbench', 'yard – Maskbench'])
})

test('goes where its menu says, and lists the latest projects there', async ({ desk }) => {
  await addProject(desk.home, 'hall & yard')
  const shell = await desk.launch()
  const page = await shell.firstWindow()
  await expect(page.getByText('hall & yard').first()).toBeVisible({ timeout: 60_000 })
  await clickMenu(shell, '&File', 'Settings')
  await expect.poll(() => new URL(page.url()).hash, { timeout: 60_000 }).toBe('#/settings')
  await clickMenu(shell, '&File', 'Open recent', 'hall && yard')
  await expectTitles(shell, ['hall & yard – Maskbench'])
})

test('asks for files by the system’s dialogs', async ({ desk }) => {
  const shell = await desk.launch()
  const page = await emptyPage(shell)
  // The system's own dialogs take no pointer of a test: what they return is given here.
  await shell.evaluate(({ dialog }) => {
    const answers = [
      { canceled: false, filePaths: ['/tapes/a.mp4'] },
      { canceled: true, filePaths: [] },
    ]
    dialog.showOpenDialog = async () => answers.shift() ?? { canceled: true, filePaths: [] }
    dialog.showSaveDialog = async (...args: unknown[]) => {
      const { defaultPath } = args.at(-1) as { defaultPath: string }
      return { canceled: false, filePath: `/saved/${defaultPath}` }
    }
  })
  expect(await bridge(page, (shellBridge) => shellBridge.choose('tapes'))).toEqual(['/tapes/a.mp4'])
  expect(await bridge(page, (shellBridge) => shellBridge.choose('folder'))).toEqual([])
  expect(await bridge(page, (shellBridge) => shellBridge.chooseSave('counts.csv'))).toBe(
    '/saved/counts.csv',
  )
})

test('tells the page the path of a file that comes from outside', async ({ desk }) => {
  const tape = join(desk.home, 'tape "1" 📼.mp4')
  await writeFile(tape, 'not really')
  const page = await emptyPage(await desk.launch())
  await page.evaluate(() => {
    const input = document.createElement('input')
    input.type = 'file'
    input.id = 'given'
    document.body.append(input)
  })
  await page.locator('#given').setInputFiles(tape)
  const path = await page.evaluate(() => {
    const input = document.querySelector<HTMLInputElement>('#given')
    const shellBridge: ShellBridge = Reflect.get(window, 'maskbench')
    const [file] = input?.files ?? []
    return file ? shellBridge.pathOf(file) : null
  })
  expect(path).toBe(tape)
})

test('hands a tape that it is started with to the page', async ({ desk }) => {
  const tape = join(desk.home, 'tape.mp4')
  await writeFile(tape, 'not really')
  const page = await (await desk.launch({ words: [tape] })).firstWindow()
  await expect(page.getByRole('textbox', { name: 'Tape' })).toHaveValue(tape, { timeout: 60_000 })
})
