import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { createProject } from '../../../src/engine/db/project.ts'
import { rememberProject } from '../../../src/engine/projects/recent.ts'
import { serveWorkbench } from '../../../src/server/serve.ts'
import { freshDataFolder } from '../../fixtures/data-folder.ts'

interface Workbench {
  home: string
  url: string
  stop(): Promise<void>
}

const workbenchTest = test.extend<{ workbench: Workbench; errors: string[] }>({
  // Playwright reads the fixtures that a fixture needs from this pattern.
  // biome-ignore lint/correctness/noEmptyPattern: it must be one.
  async workbench({}, use) {
    const { home, remove } = await freshDataFolder()
    const served = await serveWorkbench()
    await use({ home, url: served.url, stop: served.close })
    await served.close()
    await remove()
  },
  /** What the page complains about, refusals by its own policy included. */
  async errors({ page }, use) {
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text())
    })
    await use(errors)
  },
})

async function addProject(home: string, name: string): Promise<string> {
  const folder = join(home, `${name}.maskbench`)
  createProject(folder).close()
  await rememberProject(folder)
  return folder
}

/** What the page does when the user comes back to its window. */
function comeBack(page: Page): Promise<void> {
  return page.evaluate(() => void window.dispatchEvent(new Event('focus')))
}

workbenchTest('says how to create the first project', async ({ page, workbench, errors }) => {
  await page.goto(workbench.url)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('No projects yet')
  await expect(page.getByText('maskbench create')).toBeVisible()
  expect(new URL(page.url()).search).toBe('')
  expect(errors).toEqual([])
})

workbenchTest('shows a project made meanwhile when one comes back', async ({ page, workbench }) => {
  await page.goto(workbench.url)
  await expect(page.getByText('No projects yet')).toBeVisible()
  const folder = await addProject(workbench.home, 'hall "A" 📼')
  await comeBack(page)
  const row = page.getByRole('listitem')
  await expect(row).toContainText('hall "A" 📼')
  await expect(row).toContainText(folder)
  await expect(row).toContainText('0 tapes · 0 frames')
  await expect(row).toContainText('just now')
})

workbenchTest('takes a project off the list in every window', async ({ page, workbench }) => {
  const folder = await addProject(workbench.home, 'hall')
  await addProject(workbench.home, 'yard')
  await page.goto(workbench.url)
  const other = await page.context().newPage()
  await other.goto(workbench.url)
  await expect(other.getByRole('listitem')).toHaveCount(2)
  await page.getByRole('button', { name: 'Remove hall from this list' }).click()
  await expect(page.getByRole('listitem')).toHaveCount(1)
  await expect(other.getByRole('listitem')).toHaveCount(1)
  expect(existsSync(join(folder, 'project.db'))).toBe(true)
})

workbenchTest('says why a project cannot be shown', async ({ page, workbench }) => {
  await rememberProject(join(workbench.home, 'gone.maskbench'))
  await rememberProject(workbench.home)
  await page.goto(workbench.url)
  await expect(page.getByRole('listitem').first()).toContainText('is not a Maskbench project')
  await expect(page.getByRole('listitem').last()).toContainText('The folder is not there any more')
})

workbenchTest('says that the engine has stopped', async ({ page, workbench }) => {
  await page.goto(workbench.url)
  await expect(page.getByText('No projects yet')).toBeVisible()
  await workbench.stop()
  await expect(page.getByRole('alert')).toContainText('The engine has stopped')
  await page.getByRole('button', { name: 'Connect again' }).click()
  await expect(page.getByRole('alert')).toContainText('The engine does not answer')
})

workbenchTest('refuses a wrong token', async ({ page, workbench }) => {
  const response = await page.goto(`${new URL(workbench.url).origin}/?token=wrong`)
  expect(response?.status()).toBe(403)
  await expect(page.getByText('it holds the key')).toBeVisible()
})

workbenchTest('fits a narrow window', async ({ page, workbench }) => {
  await addProject(workbench.home, 'a project with a name that is longer than the window is wide')
  await page.setViewportSize({ width: 420, height: 760 })
  await page.goto(workbench.url)
  await expect(page.getByRole('listitem')).toBeVisible()
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow).toBe(0)
})
