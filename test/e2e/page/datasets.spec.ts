import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { box, type CocoPicture, cocoFolder } from '../../fixtures/coco-folder.ts'
import { addProject, pageTest } from '../../fixtures/served-page.ts'

/** Enough for rows of pictures; the first two are those of the tests. */
const pictures: readonly CocoPicture[] = [
  { file: 'street.png', marked: [{ category: 1, polygon: box(10, 10, 50, 50) }] },
  {
    file: 'yard.png',
    marked: [
      { category: 1, polygon: box(0, 0, 30, 20) },
      { category: 2, polygon: box(40, 20, 70, 55) },
    ],
  },
  ...Array.from(
    { length: 22 },
    (_, i): CocoPicture => ({
      file: `walk-${String(i).padStart(2, '0')}.png`,
      marked: [{ category: 2, polygon: box(2 * i, i, 2 * i + 20, i + 25) }],
    }),
  ),
]

async function openScreen(page: Page, url: string, project: string): Promise<void> {
  await page.goto(url)
  await expect(page.getByRole('heading', { name: 'Projects' })).toBeVisible()
  await page.goto(new URL(`/#/project/${encodeURIComponent(project)}/tape`, url).href)
  await page
    .getByRole('navigation', { name: 'Screens' })
    .getByRole('link', { name: 'Datasets' })
    .click()
}

/** Imports a set by the dialog, after its summary. */
async function importSet(page: Page, path: string, count: number): Promise<void> {
  await page.getByRole('textbox', { name: 'File, folder or zip' }).fill(path)
  await page.getByRole('button', { name: 'Look what is in it' }).click()
  await page.getByRole('button', { name: `Import ${count} pictures` }).click()
  await expect(page.getByRole('region', { name: 'Pictures' })).toBeVisible()
}

async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env.SHOTS
  if (!folder) return
  for (const [width, height] of [
    [1024, 640],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height })
    for (const theme of width === 1440 ? ['light', 'dark'] : ['light']) {
      await page.evaluate(
        (value) => document.documentElement.setAttribute('data-theme', value),
        theme,
      )
      await page.waitForTimeout(400)
      await page.screenshot({ path: join(folder, `datasets-${name}-${width}-${theme}.png`) })
    }
  }
  await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'light'))
}

/** Whether pixels of the shown overlay have been drawn. */
const overlayPixels = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('.stage-overlay')
    const { width = 1, height = 1 } = canvas ?? {}
    const data = canvas?.getContext('2d')?.getImageData(0, 0, width, height).data ?? []
    let drawn = 0
    for (let i = 3; i < data.length; i += 4) if (data[i] !== 0) drawn++
    return drawn
  })

