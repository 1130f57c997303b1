import { join } from 'node:path'
import { expect } from '@playwright/test'
import { labels } from '../../../src/cli/commands/labels.ts'
import { drag, isSaved, isShown, openLabel, readMask, tryAgain } from '../../fixtures/label-page.ts'
import { paintable } from '../../fixtures/page-project.ts'
import { runWords } from '../../fixtures/program.ts'
import { pageTest } from '../../fixtures/served-page.ts'
import { squareSize } from '../../fixtures/square-tape.ts'

const at96 = { size: squareSize }

/** The exported mask of a frame: by column and row, 1 = person. */
async function exportedMask(project: string, frame: number) {
  const out = `${project}-masks`
  const { code, stderr } = await runWords(['labels', 'export', project, out], [labels])
  expect(code, stderr).toBe(0)
  return readMask(join(out, `${String(frame).padStart(6, '0')}.png`), squareSize)
}

pageTest.describe.configure({ timeout: 120_000 })

pageTest(
  'paints by pointer and keys what is then in the exported mask',
  async ({ page, workbench, errors }) => {
    const project = await paintable(workbench.home)
    const place = await openLabel(page, workbench.url, { ...at96, project, frame: 3 })
    // A rectangle, a hole in it with Alt, a polygon closed by Enter, a stroke that is undone.
    await page.keyboard.press('r')
    await drag(page, place, [10, 10], [30, 30])
    await page.keyboard.down('Alt')
    await drag(page, place, [15, 15], [25, 25])
    await page.keyboard.up('Alt')
    await page.keyboard.press('p')
    for (const [x, y] of [
      [50, 10],
      [80, 10],
      [80, 40],
    ] as const) {
      const at = place(x, y)
      await page.mouse.click(at.x, at.y)
    }
    await page.keyboard.press('Enter')
    await page.keyboard.press('b')
    await drag(page, place, [12, 50], [60, 50])
    await page.keyboard.press('Control+z')
    await isSaved(page)
    await expect(page.locator('.label-counter')).toHaveText('1 frame labelled')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('spinbutton', { name: 'Frame' })).toHaveValue('4')
    await isShown(page)
    const at = await exportedMask(project, 3)
    expect([at(11, 11), at(20, 20), at(28, 28), at(31, 31)]).toEqual([1, 0, 1, 0])
    expect([at(75, 15), at(55, 35)]).toEqual([1, 0])
    expect(at(30, 50)).toBe(0)
    expect(errors).toEqual([])
  },
)

pageTest(
  'keeps what was painted over a reload right after the stroke',
  async ({ page, workbench }) => {
    const project = await paintable(workbench.home)
    const place = await openLabel(page, workbench.url, { ...at96, project })
    await page.keyboard.press('r')
    await drag(page, place, [40, 20], [60, 40])
    await isSaved(page)
    await page.reload()
    await isShown(page)
    const at = place(50, 30)
    await page.mouse.move(at.x, at.y)
    await expect(page.locator('.readout')).toContainText('person')
  },
)

pageTest(
  'says that strokes are not saved, keeps them, and saves them once',
  async ({ page, workbench }) => {
    const project = await paintable(workbench.home)
    const place = await openLabel(page, workbench.url, { ...at96, project })
    await page.route('**/strokes?**', (route) => route.abort())
    await page.keyboard.press('r')
    await drag(page, place, [5, 5], [15, 15])
    await drag(page, place, [40, 20], [60, 40])
    await expect(page.getByText('Not saved: 2 strokes in memory')).toBeVisible()
    // Another frame and back: what is in memory is still there.
    await page.keyboard.press('ArrowRight')
    await isShown(page)
    await page.keyboard.press('ArrowLeft')
    await isShown(page)
    await page.unroute('**/strokes?**')
    await tryAgain(page, () => isSaved(page))
    await page.getByRole('button', { name: 'Save and next' }).click()
    const at = await exportedMask(project, 0)
    expect([at(10, 10), at(50, 30), at(30, 30)]).toEqual([1, 1, 0])
  },
)

pageTest(
  'labels an empty frame by N and copies the previous mask by C',
  async ({ page, workbench }) => {
    const project = await paintable(workbench.home)
    const place = await openLabel(page, workbench.url, { ...at96, project })
    await page.keyboard.press('r')
    await drag(page, place, [10, 10], [20, 20])
    await isSaved(page)
    await page.keyboard.press('ArrowRight')
    await isShown(page)
    await page.keyboard.press('c')
    await expect(page.getByRole('button', { name: 'Frame 1, labelled' })).toBeVisible()
    await page.keyboard.press('ArrowRight')
    await isShown(page)
    await page.keyboard.press('n')
    await expect(page.getByRole('button', { name: 'Frame 2, nobody here' })).toBeVisible()
    await isSaved(page)
    const copied = await exportedMask(project, 1)
    const empty = await exportedMask(project, 2)
    expect([copied(15, 15), copied(25, 25), empty(15, 15)]).toEqual([1, 0, 0])
  },
)

pageTest(
  'keeps zoom and pan from frame to frame and while undoing',
  async ({ page, workbench }) => {
    const project = await paintable(workbench.home)
    const place = await openLabel(page, workbench.url, { ...at96, project })
    const middle = place(30, 30)
    await page.mouse.move(middle.x, middle.y)
    for (let i = 0; i < 3; i++) await page.mouse.wheel(0, -100)
    await page.keyboard.press('b')
    await page.mouse.click(middle.x, middle.y)
    const zoom = await page.locator('.label-zoom').textContent()
    const under = await page.locator('.readout-place').textContent()
    await page.keyboard.press('Control+z')
    await page.keyboard.press('ArrowRight')
    await isShown(page)
    await page.mouse.move(middle.x + 1, middle.y)
    await page.mouse.move(middle.x, middle.y)
    expect(await page.locator('.label-zoom').textContent()).toBe(zoom)
    expect(await page.locator('.readout-place').textContent()).toBe(under)
  },
)
