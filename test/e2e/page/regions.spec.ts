import { expect, type Page } from '@playwright/test'
import { addTape, newProject, pageTest, tapeIsRead } from '../../fixtures/served-page.ts'

/** A project from a small tape with its picture set, on its Regions screen. */
async function openRegions(page: Page, home: string, url: string): Promise<void> {
  await page.goto(url)
  await newProject(page, await addTape(home))
  await tapeIsRead(page)
  await page.getByRole('link', { name: 'Tape', exact: true }).click()
  const use = page.getByRole('button', { name: /^(Use this picture|Applied)$/ })
  await expect(use).toBeVisible()
  if (await use.isEnabled()) {
    await use.click()
    await expect(page.getByText('The picture is set')).toBeVisible()
  }
  await page.getByRole('link', { name: 'Regions', exact: true }).click()
  await expect(page.getByRole('application')).toBeVisible()
}

/** From shares of the 96x64 picture to places in the window. */
async function placing(page: Page) {
  const box = await page.getByRole('application').boundingBox()
  if (!box) throw new Error('there is no picture')
  const scale = Math.min((box.width - 32) / 96, (box.height - 32) / 64)
  return (x: number, y: number): [number, number] => [
    box.x + box.width / 2 + (x - 48) * scale,
    box.y + box.height / 2 + (y - 32) * scale,
  ]
}

const row = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

pageTest(
  'draws, names, moves and keeps regions by pointer and keys',
  async ({ page, workbench, errors }) => {
    pageTest.slow()
    await openRegions(page, workbench.home, workbench.url)
    const at = await placing(page)
    await page.keyboard.press('p')
    for (const [x, y] of [
      [10, 10],
      [30, 10],
      [30, 30],
      [10, 30],
    ] as const)
      await page.mouse.click(...at(x, y))
    await page.keyboard.press('Enter')
    await expect(row(page, 'Region 1')).toHaveAttribute('aria-pressed', 'true')
    await page.keyboard.press('r')
    await page.mouse.move(...at(50, 20))
    await page.mouse.down()
    await page.mouse.move(...at(60, 30), { steps: 3 })
    await page.mouse.move(...at(70, 40), { steps: 3 })
    await page.mouse.up()
    await expect(row(page, 'Region 2')).toBeVisible()
    await page.keyboard.press('F2')
    await page.keyboard.press('Control+a')
    await page.keyboard.type('Door')
    await page.keyboard.press('Enter')
    await expect(row(page, 'Door')).toBeVisible()
    await page.getByText('4 corners').click()
    const left = page.getByRole('spinbutton', { name: 'Corner 1, x' })
    const before = Number(await left.inputValue())
    await page.mouse.move(...at(60, 30))
    await page.mouse.down()
    await page.mouse.move(...at(64, 33), { steps: 4 })
    await page.mouse.up()
    await expect.poll(async () => Number(await left.inputValue())).toBeGreaterThan(before + 2)
    await page.keyboard.press('Control+z')
    await expect.poll(async () => Number(await left.inputValue())).toBe(before)
    await page.keyboard.press('ArrowRight')
    await expect.poll(async () => Number(await left.inputValue())).toBe(before + 1)
    await expect(page.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible()
    await page.reload()
    await expect(row(page, 'Door')).toBeVisible()
    await row(page, 'Region 1').click()
    await page.keyboard.press('Delete')
    await expect(row(page, 'Region 1')).toBeHidden()
    await page.keyboard.press('Control+z')
    await expect(row(page, 'Region 1')).toBeVisible()
    expect(errors).toEqual([])
  },
)

pageTest('refuses an outline that crosses itself, in words', async ({ page, workbench }) => {
  pageTest.slow()
  await openRegions(page, workbench.home, workbench.url)
  const at = await placing(page)
  await page.keyboard.press('p')
  for (const [x, y] of [
    [10, 10],
    [40, 40],
    [40, 10],
    [10, 40],
  ] as const)
    await page.mouse.click(...at(x, y))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('crosses')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(row(page, 'Region 1')).toBeVisible()
})
