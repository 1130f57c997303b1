import { join } from 'node:path'
import { type CDPSession, expect, type Page } from '@playwright/test'
import {
  drag,
  exportMasks,
  isSaved,
  isShown,
  openLabel,
  overlap,
  type Place,
  readMask,
} from '../../fixtures/label-page.ts'
import { paintable } from '../../fixtures/page-project.ts'
import { pageTest } from '../../fixtures/served-page.ts'
import { squareSize as size, squareMask } from '../../fixtures/square-tape.ts'

pageTest.describe.configure({ timeout: 120_000 })

/** What the status bar says of a pixel. */
async function classAt(page: Page, place: Place, x: number, y: number): Promise<string> {
  const at = place(x + 0.4, y + 0.4)
  await page.mouse.move(at.x, at.y)
  await expect(page.locator('.readout-place')).toHaveText(`x ${x} · y ${y}`)
  return (await page.locator('.readout').textContent()) ?? ''
}

pageTest(
  'takes what the network proposes, and what of it is not taken away',
  async ({ page, workbench }) => {
    const project = await paintable(workbench.home)
    const place = await openLabel(page, workbench.url, { project, size, frame: 11 })
    await page.keyboard.press('m')
    await expect(page.getByRole('radio', { name: 'Network' })).toBeChecked()
    const all = page.getByRole('button', { name: 'Accept all' })
    await expect(all).toBeVisible({ timeout: 60_000 })
    expect(await classAt(page, place, 45, 30)).toContain('background')
    await page.keyboard.press('t')
    const [x, y] = [45, 30]
    await page.mouse.click(place(x, y).x, place(x, y).y)
    await isSaved(page)
    const folder = join(workbench.home, 'masks')
    await exportMasks(page, folder)
    const mask = await readMask(join(folder, '000011.png'), size)
    const truth = squareMask(11)
    const isSquare = (x: number, y: number) =>
      truth[Math.floor(y) * size.width + Math.floor(x)] === 1
    // The network sees squares of 8 pixels, and is sure of those in the middle.
    expect(overlap(mask, isSquare, size)).toBeGreaterThan(0.35)
    expect([mask(45, 30), mask(20, 30), mask(75, 30), mask(45, 60)]).toEqual([1, 0, 0, 0])
  },
)

pageTest('paints with a class of its own once there is one', async ({ page, workbench }) => {
  const project = await paintable(workbench.home)
  const place = await openLabel(page, workbench.url, { project, size })
  await page.getByRole('button', { name: 'Classes…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Classes' })
  await dialog.getByRole('button', { name: 'Add a class' }).click()
  await dialog.getByRole('textbox', { name: 'Name of class 2' }).fill('person')
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled()
  await dialog.getByRole('textbox', { name: 'Name of class 2' }).fill('forklift')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await page.keyboard.press('2')
  await page.keyboard.press('r')
  await drag(page, place, [10, 10], [30, 30])
  expect(await classAt(page, place, 20, 20)).toContain('forklift')
  await isSaved(page)
  await page.keyboard.press('ArrowRight')
  await isShown(page)
  await page.getByRole('button', { name: 'Classes…' }).click()
  await dialog.getByRole('button', { name: 'Remove forklift' }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('alert')).toContainText('forklift')
})

pageTest('takes a label off a frame, and puts it back by undo', async ({ page, workbench }) => {
  const project = await paintable(workbench.home)
  const place = await openLabel(page, workbench.url, { project, size })
  await page.keyboard.press('r')
  await drag(page, place, [10, 10], [30, 30])
  await isSaved(page)
  await page.getByRole('button', { name: 'More about masks' }).click()
  await page.getByRole('menuitem', { name: 'Take the label off this frame' }).click()
  await expect(page.locator('.label-counter')).toHaveText('0 frames labelled')
  expect(await classAt(page, place, 20, 20)).toContain('background')
  await page.keyboard.press('Control+z')
  await expect(page.locator('.label-counter')).toHaveText('1 frame labelled')
  expect(await classAt(page, place, 20, 20)).toContain('person')
})

