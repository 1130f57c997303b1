import { expect, type Page } from '@playwright/test'
import { addTape, newProject, pageTest, tapeIsRead } from '../../fixtures/served-page.ts'

/** A project from a small tape, on its Tape screen. */
async function openTape(page: Page, home: string, url: string): Promise<void> {
  await page.goto(url)
  await newProject(page, await addTape(home))
  await tapeIsRead(page)
  await page.getByRole('link', { name: 'Tape', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Frames' })).toBeVisible()
}

/** The middle of the stage of a pane, and its corners, in the window. */
async function stageOf(page: Page, pane: 'Tape' | 'Result') {
  const stage = page.getByRole('region', { name: pane, exact: true }).getByRole('application')
  const box = await stage.boundingBox()
  if (!box) throw new Error(`the pane ${pane} is not there`)
  return { stage, x: box.x + box.width / 2, y: box.y + box.height / 2, box }
}

pageTest(
  'says exactly which frame is shown, and goes to frames by keys, numbers and times',
  async ({ page, workbench, errors }) => {
    pageTest.slow()
    await openTape(page, workbench.home, workbench.url)
    const frame = page.getByRole('textbox', { name: 'Frame number' })
    await expect(frame).toHaveValue('0')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Shift+ArrowRight')
    await expect(frame).toHaveValue('11')
    await page.keyboard.press('End')
    await expect(frame).toHaveValue('23')
    await frame.fill('7')
    await frame.press('Enter')
    await expect(page.getByRole('slider', { name: 'Frame' })).toHaveValue('7')
    const time = page.getByRole('textbox', { name: 'Time on the tape' })
    await time.fill('0:00')
    await time.press('Enter')
    await expect(frame).toHaveValue('0')
    await page.keyboard.press('k')
    await expect(frame).not.toHaveValue('0')
    expect(errors).toEqual([])
  },
)

pageTest(
  'straightens a tape by its circle, takes it back, and keeps what is applied',
  async ({ page, workbench, errors }) => {
    pageTest.slow()
    await openTape(page, workbench.home, workbench.url)
    await page.getByRole('radio', { name: 'Fisheye' }).check()
    const radius = page.getByRole('spinbutton', { name: 'Radius' })
    await expect(radius).toHaveValue('32.0')
    const { x, y, box } = await stageOf(page, 'Tape')
    // The picture is 96 pixels wide and fitted with a margin; the circle has a radius of 32.
    const scale = Math.min((box.width - 32) / 96, (box.height - 32) / 64)
    await page.mouse.move(x + 32 * scale, y)
    await page.mouse.down()
    await page.mouse.move(x + 30 * scale, y, { steps: 3 })
    await page.mouse.move(x + 24 * scale, y, { steps: 3 })
    await page.mouse.up()
    await expect(radius).toHaveValue(/^2[34]\./)
    await page.keyboard.press('Control+z')
    await expect(radius).toHaveValue('32.0')
    await page.keyboard.press('Control+Shift+z')
    await expect(radius).toHaveValue(/^2[34]\./)
    await expect(page.getByRole('region', { name: 'Result', exact: true })).toContainText('exact')
    await page.getByRole('button', { name: /^(Apply|Use this picture)$/ }).click()
    await expect(page.getByText('The picture is set')).toBeVisible()
    await page.reload()
    await expect(radius).toHaveValue(/^2[34]\./)
    await expect(page.getByRole('button', { name: 'Applied' })).toBeDisabled()
    expect(errors).toEqual([])
  },
)
