import { expect, type WebSocketRoute } from '@playwright/test'
import { countOf, goTo, head, openReview, slider, tab } from '../../fixtures/open-review.ts'
import { frameIs } from '../../fixtures/review-page.ts'
import { eventfulProject, hallFrames } from '../../fixtures/reviewed-project.ts'
import { pageTest } from '../../fixtures/served-page.ts'

pageTest.describe.configure({ timeout: 120_000 })

pageTest(
  'recounts every region while a threshold is dragged, and keeps it when told so',
  async ({ page, workbench, errors }) => {
    const project = await openReview(page, workbench)
    await expect(slider(page, 'Press')).toBeVisible()
    const before = await countOf(page, 'Press')
    expect(before).toBeGreaterThan(20)
    const box = await slider(page, 'Press').boundingBox()
    if (!box) throw new Error('there is no threshold')
    const [x, y] = [box.x + box.width / 3, box.y + box.height / 2]
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x, y - 12, { steps: 6 })
    await expect.poll(() => countOf(page, 'Press')).toBeLessThan(before)
    await page.mouse.up()
    const after = await countOf(page, 'Press')
    const trial = page.getByRole('status').filter({ hasText: 'Tried, not kept' })
    await expect(trial).toContainText(`Press ${before} → ${after} frames,`)
    await page.getByRole('button', { name: 'Take back' }).click()
    await expect.poll(() => countOf(page, 'Press')).toBe(before)
    await expect(trial).toBeHidden()
    await slider(page, 'Press').focus()
    for (let i = 0; i < 3; i++) await page.keyboard.press('PageUp')
    await expect(trial).toBeVisible()
    const value = await slider(page, 'Press').getAttribute('aria-valuenow')
    await page.getByRole('button', { name: 'Keep it' }).click()
    await expect(trial).toBeHidden()
    await goTo(page, workbench.url, project)
    await expect(slider(page, 'Press')).toHaveAttribute('aria-valuenow', value ?? '')
    await expect(slider(page, 'Door')).toHaveAttribute('aria-valuenow', value ?? '')
    expect(errors).toEqual([])
  },
)

pageTest(
  'answers doubtful frames by keys, undoes, and keeps the answers over a reload',
  async ({ page, workbench, errors }) => {
    const project = await openReview(page, workbench)
    const cards = page.getByRole('option')
    await expect(cards.first()).toBeVisible()
    await page.keyboard.press('ArrowRight')
    await expect(cards.first()).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('y')
    await expect(cards.first()).toContainText('occupied')
    // It has gone on to the next one.
    await expect(cards.nth(1)).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('n')
    await expect(cards.nth(1)).toContainText('nobody')
    await page.keyboard.press('Control+z')
    await expect(cards.nth(1)).not.toContainText('nobody')
    await page.keyboard.press('Control+Shift+z')
    await expect(cards.nth(1)).toContainText('nobody')
    await expect(page.locator('.review-saved')).toHaveText('Saved')
    const first = await cards.first().locator('.item-time').textContent()
    await goTo(page, workbench.url, project)
    await expect(cards.first()).toBeVisible()
    const times = await page.locator('.item-time').allTextContents()
    expect(times).not.toContain(first)
    expect(errors).toEqual([])
  },
)

pageTest(
  'goes through the events of a region, several of them at once',
  async ({ page, workbench }) => {
    await openReview(page, workbench)
    await head(page, 'Walkway').click()
    await tab(page, 'Events').click()
    const events = page.getByRole('listbox', { name: 'Events in Walkway' }).getByRole('option')
    await expect(events).toHaveCount(3)
    await events.nth(1).click()
    await expect(page.locator('.answer-region')).toContainText('Walkway')
    await expect(page.locator('.answer-region')).toContainText('occupied')
    await events.nth(2).click({ modifiers: ['Control'] })
    await expect(page.locator('.answer-many')).toHaveText('For 2 chosen:')
    await page.keyboard.press('r')
    await expect(page.getByText('2 frames answered.')).toBeVisible()
    await expect(events.nth(1)).toContainText('reviewed')
    await expect(events.nth(2)).toContainText('reviewed')
    await expect(events.first()).not.toContainText('reviewed')
    await page.keyboard.press('Control+a')
    await expect(page.locator('.answer-many')).toHaveText('For 3 chosen:')
    await page.keyboard.press('Escape')
    await expect(page.locator('.answer-many')).toBeHidden()
    await events.first().click()
    await events.nth(2).click({ modifiers: ['Shift'] })
    await expect(page.locator('.answer-many')).toHaveText('For 3 chosen:')
  },
)

