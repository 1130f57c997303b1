/** @file What is painted while the engine dies, the disk is full or the wire is cut. */
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import {
  drag,
  exportMasks,
  isSaved,
  isShown,
  openLabel,
  readMask,
  tryAgain,
} from '../../fixtures/label-page.ts'
import { paintable } from '../../fixtures/page-project.ts'
import { type ScriptProcess, startScript } from '../../fixtures/script-process.ts'
import { pageTest } from '../../fixtures/served-page.ts'
import { canMount, mountSmallDisk } from '../../fixtures/small-disk.ts'
import { squareSize as size } from '../../fixtures/square-tape.ts'

pageTest.describe.configure({ timeout: 180_000 })

const rounds = 4

pageTest(
  'loses nothing and paints nothing twice when the engine is killed again and again',
  async ({ page, workbench }) => {
    await workbench.stop()
    const project = await paintable(workbench.home)
    let engine: ScriptProcess = startScript('serve-page.ts', workbench.home)
    const url = await engine.line()
    const { port } = new URL(url)
    const place = await openLabel(page, url, { project, size })
    await page.keyboard.press('r')
    for (let round = 0; round < rounds; round++) {
      const left = 5 + 22 * round
      // What is painted and taken away again would come back if it were painted twice.
      await drag(page, place, [left, 5], [left + 15, 20])
      const killed = engine.kill()
      await drag(page, place, [left, 40], [left + 15, 55])
      await page.keyboard.down('Alt')
      await drag(page, place, [left, 5], [left + 15, 20])
      await page.keyboard.up('Alt')
      await killed
      await expect(page.getByText(/^Not saved: \d strokes? in memory/)).toBeVisible()
      engine = startScript('serve-page.ts', workbench.home, port)
      await engine.line()
      await isSaved(page)
    }
    await exportMasks(page, join(workbench.home, 'masks'))
    const mask = await readMask(join(workbench.home, 'masks', '000000.png'), size)
    for (let round = 0; round < rounds; round++) {
      const left = 5 + 22 * round
      expect([mask(left + 7, 12), mask(left + 7, 47)], `round ${round}`).toEqual([0, 1])
    }
    await engine.kill()
  },
)

/** Paints while no stroke reaches the engine. */
async function paintUnsaved(page: Page, url: string, project: string): Promise<void> {
  const place = await openLabel(page, url, { project, size })
  await page.route('**/strokes?**', (route) => route.abort())
  await page.keyboard.press('r')
  await drag(page, place, [40, 20], [60, 40])
  await expect(page.getByText('Not saved: 1 stroke in memory')).toBeVisible()
}

pageTest('says on every screen that strokes are not saved', async ({ page, workbench }) => {
  const project = await paintable(workbench.home)
  await paintUnsaved(page, workbench.url, project)
  const warning = page.getByRole('alert').filter({ hasText: 'Not saved: 1 stroke in memory' })
  for (const name of ['Tape', 'Regions', 'Settings']) {
    await page.getByRole('link', { name, exact: true }).click()
    await expect(warning).toBeVisible()
  }
  await page.getByRole('link', { name: 'All projects' }).click()
  const elsewhere = page.getByRole('alert').filter({ hasText: 'walk: Not saved' })
  await elsewhere.getByRole('button', { name: 'Open walk' }).click()
  await page.getByRole('link', { name: 'Tape', exact: true }).click()
  await expect(warning).toBeVisible()
  // Leaving the page would lose them: the browser asks.
  const asked = page.waitForEvent('dialog')
  const leaving = page.evaluate(() => window.location.reload())
  await (await asked).dismiss()
  await leaving.catch(() => {})
  await page.unroute('**/strokes?**')
  await tryAgain(warning, () => expect(warning).toBeHidden())
  await page.getByRole('link', { name: 'Label' }).click()
  await isShown(page)
  await expect(page.locator('.label-counter')).toHaveText('1 frame labelled')
})

pageTest('says that the disk is full, and saves once it is not', async ({ page, workbench }) => {
  pageTest.skip(!canMount, 'only root can mount a small disk')
  await workbench.stop()
  const disk = mountSmallDisk(24)
  const engine = startScript('serve-page.ts', disk.path())
  try {
    const project = await paintable(disk.path())
    const place = await openLabel(page, await engine.line(), { project, size })
    disk.fill()
    await page.keyboard.press('r')
    // The first strokes may find room in what the database has already.
    const unsaved = page.getByText(/^Not saved: \d+ strokes? in memory/)
    for (let i = 0; i < 60 && !(await unsaved.isVisible()); i++)
      await drag(page, place, [i, 20], [i + 30, 40])
    await expect(unsaved).toBeVisible()
    await expect(page.locator('.save-reason')).toContainText('full')
    disk.free()
    await tryAgain(page, () => isSaved(page))
  } finally {
    await engine.kill()
    disk.remove()
  }
})
