/** @file What becomes of a tape and its picture: another recipe, another place, a cut wire, a clock. */
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page, type WebSocketRoute } from '@playwright/test'
import { drag, exportMasks, isSaved, openLabel, readMask } from '../../fixtures/label-page.ts'
import { paintable } from '../../fixtures/page-project.ts'
import { pageTest } from '../../fixtures/served-page.ts'
import { squareSize as size } from '../../fixtures/square-tape.ts'

pageTest.describe.configure({ timeout: 120_000 })

async function openTape(page: Page, url: string, project: string): Promise<void> {
  await page.goto(url)
  await expect(page.getByRole('heading', { name: 'Projects' })).toBeVisible()
  const hash = `#/project/${encodeURIComponent(project)}/tape/1/0`
  await page.goto(new URL(`/${hash}`, url).href)
  await expect(page.getByRole('region', { name: 'Frames' })).toBeVisible()
}

pageTest(
  'says what another picture means, and moves regions and masks into it',
  async ({ page, workbench, errors }) => {
    const project = await paintable(workbench.home)
    const place = await openLabel(page, workbench.url, { project, size })
    await page.keyboard.press('r')
    await drag(page, place, [40, 20], [60, 40])
    await isSaved(page)
    await page.keyboard.press('Shift+Digit2')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible()

    await page.keyboard.press('Shift+Digit1')
    const crop = page.getByRole('region', { name: 'Crop' })
    const sizes = page.getByRole('region', { name: 'Size of the result' })
    await page.getByRole('spinbutton', { name: 'Width' }).first().waitFor()
    await sizes.getByRole('checkbox', { name: 'Keep proportions' }).uncheck()
    for (const [name, value] of [
      ['Width', 192],
      ['Height', 128],
    ] as const) {
      await sizes.getByRole('spinbutton', { name }).fill(String(value))
      await page.keyboard.press('Enter')
    }
    await expect(crop).toBeVisible()
    await page.getByRole('button', { name: 'Apply', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Change the picture?' })
    await expect(dialog).toContainText(
      '1 painted frame will be moved to the new picture, from what was first painted',
    )
    await expect(dialog).toContainText('1 region will be moved to the new picture')
    await dialog.getByRole('button', { name: 'Keep the old one' }).click()
    await expect(dialog).toBeHidden()
    await page.getByRole('button', { name: 'Apply', exact: true }).click()
    await dialog.getByRole('button', { name: 'Change it' }).click()
    await expect(page.getByText('The picture is set')).toBeVisible()

    await page.keyboard.press('Shift+Digit3')
    await expect(page.locator('.label-counter')).toHaveText('1 frame labelled')
    await exportMasks(page, join(workbench.home, 'masks'))
    const mask = await readMask(join(workbench.home, 'masks', '000000.png'), {
      width: 192,
      height: 128,
    })
    expect([mask(82, 42), mask(118, 78), mask(78, 42), mask(122, 78)]).toEqual([1, 1, 0, 0])
    expect(errors).toEqual([])
  },
)

pageTest('finds a tape again that was moved', async ({ page, workbench }) => {
  const project = await paintable(workbench.home)
  const [before, after] = [join(workbench.home, 'walk'), join(workbench.home, 'moved "A" 📼')]
  await rename(before, after)
  await openTape(page, workbench.url, project)
  const missing = page.getByRole('alert').filter({ hasText: 'is not at' })
  await expect(missing).toContainText(before)
  await missing.getByRole('button', { name: 'Find it…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Where is the tape now?' })
  await dialog.getByRole('textbox', { name: 'Video file' }).fill(after)
  await dialog.getByRole('button', { name: 'Use this file' }).click()
  await expect(missing).toBeHidden({ timeout: 60_000 })
  await expect(page.getByRole('region', { name: 'Result', exact: true })).toContainText('exact')
  await expect(page.getByRole('main').getByRole('alert')).toHaveCount(0)
})

pageTest('speaks by the clock once it is told when a tape starts', async ({ page, workbench }) => {
  const project = await paintable(workbench.home)
  await openTape(page, workbench.url, project)
  await page.getByRole('button', { name: 'Start time…' }).click()
  const dialog = page.getByRole('dialog', { name: 'When does the tape start?' })
  await dialog.getByLabel('Date and time of the first frame').fill('2026-03-01T08:30:00')
  await dialog.getByRole('button', { name: 'Set' }).click()
  const start = page.getByRole('button', { name: 'Starts 2026-03-01 08:30:00' })
  await expect(start).toBeVisible()
  await expect(page.getByRole('region', { name: 'Frames' })).toContainText('8:30:00')
  await page.reload()
  await start.click()
  await dialog.getByRole('button', { name: 'Not known' }).click()
  await expect(page.getByRole('button', { name: 'Start time…' })).toBeVisible()
})

pageTest('shows the tape again after the connection broke', async ({ page, workbench }) => {
  const wires: WebSocketRoute[] = []
  let lets = true
  await page.routeWebSocket('**/rpc', (wire) => {
    if (!lets) return void wire.close()
    wire.connectToServer()
    wires.push(wire)
  })
  const project = await paintable(workbench.home)
  await openTape(page, workbench.url, project)
  const result = page.getByRole('region', { name: 'Result', exact: true })
  await expect(result).toContainText('exact')
  // An engine that closes the project, as nobody holds it any more, gives its pictures up.
  await page.route('**/picture?**', (route) =>
    route.fulfill({
      status: 500,
      json: { code: 'cancelled', message: 'tapePicture was cancelled', hint: '' },
    }),
  )
  lets = false
  await wires.at(-1)?.close()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('alert').filter({ hasText: 'Trying to connect' })).toBeVisible()
  await page.waitForTimeout(1500)
  await page.unroute('**/picture?**')
  lets = true
  await expect(page.getByRole('alert').filter({ hasText: 'Trying to connect' })).toBeHidden()
  await expect(page.getByText('was cancelled')).toBeHidden()
  await expect(result).toContainText('exact')
})
