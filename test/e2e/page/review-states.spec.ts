/** @file What the Review screen says where not everything is there to review. */
import { expect } from '@playwright/test'
import { countOf, goTo, head, openReview, slider } from '../../fixtures/open-review.ts'
import { frameIs } from '../../fixtures/review-page.ts'
import { hallRegions } from '../../fixtures/reviewed-project.ts'
import { pageTest } from '../../fixtures/served-page.ts'

pageTest.describe.configure({ timeout: 120_000 })

pageTest('says what is missing, and leads there', async ({ page, workbench }) => {
  const project = await openReview(page, workbench, { runs: 'none' })
  await expect(page.getByRole('heading', { name: /has not looked at this tape/ })).toBeVisible()
  await page.getByRole('button', { name: 'Go to Train' }).click()
  await expect(page.getByRole('link', { name: 'Train' })).toHaveAttribute('aria-current', 'page')
  await goTo(page, workbench.url, project)
})

pageTest('leads to the regions where there are none', async ({ page, workbench }) => {
  await openReview(page, workbench, { regions: [] })
  await expect(page.getByRole('heading', { name: 'No regions to count in' })).toBeVisible()
  await page.getByRole('button', { name: 'Draw regions' }).click()
  await expect(page.getByRole('link', { name: 'Regions' })).toHaveAttribute('aria-current', 'page')
})

pageTest('says up to which frame a run has come', async ({ page, workbench }) => {
  await openReview(page, workbench, { done: 100, frame: 150 })
  await expect(page.getByText('Counted up to frame 99 (41 %).')).toBeVisible()
  await expect(page.locator('.answer-region')).toContainText('not looked at')
  await expect(head(page, 'Door')).toContainText('not looked at')
  await page.keyboard.press(',')
  await frameIs(page, 149)
  await page.keyboard.press('Home')
  await expect(head(page, 'Door')).toContainText('occupied')
})

pageTest('reviews an older run, and the newest again', async ({ page, workbench, errors }) => {
  await openReview(page, workbench, { runs: 'two', frame: 40 })
  const choice = page.getByRole('combobox', { name: 'Run' })
  await expect(choice).toHaveValue('newest')
  const now = await countOf(page, 'Press')
  await choice.selectOption({ index: 1 })
  // The network before saw less of who stays at the press.
  await expect.poll(() => countOf(page, 'Press')).toBeLessThan(now)
  await expect(head(page, 'Press')).toContainText('free')
  // The choice stays while one is elsewhere.
  await page.keyboard.press('Shift+3')
  await page.keyboard.press('Shift+5')
  await expect(choice).not.toHaveValue('newest')
  await choice.selectOption('newest')
  await expect.poll(() => countOf(page, 'Press')).toBe(now)
  expect(errors).toEqual([])
})

pageTest(
  'counts in a region that was drawn after the run, and says so',
  async ({ page, workbench }) => {
    const press = hallRegions[1]
    if (!press) throw new Error('there is no press')
    await openReview(page, workbench, {
      regions: hallRegions.slice(0, 1),
      late: [{ ...press, name: 'Bench' }],
    })
    await expect(head(page, 'Bench')).toContainText('approximate')
    await expect(head(page, 'Door')).not.toContainText('approximate')
    expect(await countOf(page, 'Bench')).toBeGreaterThan(20)
  },
)

pageTest('shows everything and changes nothing in a second window', async ({ page, workbench }) => {
  const project = await openReview(page, workbench)
  await expect(page.getByRole('option').first()).toBeVisible()
  const other = await page.context().newPage()
  await goTo(other, workbench.url, project)
  await expect(other.getByRole('option').first()).toBeVisible()
  await expect(other.getByRole('button', { name: /^Occupied/ })).toBeDisabled()
  await expect(other.locator('.answer-read-only')).toContainText('not change it')
  await slider(other, 'Press').focus()
  await other.keyboard.press('PageUp')
  await expect(other.getByRole('button', { name: 'Keep it' })).toBeDisabled()
})