pageTest(
  'goes to frames by a click on a timeline, and zooms by wheel and keys',
  async ({ page, workbench }) => {
    await openReview(page, workbench)
    const plot = page.locator('.timeline-plot').nth(2)
    const box = await plot.boundingBox()
    if (!box) throw new Error('there is no timeline')
    await page.mouse.click(box.x + box.width / 2, box.y + 4)
    await frameIs(page, hallFrames / 2)
    await expect(page.locator('.answer-region')).toContainText('Saw')
    const ticks = () => page.locator('.timeline-tick small').allTextContents()
    const whole = await ticks()
    await page.mouse.move(box.x + box.width / 2, box.y + 4)
    for (let i = 0; i < 30; i++) await page.mouse.wheel(0, -100)
    await expect.poll(async () => (await ticks()).join()).not.toBe(whole.join())
    // Single frames: every one of the few that are shown has its number.
    const shown = (await ticks()).map(Number)
    expect(shown).toContain(hallFrames / 2)
    expect((shown[1] ?? 0) - (shown[0] ?? 0)).toBe(1)
    await page.keyboard.press('.')
    await frameIs(page, hallFrames / 2 + 1)
    await page.keyboard.press('0')
    await expect.poll(async () => (await ticks()).join()).toBe(whole.join())
    await page.keyboard.press('ArrowDown')
    await expect(page.locator('.answer-region')).toContainText('Walkway')
  },
)

pageTest('sends a wrong frame to the painter, flagged', async ({ page, workbench }) => {
  await openReview(page, workbench, { frame: 30 })
  await expect(page.locator('.answer-numbers')).toContainText('frame 30')
  await page.keyboard.press('e')
  await expect(page.getByRole('link', { name: 'Label' })).toHaveAttribute('aria-current', 'page')
  await expect(page.getByRole('spinbutton', { name: 'Frame' })).toHaveValue('30')
  await expect(page.getByRole('button', { name: /^Frame 30, .*flagged/ })).toBeVisible()
})

pageTest(
  'finds the best threshold from the answers, and says how sure the count is',
  async ({ page, workbench }) => {
    await openReview(page, workbench, { frame: 30 })
    await head(page, 'Press').click()
    await tab(page, 'Counts').click()
    await expect(page.getByText('Answer some frames with Y or N')).toBeVisible()
    const best = page.getByRole('button', { name: 'Best threshold' })
    await expect(best).toBeDisabled()
    for (let i = 0; i < 5; i++) {
      await page.keyboard.press('y')
      await page.keyboard.press('.')
    }
    await page.keyboard.press('Home')
    for (let i = 0; i < 5; i++) {
      await page.keyboard.press('n')
      await page.keyboard.press('.')
    }
    await expect(page.getByText(/With your 10 answers the true count is/)).toBeVisible()
    await expect(page.getByText(/precision 100 %/)).toBeVisible()
    await best.click()
    await expect(page.getByText(/Tried, not kept:/)).toBeVisible()
    await page.getByRole('spinbutton', { name: /^Leave/ }).fill('6')
    await page.keyboard.press('Enter')
    await expect(page.getByText(/leave 0 → 6 frames/)).toBeVisible()
    await expect(page.getByRole('row', { name: /00:00 – 01:00/ })).toBeVisible()
  },
)

pageTest('lists what flipped since the run before', async ({ page, workbench }) => {
  await openReview(page, workbench, { runs: 'two' })
  await tab(page, 'Changes').click()
  const changes = page.getByRole('listbox', { name: 'What changed' }).getByRole('option')
  await expect(changes.first()).toContainText('Occupied now, free before')
  await changes.first().click()
  await expect(page.locator('.answer-region')).toContainText('occupied')
})

pageTest('keeps answers while the engine is away', async ({ page, workbench }) => {
  const wires: WebSocketRoute[] = []
  let lets = true
  await page.routeWebSocket('**/rpc', (wire) => {
    if (!lets) void wire.close()
    else {
      wire.connectToServer()
      wires.push(wire)
    }
  })
  await openReview(page, workbench)
  const cards = page.getByRole('option')
  await cards.first().click()
  lets = false
  await wires.at(-1)?.close()
  await page.keyboard.press('y')
  await expect(page.getByText('Not saved: 1 answer in memory')).toBeVisible()
  await expect(cards.first()).toContainText('occupied')
  lets = true
  await expect(page.locator('.review-saved')).toHaveText('Saved')
  await expect(cards.first()).toContainText('occupied')
})

pageTest('scrolls through 3,000 events of a region', async ({ page, workbench }) => {
  await goTo(page, workbench.url, await eventfulProject(workbench.home, 3000))
  await tab(page, 'Events').click()
  await expect(page.getByText('3,000 events in Door')).toBeVisible()
  const list = page.getByRole('listbox', { name: 'Events in Door' })
  await expect(list.getByRole('option').first()).toContainText('frame 0')
  expect(await list.getByRole('option').count()).toBeLessThan(40)
  await list.evaluate((element) => element.scrollTo(0, element.scrollHeight))
  const last = list.getByRole('option').last()
  await expect(last).toContainText('frame 8,997')
  await last.click()
  await expect(last).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowLeft')
  await expect(list.getByRole('option', { selected: true })).toContainText('frame 8,994')
  await page.keyboard.press('Control+a')
  await expect(page.locator('.answer-many')).toHaveText('For 3,000 chosen:')
  await page.keyboard.press('r')
  await expect(page.getByText('3,000 frames answered.')).toBeVisible()
  await expect(page.locator('.review-saved')).toHaveText('Saved')
})

pageTest('writes the counts and the report', async ({ page, workbench }) => {
  await openReview(page, workbench)
  await page.getByRole('button', { name: 'Export…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Export' })
  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(page.getByText(/^Written: .*hall-counts\.csv/)).toBeVisible()
})
