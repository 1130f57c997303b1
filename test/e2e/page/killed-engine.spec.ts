/** @file What the page says and does when the engine is killed while a network learns. */
import { expect } from '@playwright/test'
import { blindProject } from '../../fixtures/blind-project.ts'
import { startScript } from '../../fixtures/script-process.ts'
import { pageTest } from '../../fixtures/served-page.ts'
import { chooseAdvanced, fineTune, openTrain, tinySteps } from '../../fixtures/train-page.ts'

pageTest.describe.configure({ timeout: 120_000 })

pageTest(
  'says that a training was interrupted when the engine is killed, and goes on',
  async ({ page, workbench: { home, stop } }) => {
    await stop()
    const project = await blindProject(home)
    const engine = startScript('serve-page.ts', home)
    const url = await engine.line()
    await openTrain(page, url, project)
    await chooseAdvanced(page, tinySteps(400))
    await fineTune(page).click()
    await expect(page.getByText(/iteration [1-9]\d* of 400/)).toBeVisible({ timeout: 60_000 })
    await engine.kill()
    const next = startScript('serve-page.ts', home, new URL(url).port)
    await next.line()
    const interrupted = page.getByRole('heading', { name: /^The training was interrupted/ })
    await expect(interrupted).toBeVisible({ timeout: 60_000 })
    // The list of jobs has opened by itself to tell of it, and lies over the button.
    await page.getByRole('button', { name: 'Put all away' }).click()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Go on' }).click()
    const better = page.getByRole('heading', { name: 'The network got better' })
    await expect(better).toBeVisible({ timeout: 60_000 })
    await next.kill()
  },
)
