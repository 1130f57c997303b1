import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { type ElectronApplication, expect, type Page, test } from '@playwright/test'
import { createProject } from '../../../src/engine/db/project.ts'
import { rememberProject } from '../../../src/engine/projects/recent.ts'
import { freshDataFolder } from '../../fixtures/data-folder.ts'
import { type EngineHost, launchShell, shellCommand, shellMissing } from '../../fixtures/shell.ts'

test.skip(shellMissing !== null, shellMissing ?? '')

let home: string
let remove: () => Promise<void>
let shell: ElectronApplication

test.beforeEach(async () => {
  ;({ home, remove } = await freshDataFolder())
})

test.afterEach(async () => {
  await shell.close()
  await remove()
})

async function open(engine?: EngineHost): Promise<Page> {
  shell = await launchShell(home, engine)
  return shell.firstWindow()
}

async function openEmpty(engine?: EngineHost): Promise<Page> {
  const page = await open(engine)
  await expect(page.getByText('No projects yet')).toBeVisible()
  return page
}

test.describe('the window', () => {
  test('shows the projects of this machine', async () => {
    const folder = join(home, 'hall.maskbench')
    createProject(folder).close()
    await rememberProject(folder)
    const page = await open()
    await expect(page.getByRole('listitem')).toContainText('hall')
    await expect(page.getByRole('listitem')).toContainText('0 tapes · 0 frames')
    expect(page.url()).toBe('app://maskbench/index.html')
  })

  test('reaches its engine again after a reload', async () => {
    const page = await openEmpty()
    await page.reload()
    await expect(page.getByText('No projects yet')).toBeVisible()
  })

  test('says that an engine in a utility process has stopped, and starts it again', async () => {
    const page = await openEmpty('utility')
    const metrics = await shell.evaluate(({ app }) => app.getAppMetrics())
    const engine = metrics.find(({ name }) => name === 'Maskbench engine')
    process.kill(engine?.pid ?? Number.NaN, 'SIGKILL')
    await expect(page.getByRole('alert')).toContainText('The engine has stopped')
    await page.getByRole('button', { name: 'Connect again' }).click()
    await expect(page.getByText('No projects yet')).toBeVisible()
  })

  test('is the only one of its data folder', async () => {
    await openEmpty()
    const second = spawn(shellCommand.executable, shellCommand.args, {
      env: { ...process.env, MASKBENCH_HOME: home },
      stdio: 'ignore',
    })
    expect((await once(second, 'exit'))[0]).toBe(0)
    expect(shell.windows()).toHaveLength(1)
  })
})

test.describe('the page in the window', () => {
  test('has no way to Node, and one function of the shell', async () => {
    const page = await openEmpty()
    const seen = await page.evaluate(() => ({
      node: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
      bridge: Object.keys(Reflect.get(window, 'maskbench')),
    }))
    expect(seen).toEqual({ node: [], bridge: ['requestPort'] })
  })

  test('opens no window', async () => {
    const page = await openEmpty()
    for (const address of ['https://example.com/', 'app://maskbench/index.html'])
      expect(await page.evaluate((url) => window.open(url) === null, address)).toBe(true)
    expect(shell.windows()).toHaveLength(1)
  })

  test('goes nowhere else', async () => {
    const page = await openEmpty()
    for (const address of ['https://example.com/', 'file:///etc/passwd', 'app://other/']) {
      await page.evaluate((url) => {
        window.location.href = url
        // Ends the navigation that was refused, for which the test would wait.
        window.history.replaceState(null, '', window.location.href)
      }, address)
      expect(page.url()).toBe('app://maskbench/index.html')
    }
    await expect(page.getByText('No projects yet')).toBeVisible()
  })

  test('runs no script but its own and asks no other site', async () => {
    const page = await openEmpty()
    const refused = await page.evaluate(async () => {
      const violation = (): Promise<string> =>
        new Promise((resolve) => {
          const listen = (event: SecurityPolicyViolationEvent): void =>
            resolve(event.effectiveDirective)
          document.addEventListener('securitypolicyviolation', listen, { once: true })
        })
      const scripting = violation()
      const script = document.createElement('script')
      script.textContent = 'document.title = "injected"'
      document.body.append(script)
      await scripting
      const asking = violation()
      fetch('https://example.com/').catch(() => {})
      await asking
      const evaluating = violation()
      // What the test evaluates may itself evaluate; what the page's timer runs may not.
      setTimeout(() => new Function('document.title = "evaluated"')())
      return [await scripting, await asking, await evaluating]
    })
    expect(refused).toEqual(['script-src-elem', 'connect-src', 'script-src'])
    expect(await page.title()).toBe('Maskbench')
  })

  test('reads no file outside of its own', async () => {
    const page = await openEmpty()
    const status = (path: string): Promise<number> =>
      page.evaluate(async (url) => (await fetch(url)).status, path)
    expect(await status('/index.html')).toBe(200)
    expect(await status('/..%2f..%2fpackage.json')).toBe(404)
  })

  test('gets no permission', async () => {
    const page = await openEmpty()
    const states = await page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone'] as PermissionName[]
      const queries = names.map((name) => navigator.permissions.query({ name }))
      return (await Promise.all(queries)).map(({ state }) => state)
    })
    expect(states).toEqual(['denied', 'denied', 'denied', 'denied'])
  })
})
