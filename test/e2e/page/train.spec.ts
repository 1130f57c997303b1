import { expect, type Page } from '@playwright/test'
import { blindProject } from '../../fixtures/blind-project.ts'
import { addProject, pageTest } from '../../fixtures/served-page.ts'
import { chooseAdvanced, fineTune, openTrain, tinySteps } from '../../fixtures/train-page.ts'

/** The row of the network whose name begins so. */
const network = (page: Page, name: string) =>
  page
    .getByRole('region', { name: 'Networks' })
    .getByRole('listitem')
    .filter({ has: page.locator('.network-name', { hasText: new RegExp(`^${name}`) }) })

async function menuOf(page: Page, name: string, item: string): Promise<void> {
  await network(page, name)
    .getByRole('button', { name: /^What to do with/ })
    .click()
  await page.getByRole('menuitem', { name: item }).click()
}

pageTest.describe.configure({ timeout: 120_000 })

pageTest(
  'fine-tunes, goes on after a cancel, shows before and after, runs over the tape, prelabels',
  async ({ page, workbench, errors }) => {
    const project = await blindProject(workbench.home)
    await openTrain(page, workbench.url, project)
    // The painter notes which network is in use.
    await page.keyboard.press('Shift+3')
    await expect(page.getByRole('radio', { name: 'Network' })).not.toBeChecked()
    await page.keyboard.press('Shift+4')
    await expect(page.getByText(/learns from the 8 frames that you painted/)).toBeVisible()
    await expect(page.getByText(/trains without 2 of them/)).toBeVisible()
    await chooseAdvanced(page, tinySteps(1500))
    await fineTune(page).click()
    // Curves grow, also after a reload.
    const loss = page.getByRole('img', { name: /^Loss, from .* in \d+ iterations/ })
    await expect(loss).toBeVisible()
    await page.reload()
    await expect(loss).toBeVisible()
    await expect(page.getByText(/iteration [\d,]+ of 1,500/)).toBeVisible()
    await page.getByRole('button', { name: 'Cancel', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'The training was cancelled' })).toBeVisible()
    await page.getByRole('button', { name: 'Go on' }).click()
    const better = page.getByRole('heading', { name: 'The network got better' })
    await expect(better).toBeVisible({ timeout: 60_000 })
    await page.getByText('How it went').click()
    const marks = page.getByText(/^Selection score, on all 2 held-out frames: 0\.\d\d before, /)
    await expect(marks).toBeVisible()
    // Before and after on the held-out frames.
    const scores = page.locator('.train-scores-line')
    await expect(scores).toHaveText(/^Overlap with your masks: 0\.\d\d before, \d\.\d\d after$/)
    const first = page.getByRole('heading', { name: /^Frame \d+, 1 of 2 held out/ })
    await expect(first).toBeVisible()
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('heading', { name: /^Frame \d+, 2 of 2 held out/ })).toBeVisible()
    await expect(page.getByRole('img', { name: /^What the new network finds/ })).toBeVisible()
    // Back to the one before, another name, and on again.
    await page.getByRole('button', { name: 'Go back to Tiny' }).click()
    await expect(network(page, 'Tiny')).toContainText('in use')
    await menuOf(page, 'Fine-tuned', 'Rename…')
    await page.getByRole('textbox', { name: 'Name' }).fill('Red squares')
    await page.getByRole('button', { name: 'Rename' }).click()
    await page.getByRole('button', { name: 'Use Red squares' }).click()
    await expect(network(page, 'Red squares')).toContainText('in use')
    // Over the tape, and on to the review.
    await expect(page.getByText(/“Red squares” looks at the 24 frames of walk/)).toBeVisible()
    await page.getByRole('button', { name: 'Run it over the tape' }).click()
    await expect(page.getByText(/has looked at all 24 frames/)).toBeVisible()
    await page.getByRole('button', { name: 'Review what it found' }).click()
    await expect(page.getByRole('link', { name: /^Review/ })).toHaveAttribute(
      'aria-current',
      'page',
    )
    // A frame that nobody painted is prelabelled by itself.
    await page.keyboard.press('Shift+3')
    await expect(page.getByRole('radio', { name: 'Network' })).toBeChecked()
    await expect(page.getByRole('button', { name: 'Accept all' })).toBeVisible()
    expect(errors).toEqual([])
  },
)

pageTest(
  'draws how well people are found while it learns, beside the network before',
  async ({ page, workbench, errors }) => {
    await openTrain(page, workbench.url, await blindProject(workbench.home))
    // Longer than it waits for its first look.
    await chooseAdvanced(page, tinySteps(50_000))
    await fineTune(page).click()
    const watched = page.getByRole('img', { name: /on the frame being watched, from \d\.\d\d to / })
    await expect(watched).toBeVisible({ timeout: 60_000 })
    const now = page.getByText(/^IoU on the frame being watched \(\d+, held out\): \d\.\d\d$/)
    await expect(now).toBeVisible()
    await expect(page.getByText('The network before, on that frame: 0.00')).toBeVisible()
    await page.getByRole('button', { name: 'Cancel', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'The training was cancelled' })).toBeVisible()
    await page.getByText('How it went').click()
    await expect(now).toBeVisible()
    expect(errors).toEqual([])
  },
)

pageTest('says what stands in the way, and leads there', async ({ page, workbench }) => {
  const project = await addProject(workbench.home, 'empty')
  await openTrain(page, workbench.url, project)
  await expect(page.getByText('The picture is not chosen yet.')).toBeVisible()
  await page.getByRole('button', { name: 'Go to Tape' }).click()
  await expect(page.getByRole('link', { name: 'Tape' })).toHaveAttribute('aria-current', 'page')
})
