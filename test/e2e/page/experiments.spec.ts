import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { writeDrawnSet } from '../../../src/engine/drawn-sets/write-drawn-set.ts'
import { pageTest } from '../../fixtures/served-page.ts'

/** Pictures for the report, where a folder for them is given. */
async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.SHOTS
  if (!folder) return
  for (const [width, height, theme] of [
    [1280, 800, 'light'],
    [1920, 1080, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height })
    await page.evaluate(
      (value) => document.documentElement.setAttribute('data-theme', value),
      theme,
    )
    await page.waitForTimeout(400)
    await page.screenshot({ path: join(folder, `experiments-${name}-${width}-${theme}.png`) })
  }
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'light'))
  await page.setViewportSize({ width: 1280, height: 800 })
}

/** A project of drawn pictures, parted into train and val, on the Experiments screen. */
async function openWithSet(page: Page, url: string, home: string): Promise<void> {
  const drawn = await writeDrawnSet('lungs', join(home, 'lungs'), { images: 8, size: 64 }, {})
  await page.goto(url)
  await page.getByRole('button', { name: /^New project/ }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('lungs')
  await page.getByRole('button', { name: 'Make the project' }).click()
  const screens = page.getByRole('navigation', { name: 'Screens' })
  await screens.getByRole('link', { name: 'Experiments' }).click()
  await page.getByRole('button', { name: 'Go to Datasets' }).click()
  await page.getByRole('button', { name: 'Import a set…' }).click()
  await page.getByRole('textbox', { name: 'File, folder or zip' }).fill(drawn.set)
  await page.getByRole('button', { name: 'Look what is in it' }).click()
  await page.getByRole('button', { name: 'Import 8 pictures' }).click()
  await page.getByRole('button', { name: 'Split…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Ratio' }).fill('3:1')
  await dialog.getByRole('button', { name: 'Split', exact: true }).click()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await page.keyboard.press('Shift+8')
  await expect(page.getByRole('heading', { name: 'No experiments yet' })).toBeVisible()
}

/** Types a number into a field and leaves it. */
async function setNumber(page: Page, name: string, value: number): Promise<void> {
  const field = page.getByRole('dialog').getByRole('spinbutton', { name, exact: true })
  await field.fill(String(value))
  await field.press('Tab')
}

/** Makes the experiment that the dialog shows as small as it can be. */
async function makeTiny(page: Page): Promise<void> {
  await page
    .getByRole('dialog')
    .getByRole('combobox', { name: 'Start from' })
    .selectOption({ label: 'ESPNetv2, scale 0.5, random weights' })
  await page.getByRole('dialog').getByText('Advanced', { exact: true }).click()
  await setNumber(page, 'Input width', 32)
  await setNumber(page, 'Input height', 32)
  await setNumber(page, 'Pictures in a step', 1)
  await setNumber(page, 'Steps in an epoch', 2)
  await setNumber(page, 'Epochs', 2)
}

pageTest(
  'trains two experiments one after another, and compares their curves and settings',
  async ({ page, workbench, errors }) => {
    // Each experiment starts a compute process and builds a network anew.
    pageTest.slow()
    const { home, url } = workbench
    await openWithSet(page, url, home)
    await shoot(page, 'empty')
    await page.keyboard.press('Shift+N')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('First')
    await shoot(page, 'new')
    await makeTiny(page)
    await shoot(page, 'advanced')
    await dialog.getByRole('button', { name: 'Start' }).click()
    const queue = page.getByRole('region', { name: 'Queue' })
    await expect(queue.getByRole('button', { name: '#1 First', exact: true })).toBeVisible()

    await page.getByRole('button', { name: 'New experiment…' }).click()
    await dialog.getByRole('combobox', { name: 'Preset' }).selectOption({ label: 'U-Net, Dice' })
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Second')
    await makeTiny(page)
    await dialog.getByRole('button', { name: 'Start' }).click()
    await shoot(page, 'running')

    const table = page.getByRole('region', { name: 'All experiments' })
    const row = (name: string) => table.getByRole('row').filter({ hasText: name })
    await expect(row('First')).toContainText('Done', { timeout: 60_000 })
    await expect(row('Second')).toContainText('Done', { timeout: 60_000 })
    await expect(row('First')).toContainText('2 of 2')
    await expect(page.getByRole('img', { name: /Validation loss of each epoch/ })).toHaveAttribute(
      'aria-label',
      /#2 Second: The best is epoch [12]: validation loss .* #1 First: The best is epoch [12]/,
    )
    await expect(
      page.getByRole('region', { name: 'What differs' }).getByRole('row', { name: /^Loss kind/ }),
    ).toContainText('cross-entropy')
    await table.getByRole('button', { name: 'Name' }).click()
    await expect(table.getByRole('columnheader', { name: 'Name' })).toHaveAttribute(
      'aria-sort',
      'ascending',
    )
    await expect(table.getByRole('row').nth(1)).toContainText('First')
    await shoot(page, 'done')

    await page.getByRole('button', { name: 'Export…' }).click()
    await dialog.getByRole('textbox', { name: 'Folder' }).fill(home)
    await dialog.getByRole('button', { name: 'Export', exact: true }).click()
    await expect(dialog).toHaveCount(0)
    const report = await readFile(join(home, 'experiments.html'), 'utf8')
    expect(report).toContain('First')
    expect(report).toContain('Second')
    expect(errors).toEqual([])
  },
)

pageTest(
  'shows what augmentation makes of pictures, what a network sees in a folder, and networks beside each other',
  async ({ page, workbench, errors }) => {
    const { home, url } = workbench
    await openWithSet(page, url, home)
    await page.getByRole('radio', { name: 'Augmentation' }).click()
    const grid = page.getByRole('region', { name: 'What the pipeline makes of the pictures' })
    await expect(grid.getByRole('img')).toHaveCount(15)
    await shoot(page, 'augmentation')
    await page.getByText('As data', { exact: true }).click()
    const json = page.getByRole('textbox', { name: 'Pipeline as JSON' })
    await json.fill('[{"kind": "rotate"}]')
    await expect(page.getByRole('alert')).toContainText("'rotate' is no operation")
    await json.fill('[{"kind": "flip-up-down", "probability": 1}]')
    await expect(page.getByRole('alert')).toHaveCount(0)
    await expect(page.getByText('Flip up down', { exact: true }).first()).toBeVisible()
    await shoot(page, 'augmentation-data')

    await page.getByRole('radio', { name: 'Look at pictures' }).click()
    await page
      .getByRole('textbox', { name: 'Picture, folder or tape' })
      .fill(join(home, 'lungs', 'set', 'images'))
    await page.getByRole('textbox', { name: 'Into the folder' }).fill(join(home, 'seen'))
    await page.getByRole('radio', { name: 'Colour splash' }).click()
    await shoot(page, 'segment-form')
    await page.getByRole('button', { name: 'Look at the pictures' }).click()
    const seen = page.getByRole('region', { name: 'What was seen' })
    await expect(seen).toContainText('8 pictures', { timeout: 60_000 })
    await expect(seen.getByRole('img')).toHaveCount(16)
    await shoot(page, 'segment')

    await page.getByRole('radio', { name: 'Compare networks' }).click()
    const networks = page.getByRole('group', { name: 'Networks' })
    await networks.getByRole('checkbox', { name: /^LR-ASPP/ }).check()
    await shoot(page, 'compare-form')
    await page.getByRole('button', { name: 'Compare', exact: true }).click()
    const comparison = page.getByRole('region', { name: '2 networks compared' })
    await expect(comparison).toBeVisible({ timeout: 60_000 })
    // No accuracy is made up for a network whose weights are not there.
    const without = comparison.getByRole('list', { name: 'Without accuracy' })
    await expect(without).toContainText('LR-ASPP')
    await expect(comparison.getByRole('row', { name: /^LR-ASPP/ }).first()).toContainText('–')
    await expect(comparison.getByRole('figure', { name: /^GFLOPs/ })).toBeVisible()
    await shoot(page, 'compare')
    expect(errors).toEqual([])
  },
)
