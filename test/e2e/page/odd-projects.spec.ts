/** @file Projects and tapes that are not as most are: huge, empty, long, of a newer version. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import Database from 'better-sqlite3'
import sharp from 'sharp'
import { databaseFile } from '../../../src/engine/db/layout.ts'
import { createProject } from '../../../src/engine/db/project.ts'
import { setRecipe } from '../../../src/engine/db/recipes.ts'
import { addSource } from '../../../src/engine/db/sources.ts'
import { recipeSchema } from '../../../src/shared/recipe.ts'
import { drag, isSaved, isShown, placeOn } from '../../fixtures/label-page.ts'
import { madeUpTape } from '../../fixtures/made-up-tape.ts'
import { addProject, newProject, pageTest, tapeIsRead } from '../../fixtures/served-page.ts'

pageTest.describe.configure({ timeout: 180_000 })

async function open(page: Page, url: string, project: string, screen: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('link', { name: 'Maskbench' }).waitFor()
  await page.evaluate(
    (hash) => {
      window.location.hash = hash
    },
    `#/project/${encodeURIComponent(project)}/${screen}`,
  )
}

/** A project whose tape is an index only. */
function projectOf(home: string, frames: number): string {
  const path = join(home, `${frames}.maskbench`)
  const project = createProject(path)
  addSource(project, madeUpTape(frames), null)
  const size = { width: 1024, height: 1024 }
  setRecipe(project, recipeSchema.parse({ crop: { x: 0, y: 0, ...size }, size }))
  project.close()
  return path
}

pageTest('paints on pictures of 6000x4000 with 16 bits', async ({ page, workbench, errors }) => {
  const tape = join(workbench.home, 'pictures')
  await mkdir(tape)
  const create = { width: 6000, height: 4000, channels: 3, background: '#4a7a9a' } as const
  await sharp({ create })
    .toColourspace('rgb16')
    .png({ compressionLevel: 1 })
    .toFile(`${tape}/0.png`)
  await page.goto(workbench.url)
  await newProject(page, tape)
  await tapeIsRead(page)
  await expect(page.locator('.tape-bar-facts')).toContainText('6000 × 4000')
  await page.getByRole('button', { name: 'Use this picture' }).click()
  await expect(page.getByText('The picture is set')).toBeVisible()
  const sizes = page.getByRole('region', { name: 'Size of the result' })
  const side = async (name: string): Promise<number> =>
    Number(await sizes.getByRole('spinbutton', { name }).inputValue())
  const size = { width: await side('Width'), height: await side('Height') }
  await page.keyboard.press('Shift+Digit3')
  await isShown(page)
  const place = await placeOn(page, size)
  await page.keyboard.press('r')
  await drag(page, place, [100, 100], [size.width / 2, size.height / 2])
  await isSaved(page)
  await expect(page.locator('.readout-colour')).toContainText('74, 122, 154')
  await expect(page.locator('.label-counter')).toHaveText('1 frame labelled')
  // The mask lies in squares on the stage: no line shows where they meet.
  const [from, to] = [place(150, 150), place(size.width / 2 - 150, size.height / 2 - 150)]
  const clip = { ...from, width: to.x - from.x, height: to.y - from.y }
  const { channels } = await sharp(await page.screenshot({ clip }))
    .removeAlpha()
    .stats()
  for (const { min, max } of channels) expect(max - min).toBeLessThanOrEqual(2)
  expect(channels[0]?.mean).toBeGreaterThan(120)
  expect(errors).toEqual([])
})

pageTest('says that a tape has no frames', async ({ page, workbench }) => {
  await open(page, workbench.url, projectOf(workbench.home, 0), 'label')
  await expect(page.getByRole('main')).toContainText('This tape has no frames')
  await page.getByRole('main').getByRole('button', { name: 'Go to Tape' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'is not at' })).toBeVisible()
})

pageTest('goes to the end of 100,000 frames', async ({ page, workbench }) => {
  await open(page, workbench.url, projectOf(workbench.home, 100_000), 'label')
  await expect(page.getByRole('button', { name: 'Frame 0', exact: true })).toBeVisible()
  await page.keyboard.press('End')
  await expect(page.getByRole('button', { name: 'Frame 99999', exact: true })).toBeVisible()
  await expect(page.getByRole('spinbutton', { name: 'Frame' })).toHaveValue('99999')
  expect(await page.locator('.frame-item').count()).toBeLessThan(40)
})

pageTest('says that a project is of a newer version', async ({ page, workbench }) => {
  const folder = await addProject(workbench.home, 'later')
  const database = new Database(databaseFile(folder))
  database.pragma('user_version = 99')
  database.close()
  await open(page, workbench.url, folder, 'label')
  await expect(page.getByRole('alert')).toContainText('Update Maskbench')
  await page.getByRole('link', { name: 'All projects' }).click()
  await expect(page.getByRole('listitem')).toContainText('Update Maskbench')
})