pageTest(
  'imports a set after showing what is in it, and takes it back',
  async ({ page, workbench, errors }) => {
    const { home, url } = workbench
    const project = await addProject(home, 'street')
    const path = await cocoFolder(join(home, 'coco'), pictures, { missing: ['walk-03.png'] })
    await openScreen(page, url, project)
    await expect(page.getByRole('heading', { name: 'No sets of pictures yet' })).toBeVisible()
    await shoot(page, 'empty')
    await page.getByRole('button', { name: 'Import a set…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'File, folder or zip' }).fill(join(home, 'nothing'))
    await dialog.getByRole('button', { name: 'Look what is in it' }).click()
    await expect(dialog.getByRole('alert')).toContainText('nothing')
    await dialog.getByRole('textbox', { name: 'File, folder or zip' }).fill(path)
    await page.keyboard.press('Enter')
    const summary = dialog.getByRole('region', { name: 'What is in it' })
    await expect(summary).toContainText('COCO: 24 pictures')
    await expect(summary.getByRole('row', { name: /^car/ })).toContainText('2,200')
    await shoot(page, 'summary')
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    await expect(page.getByRole('heading', { name: 'No sets of pictures yet' })).toBeVisible()

    await page.keyboard.press('Shift+I')
    await importSet(page, path, 24)
    await expect(page.getByText('24 pictures', { exact: true })).toBeVisible()
    const cell = page.getByRole('button', { name: /^yard\.png/ })
    await expect(cell.locator('img')).toHaveCount(2)
    await expect(page.getByRole('button', { name: /^walk-03\.png.*missing/ })).toContainText(
      'no picture',
    )
    await shoot(page, 'pictures')

    await page.getByRole('button', { name: 'More about this set' }).click()
    await page.getByRole('menuitem', { name: 'Undo the import…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Undo the import' }).click()
    await expect(page.getByRole('heading', { name: 'No sets of pictures yet' })).toBeVisible()
    expect(errors.filter((text) => !text.includes('404'))).toEqual([])
  },
)

pageTest(
  'finds pictures, goes through them by keys, and paints in them',
  async ({ page, workbench, errors }) => {
    const { home, url } = workbench
    const project = await addProject(home, 'street')
    const path = await cocoFolder(join(home, 'coco'), pictures)
    await openScreen(page, url, project)
    await page.getByRole('button', { name: 'Import a set…' }).click()
    await importSet(page, path, 24)
    const filters = page.getByRole('complementary', { name: 'Filters' })
    await filters.getByRole('combobox', { name: 'Shows' }).selectOption({ label: 'car' })
    await expect(page.getByText('2 of 24 pictures')).toBeVisible()
    await filters.getByRole('searchbox', { name: 'Name' }).fill('yard')
    await expect(page.getByText('1 of 24 pictures')).toBeVisible()
    await filters.getByRole('button', { name: 'Show all' }).click()
    await expect(page.getByText('24 pictures', { exact: true })).toBeVisible()

    await page.getByRole('region', { name: 'Pictures' }).click({ position: { x: 2, y: 2 } })
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'yard.png' })).toBeVisible()
    await expect.poll(() => overlayPixels(page)).toBeGreaterThan(1000)
    await shoot(page, 'large')
    const both = await overlayPixels(page)
    await page.getByRole('button', { name: 'Hide dog' }).click()
    await expect.poll(() => overlayPixels(page)).toBeLessThan(both)
    await page.getByRole('button', { name: 'Show dog' }).click()
    await expect.poll(() => overlayPixels(page)).toBe(both)

    await page.keyboard.press('2')
    const stage = page.getByRole('application')
    await stage.click({ position: { x: 60, y: 220 } })
    await expect(page.getByText('Saved', { exact: true })).toBeVisible()
    await expect.poll(() => overlayPixels(page)).toBeGreaterThan(both)
    await page.keyboard.press('ArrowLeft')
    await expect(page.getByRole('heading', { name: 'street.png' })).toBeVisible()
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('heading', { name: 'yard.png' })).toBeVisible()
    await expect.poll(() => overlayPixels(page)).toBeGreaterThan(both)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('region', { name: 'Pictures' })).toBeVisible()

    // What was painted is a difference between the masks as imported and as they are now.
    await page.getByRole('radio', { name: 'Compare' }).click()
    await expect(page.getByText('24 masks compared')).toBeVisible()
    await shoot(page, 'compare')
    await page.getByRole('button', { name: /^background taken for dog/ }).click()
    await expect(page.getByText('background taken for dog')).toBeVisible()
    await expect(page.getByText('1 of 24 pictures')).toBeVisible()
    await expect(page.getByRole('button', { name: /^yard\.png/ })).toBeVisible()
    expect(errors.filter((text) => !text.includes('404'))).toEqual([])
  },
)

pageTest(
  'splits a set, counts it, and exports it after saying what is lost',
  async ({ page, workbench, errors }) => {
    const { home, url } = workbench
    const path = await cocoFolder(join(home, 'coco'), pictures)
    // A project of pictures needs no tape.
    await page.goto(url)
    await page.getByRole('button', { name: /^New project/ }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('street')
    await page.getByRole('button', { name: 'Make the project' }).click()
    await page.getByRole('button', { name: 'Import a set…' }).click()
    await importSet(page, path, 24)
    await page.getByRole('button', { name: 'Split…' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Ratio' }).fill('3:1')
    await dialog.getByRole('button', { name: 'Split', exact: true }).click()
    await expect(dialog.getByRole('row', { name: /^train/ })).toBeVisible()
    await expect(dialog.getByRole('row', { name: /^val/ })).toBeVisible()
    await shoot(page, 'split')
    await dialog.getByRole('button', { name: 'Done' }).click()

    await page.getByRole('radio', { name: 'Numbers' }).click()
    const amounts = page.getByRole('figure', { name: /Pixels of each class/ })
    await expect(amounts.getByRole('row', { name: /^car/ })).toContainText('2,200')
    await shoot(page, 'numbers')

    await page.getByRole('button', { name: 'Export…' }).click()
    await dialog.getByRole('combobox', { name: 'Format' }).selectOption({ label: 'COCO' })
    await dialog.getByRole('checkbox', { name: 'Copy the pictures as well' }).uncheck()
    const lost = dialog.getByRole('region', { name: 'What is lost' })
    await expect(lost).toContainText('the pictures themselves')
    await dialog.getByRole('textbox', { name: 'Folder' }).fill(home)
    await dialog.getByRole('textbox', { name: 'Name' }).fill('back')
    await shoot(page, 'export')
    await dialog.getByRole('button', { name: 'Export', exact: true }).click()
    await expect(dialog).toHaveCount(0)
    await expect.poll(() => existsSync(join(home, 'back'))).toBe(true)
    await expect(page.getByText(/Export .* as COCO: done/)).toBeVisible()
    expect(await readFile(path, 'utf8')).toContain('car')
    expect(errors.filter((text) => !text.includes('404'))).toEqual([])
  },
)
