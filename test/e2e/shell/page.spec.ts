/** @file What the page in the window cannot do, after Electron's security guide; see docs/security.md. */
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { emptyPage, shellTest as test } from '../../fixtures/shell.ts'

/** Statuses that the page is answered with. */
function statuses(page: Page, addresses: readonly string[]): Promise<(number | 'refused')[]> {
  return page.evaluate(
    (urls) =>
      Promise.all(
        urls.map((url) =>
          fetch(url).then(
            ({ status }) => status,
            () => 'refused' as const,
          ),
        ),
      ),
    [...addresses],
  )
}

test('has no way to Node, and the functions of the bridge alone', async ({ desk }) => {
  const page = await emptyPage(await desk.launch())
  const seen = await page.evaluate(() => ({
    node: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
    bridge: Object.keys(Reflect.get(window, 'maskbench')).sort(),
  }))
  expect(seen).toEqual({
    node: [],
    bridge: [
      'cancelBytes',
      'choose',
      'chooseSave',
      'onCommand',
      'openWindow',
      'pathOf',
      'requestPort',
      'shows',
    ],
  })
})

test('gets answers of the shell only to what fits, and to our own address', async ({ desk }) => {
  const shell = await desk.launch()
  const page = await emptyPage(shell)
  const refused = await page.evaluate(async () => {
    const bridge: { choose(kind: string): Promise<unknown> } = Reflect.get(window, 'maskbench')
    return bridge.choose('anything').then(
      () => 'answered',
      (error: Error) => error.message,
    )
  })
  expect(refused).toContain('refused')
  const foreign = await shell.evaluate(
    async ({ BrowserWindow }, preload) => {
      // A page of another address in a window of ours, with our preload.
      const window = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } })
      await window.loadURL('data:text/html,<title>other</title>')
      const answer = await window.webContents.executeJavaScript(
        'maskbench.shows(null).then(() => "answered", (error) => error.message)',
      )
      window.destroy()
      return String(answer)
    },
    join(import.meta.dirname, '../../../out/preload/index.cjs'),
  )
  expect(foreign).toContain('refused')
})

test('opens no window', async ({ desk }) => {
  const shell = await desk.launch()
  const page = await emptyPage(shell)
  for (const address of ['https://example.com/', 'app://maskbench/index.html'])
    expect(await page.evaluate((url) => window.open(url) === null, address)).toBe(true)
  expect(shell.windows()).toHaveLength(1)
})

test('goes nowhere else', async ({ desk }) => {
  const page = await emptyPage(await desk.launch())
  const before = page.url()
  for (const address of ['https://example.com/', 'file:///etc/passwd', 'app://other/']) {
    await page.evaluate((url) => {
      window.location.href = url
      // Ends the navigation that was refused, for which the test would wait.
      window.history.replaceState(null, '', window.location.href)
    }, address)
    expect(page.url()).toBe(before)
  }
  await expect(page.getByText('No projects yet')).toBeVisible()
})

test('embeds no other page and no webview', async ({ desk }) => {
  const page = await emptyPage(await desk.launch())
  const embedded = await page.evaluate(async () => {
    const violated = new Promise((resolve) =>
      document.addEventListener('securitypolicyviolation', resolve, { once: true }),
    )
    const frame = document.createElement('iframe')
    frame.src = 'https://example.com/'
    document.body.append(frame)
    await violated
    const view = document.createElement('webview')
    document.body.append(view)
    return 'loadURL' in view
  })
  expect(embedded).toBe(false)
})

test('runs no script but its own and asks no other site', async ({ desk }) => {
  const page = await emptyPage(await desk.launch())
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
  expect(await page.title()).not.toMatch(/injected|evaluated/)
})

test('reads no file outside of its own, and no bytes of nobody’s project', async ({ desk }) => {
  const page = await emptyPage(await desk.launch())
  expect(await statuses(page, ['/index.html'])).toEqual([200])
  const escapes = [
    '/..%2f..%2fpackage.json',
    '/assets/..%2f..%2f..%2fpackage.json',
    '/bytes/..%2f..%2fpackage.json',
    '/bytes/nobody/tapes/1/times',
    '/bytes/nobody/tapes/..%2f1/times',
    '/bytes/nobody/tapes/1/frames/0/..%2f..%2fproject.db',
    '/bytes/',
  ]
  for (const status of await statuses(page, escapes)) expect([400, 404]).toContain(status)
  expect(await statuses(page, ['app://other/index.html', 'file:///etc/passwd'])).toEqual([
    'refused',
    'refused',
  ])
})

test('gets no permission', async ({ desk }) => {
  const page = await emptyPage(await desk.launch())
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone'] as PermissionName[]
    const queries = names.map((name) => navigator.permissions.query({ name }))
    return (await Promise.all(queries)).map(({ state }) => state)
  })
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied'])
})

test('lies in a window whose preferences keep it apart', async ({ desk }) => {
  const shell = await desk.launch()
  await emptyPage(shell)
  const preferences = await shell.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    // Not in Electron's types, though it has been there since its version 1.
    const contents = window?.webContents as unknown as { getLastWebPreferences(): object }
    return { ...contents.getLastWebPreferences() }
  })
  expect(preferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  })
  for (const risky of ['allowRunningInsecureContent', 'experimentalFeatures', 'navigateOnDragDrop'])
    expect(Reflect.get(preferences, risky) ?? false).toBe(false)
  expect(Reflect.get(preferences, 'enableBlinkFeatures') ?? '').toBe('')
})