pageTest('changes nothing in a second window', async ({ page, workbench }) => {
  const project = await paintable(workbench.home, 'hall "A" 📼')
  const place = await openLabel(page, workbench.url, { project, size })
  const other = await page.context().newPage()
  await openLabel(other, workbench.url, { project, size })
  await expect(other.getByText('You can look at this project, but not change it.')).toBeVisible()
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('hall "A" 📼')
  await expect(other.getByRole('button', { name: 'Brush', exact: true })).toBeDisabled()
  await drag(other, place, [10, 10], [40, 40])
  await other.keyboard.press('n')
  await page.bringToFront()
  await page.keyboard.press('r')
  await drag(page, place, [50, 20], [70, 40])
  await isSaved(page)
  await expect(page.locator('.label-counter')).toHaveText('1 frame labelled')
  await expect(other.locator('.label-counter')).toHaveText('1 frame labelled')
  expect(await classAt(page, place, 20, 20)).toContain('background')
  await page.close()
  // The other window may write now; what it does counts.
  await expect(other.getByText('You can look at this project')).toBeHidden()
  await other.keyboard.press('r')
  await drag(other, place, [10, 10], [30, 30])
  await isSaved(other)
  await exportMasks(other, join(workbench.home, 'masks "A" 📼'))
  const mask = await readMask(join(workbench.home, 'masks "A" 📼', '000000.png'), size)
  expect([mask(20, 20), mask(60, 30), mask(40, 10)]).toEqual([1, 1, 0])
})

/** A pen on the picture, as the browser's own input would bring it. */
async function pen(cdp: CDPSession, type: string, at: { x: number; y: number }, force: number) {
  await cdp.send('Input.dispatchMouseEvent', {
    type: type as 'mousePressed',
    ...at,
    ...{ button: 'left', buttons: 1, clickCount: 1, pointerType: 'pen', force },
  })
}

pageTest('paints as wide as a pen presses, where that is wanted', async ({ page, workbench }) => {
  const project = await paintable(workbench.home)
  await page.goto(workbench.url)
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('checkbox', { name: /Pressure sets the size/ }).check()
  const place = await openLabel(page, workbench.url, { project, size })
  await page.keyboard.press('b')
  const cdp = await page.context().newCDPSession(page)
  for (const [x, force] of [
    [20, 1],
    [70, 0.25],
  ] as const) {
    await pen(cdp, 'mousePressed', place(x, 32), force)
    await pen(cdp, 'mouseMoved', place(x + 0.2, 32), force)
    await pen(cdp, 'mouseReleased', place(x + 0.2, 32), 0)
  }
  await isSaved(page)
  await exportMasks(page, join(workbench.home, 'masks'))
  const mask = await readMask(join(workbench.home, 'masks', '000000.png'), size)
  const widthAround = (x: number): number =>
    Array.from({ length: 40 }, (_, i) => mask(x - 20 + i, 32)).reduce((sum, is) => sum + is, 0)
  expect(Math.abs(widthAround(20) - 24)).toBeLessThanOrEqual(2)
  expect(Math.abs(widthAround(70) - 6)).toBeLessThanOrEqual(2)
})

pageTest.describe('with two fingers', () => {
  pageTest.use({ hasTouch: true })

  pageTest('zooms and pans, and paints nothing', async ({ page, workbench }) => {
    const project = await paintable(workbench.home)
    const place = await openLabel(page, workbench.url, { project, size })
    await page.keyboard.press('b')
    const zoom = page.locator('.label-zoom')
    const before = Number.parseInt((await zoom.textContent()) ?? '', 10)
    const cdp = await page.context().newCDPSession(page)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: [number, number][]) =>
      cdp.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: points.map(([x, y], id) => ({ ...place(x, y), id })),
      })
    await touch('touchStart', [40, 32])
    await touch('touchStart', [40, 32], [56, 32])
    for (let i = 1; i <= 8; i++) await touch('touchMove', [40 - i, 32], [56 + i, 32])
    await touch('touchEnd')
    await expect
      .poll(async () => Number.parseInt((await zoom.textContent()) ?? '', 10))
      .toBeGreaterThan(1.6 * before)
    await expect(page.locator('.label-counter')).toHaveText('0 frames labelled')
    await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled()
    // One finger paints.
    await touch('touchStart', [48, 32])
    for (let i = 1; i <= 4; i++) await touch('touchMove', [48 + i, 32])
    await touch('touchEnd')
    await expect(page.locator('.label-counter')).toHaveText('1 frame labelled')
  })
})
