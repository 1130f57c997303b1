import { expect } from '@playwright/test'
import { blindProject, leftHalf } from '../../fixtures/blind-project.ts'
import { countsShown } from '../../fixtures/review-page.ts'
import { shellTest as test } from '../../fixtures/shell.ts'
import { chooseAdvanced, fineTune, tinySteps } from '../../fixtures/train-page.ts'

test('fine-tunes, runs over the tape and reviews in the desktop window', async ({ desk }) => {
  const project = await blindProject(desk.home, { regions: [leftHalf] })
  const shell = await desk.launch({ words: [project] })
  const page = await shell.firstWindow()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('walk', { timeout: 60_000 })
  await page.keyboard.press('Shift+4')
  await chooseAdvanced(page, tinySteps(60))
  await fineTune(page).click()
  await expect(page.getByRole('heading', { name: 'The network got better' })).toBeVisible({
    timeout: 60_000,
  })
  await page.getByRole('button', { name: 'Run it over the tape' }).click()
  await page.getByRole('button', { name: 'Review what it found' }).click()
  await expect(page.locator('.timeline-count')).toHaveText(/^\d+ frames$/)
  // The square comes from the left, three pixels a frame, and has left that half by frame 16.
  const count = (await countsShown(page)).get(leftHalf.name) ?? 0
  expect(count).toBeGreaterThan(12)
  expect(count).toBeLessThan(20)
})
