import { join } from 'node:path'
import { expect } from '@playwright/test'
import { addRegions } from '../../../src/engine/db/regions.ts'
import { openEngine } from '../../../src/engine/engine.ts'
import { requireRecipe } from '../../../src/engine/jobs/project-recipe.ts'
import { allBytes } from '../../fixtures/all-bytes.ts'
import { greyFilm } from '../../fixtures/grey-film.ts'
import { paintable } from '../../fixtures/page-project.ts'
import { startScript } from '../../fixtures/script-process.ts'
import { jpegsOf, servedCamera } from '../../fixtures/served-camera.ts'
import { pageTest } from '../../fixtures/served-page.ts'
import { servedRtsp, transportStream, watchman } from '../../fixtures/served-rtsp.ts'
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

pageTest(
  'says nowhere what the password of an RTSP camera is, and clearly that a webcam is not there',
  async ({ page, workbench: { home, stop } }) => {
    pageTest.setTimeout(240_000)
    await stop()
    const project = await withRegion(home)
    const film = await greyFilm(join(home, 'film.mp4'), 90)
    const stream = await transportStream(film, join(home, 'film.ts'))
    await using camera = await servedRtsp(stream, 90, 'digest')
    const engine = startScript('serve-page.ts', home)
    const url = await engine.line()
    await page.goto(url)
    await expect(page.getByRole('heading', { name: 'Projects' })).toBeVisible()
    await page.goto(new URL(`/#/project/${encodeURIComponent(project)}/live`, url).href)
    const address = page.getByRole('textbox', { name: 'Camera' })
    const connect = async (to: string): Promise<void> => {
      await address.fill(to)
      await page.getByRole('button', { name: 'Connect' }).click()
    }
    const said: string[] = []
    const hear = async (): Promise<void> => {
      said.push((await page.locator('body').innerText()) + (await page.title()))
      said.push(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, location])))
    }
    await connect('webcam:57')
    await expect(page.getByRole('alert')).toContainText(
      'There is no such camera at this computer',
      {
        timeout: 60_000,
        ignoreCase: true,
      },
    )
    await expect(page.getByRole('alert')).toContainText('Plug it in')
    await connect(camera.secretUrl.replace('hunter-2', 'hunter-3'))
    await expect(page.getByRole('alert')).toContainText('401', { timeout: 60_000 })
    await hear()
    await connect(camera.secretUrl)
    const side = page.getByRole('complementary', { name: 'Camera' })
    await expect(side).toContainText('Connected', { timeout: 60_000 })
    await hear()
    await side.getByRole('button', { name: 'Disconnect' }).click()
    await expect(address).toHaveValue('')
    await hear()
    await engine.kill()
    const written = await allBytes(home)
    for (const secret of ['hunter-2', 'hunter-3', watchman.name]) {
      expect(said.join()).not.toContain(secret)
      expect(engine.printed()).not.toContain(secret)
      expect(written.includes(secret), secret).toBe(false)
    }
  },
)
