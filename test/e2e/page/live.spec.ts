import { join } from 'node:path'
import { expect } from '@playwright/test'
import { addRegions } from '../../../src/engine/db/regions.ts'
import { openEngine } from '../../../src/engine/engine.ts'
import { requireRecipe } from '../../../src/engine/jobs/project-recipe.ts'
import { paintable } from '../../fixtures/page-project.ts'
import { jpegsOf, servedCamera } from '../../fixtures/served-camera.ts'
import { pageTest } from '../../fixtures/served-page.ts'
import { squareFrames } from '../../fixtures/square-tape.ts'

/** A project with a region that the square is in half of the time. */
async function withRegion(home: string): Promise<string> {
  const path = await paintable(home)
  await using engine = openEngine(path, 'write')
  const points: [number, number][] = [
    [64, 8],
    [96, 8],
    [96, 56],
    [64, 56],
  ]
  const door = { name: 'door', kind: 'count', group: null, colour: null, threshold: 100 } as const
  addRegions(engine.project, [{ ...door, points }], requireRecipe(engine.project).geometryHash)
  return path
}

pageTest('looks at a camera, records it, and leaves it', async ({ page, workbench, errors }) => {
  const { home, url } = workbench
  const project = await withRegion(home)
  const pictures = await jpegsOf(join(home, 'walk'), squareFrames)
  await using camera = await servedCamera(pictures, { framesPerSecond: 6, needsPassword: true })
  const shot = async (name: string): Promise<void> => {
    const folder = process.env.SHOTS
    if (folder) await page.screenshot({ path: join(folder, `live-${name}.png`) })
  }
  await page.goto(url)
  await expect(page.getByRole('heading', { name: 'Projects' })).toBeVisible()
  await page.goto(new URL(`/#/project/${encodeURIComponent(project)}/tape`, url).href)
  await page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('link', { name: 'Live' })
    .click()
  const address = page.getByRole('textbox', { name: 'Camera' })
  await shot('start')

  await address.fill('cam.local')
  await page.getByRole('button', { name: 'Connect' }).click()
  await expect(page.getByRole('alert')).toContainText('no address of a camera')
  await address.fill('http://127.0.0.1:9/none')
  await page.getByRole('button', { name: 'Connect' }).click()
  await expect(page.getByRole('alert')).toContainText('does not answer', { timeout: 30_000 })
  await shot('failed')

  await address.fill(camera.secretUrl)
  await page.getByRole('button', { name: 'Connect' }).click()
  const side = page.getByRole('complementary', { name: 'Camera' })
  await expect(side).toContainText('Connected', { timeout: 30_000 })
  await expect(side).toContainText(/\d frames a second/)
  await expect(side).toContainText(/\d\.\d\d s/)
  const door = side.getByRole('listitem').filter({ hasText: 'door' })
  await expect(door).toContainText('occupied', { timeout: 10_000 })
  await expect(door).toContainText('free', { timeout: 10_000 })
  await expect(page.getByText('Waiting for the first picture')).toHaveCount(0)
  await expect(page.locator('body')).not.toContainText('hunter-2')
  await shot('connected')

  await page.keyboard.press('Shift+R')
  await expect(side).toContainText(/Recording: 0:0\d, [1-9]\d* frame/, { timeout: 10_000 })
  await shot('recording')
  await side.getByRole('button', { name: 'End the recording' }).click()
  await expect(side).toContainText('added as a tape')
  await side.getByRole('button', { name: 'Disconnect' }).click()
  await expect(address).toHaveValue('')
  await expect(page.getByText(/Recorded \d+ frames/)).toBeVisible()
  expect(errors).toEqual([])
})
