import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { unmoved } from '../../../src/engine/camera/similarity.ts'
import { addRegions } from '../../../src/engine/db/regions.ts'
import { createFromTape } from '../../../src/engine/jobs/create-project.ts'
import { requireRecipe } from '../../../src/engine/jobs/project-recipe.ts'
import { rememberProject } from '../../../src/engine/projects/recent.ts'
import { placeTape } from '../../fixtures/moved-camera.ts'
import { pageTest, tapeIsRead } from '../../fixtures/served-page.ts'

// Two projects, and the empty scenes of both tapes.
pageTest.describe.configure({ timeout: 180_000 })

/** A project of Monday's tape, with one region. */
async function mondayProject(home: string): Promise<void> {
  const dir = join(home, 'monday.maskbench')
  const tapes = [await placeTape(join(home, 'monday'), unmoved)]
  const recipe = { crop: '40,30,240,180', size: '240x180' }
  const engine = await createFromTape(dir, { tapes, recipe }, {})
  const points: [number, number][] = [
    [60, 50],
    [120, 50],
    [120, 110],
    [60, 110],
  ]
  const region = {
    name: 'bench',
    kind: 'count',
    group: null,
    colour: null,
    threshold: null,
  } as const
  addRegions(engine.project, [{ ...region, points }], requireRecipe(engine.project).geometryHash)
  await engine.close()
  await rememberProject(dir)
}

/** Makes the project of Tuesday's tape like Monday's, on which the camera has moved. */
async function tuesdayProject(page: Page, { home, url }: { home: string; url: string }) {
  await mondayProject(home)
  const bumped = { shift: { x: 12, y: -9 }, rotation: 0, zoom: 1 }
  const tuesday = await placeTape(join(home, 'tuesday'), bumped)
  await page.goto(url)
  await page.getByRole('button', { name: /^New project/ }).click()
  await page.getByRole('textbox', { name: 'Tape' }).fill(tuesday)
  await page.getByRole('combobox', { name: /earlier project/i }).selectOption({ label: 'monday' })
  await page.getByRole('button', { name: 'Make the project' }).click()
  await tapeIsRead(page)
  const banner = page.getByRole('alert').filter({ hasText: 'The camera has moved since monday' })
  await expect(banner).toContainText('12 pixels to the right, 9 pixels up', { timeout: 60_000 })
  return banner
}

pageTest(
  'shows that the camera has moved before the next tape, and follows it',
  async ({ page, workbench, errors }) => {
    const banner = await tuesdayProject(page, workbench)
    await banner.getByRole('button', { name: 'Compare the pictures' }).click()
    const dialog = page.getByRole('dialog', { name: 'Has the camera moved?' })
    for (const name of ['tuesday, with nobody there', 'monday, with nobody there']) {
      const picture = dialog.getByRole('img', { name })
      const width = () =>
        picture.evaluate((img) => (img instanceof HTMLImageElement ? img.naturalWidth : 0))
      await expect.poll(width).toBe(320)
    }
    if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, 'camera.png') })
    await dialog.getByRole('button', { name: 'Follow the camera' }).click()
    await expect(dialog).toBeHidden()
    await expect(banner).toBeHidden()
    await expect(page.getByRole('spinbutton', { name: 'Left' })).toHaveValue('52')
    await expect(page.getByRole('spinbutton', { name: 'Top' })).toHaveValue('21')
    expect(errors).toEqual([])
  },
)

pageTest(
  'asks before it counts on a tape whose camera has moved',
  async ({ page, workbench, errors }) => {
    const banner = await tuesdayProject(page, workbench)
    await page.keyboard.press('Shift+4')
    const run = page.getByRole('button', { name: 'Run it over the tape' })
    await run.click()
    const dialog = page.getByRole('dialog', { name: 'Has the camera moved?' })
    await expect(dialog).toContainText('12 pixels to the right, 9 pixels up')
    // Nothing runs as long as nobody has answered.
    await dialog.getByRole('button', { name: 'Close' }).click()
    await expect(dialog).toBeHidden()
    await expect(run).toBeEnabled()
    await run.click()
    await dialog.getByRole('button', { name: 'Run it all the same' }).click()
    await expect(page.getByText(/has looked at all \d+ frames of tuesday/)).toBeVisible({
      timeout: 60_000,
    })
    await expect(banner).toBeHidden()
    expect(errors).toEqual([])
  },
)
