import { expect } from '@playwright/test'
import { drag, isSaved, isShown, placeOn } from '../../fixtures/label-page.ts'
import { paintable } from '../../fixtures/page-project.ts'
import { shellTest as test } from '../../fixtures/shell.ts'
import { squareSize } from '../../fixtures/square-tape.ts'

test('shows frames with their colours in the desktop window, and saves what is painted', async ({
  desk,
}) => {
  const project = await paintable(desk.home)
  const shell = await desk.launch({ words: [project] })
  const page = await shell.firstWindow()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('walk', { timeout: 60_000 })
  await isShown(page)
  const place = await placeOn(page, squareSize)
  await page.keyboard.press('r')
  await drag(page, place, [4, 40], [12, 50])
  await isSaved(page)
  await expect(page.locator('.label-counter')).toHaveText('1 frame labelled')
  const { x, y } = place(8.5, 12.5)
  await page.mouse.move(x, y)
  await expect(page.locator('.readout-colour')).toHaveText('200, 30, 40')
})
