import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { rememberProject } from '../../../src/engine/projects/recent.ts'
import {
  addProject,
  addTape,
  newProject,
  pageTest,
  tapeIsRead,
} from '../../fixtures/served-page.ts'
import { squareSize } from '../../fixtures/square-tape.ts'

/** What the page does when the user comes back to its window. */
function comeBack(page: Page): Promise<void> {
  return page.evaluate(() => void window.dispatchEvent(new Event('focus')))
}

async function chooseFromMenu(page: Page, project: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `More about ${project}` }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

pageTest('says how to begin', async ({ page, workbench, errors }) => {
  await page.goto(workbench.url)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('No projects yet')
  await expect(page.getByRole('button', { name: 'New project from a tape' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Try the sample project' })).toBeVisible()
  expect(new URL(page.url()).search).toBe('')
  expect(errors).toEqual([])
})

pageTest('makes a project from a tape by its path', async ({ page, workbench, errors }) => {
  const tape = await addTape(workbench.home, 'hall "A" 📼')
  await page.goto(workbench.url)
  await newProject(page, tape)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('hall "A" 📼')
  await expect(page.getByRole('link', { name: 'Tape' })).toHaveAttribute('aria-current', 'page')
  await tapeIsRead(page)
  await page.getByRole('link', { name: 'All projects' }).click()
  await expect(page.getByRole('listitem')).toContainText(
    'No frame labelled yet · 1 tape, 24 frames',
  )
  expect(errors).toEqual([])
})

pageTest('makes a project from a tape found in the folders', async ({ page, workbench }) => {
  const tape = await addTape(workbench.home)
  await page.goto(workbench.url)
  await page.getByRole('button', { name: 'New project from a tape' }).click()
  await page.getByRole('button', { name: 'Browse for tape' }).click()
  const picker = page.getByRole('dialog', { name: 'Choose a tape' })
  await picker.getByRole('listitem').first().click()
  await picker.getByRole('button', { name: 'walk', exact: true }).click()
  await expect(picker.getByRole('button', { name: /\.png$/ }).first()).toBeVisible()
  await picker.getByRole('button', { name: 'Use the pictures in this folder' }).click()
  await expect(page.getByRole('textbox', { name: 'Tape' })).toHaveValue(tape)
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('walk')
  await page.getByRole('textbox', { name: 'Name' }).fill('By day')
  await page.getByRole('textbox', { name: 'Where its folder goes' }).fill(workbench.home)
  await page.getByRole('button', { name: 'Make the project' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('By day')
  expect(existsSync(join(workbench.home, 'By day.maskbench', 'project.db'))).toBe(true)
})

pageTest(
  'says what is wrong with a tape, and goes on with another',
  async ({ page, workbench }) => {
    const tape = await addTape(workbench.home)
    await page.goto(workbench.url)
    await page.getByRole('button', { name: 'New project from a tape' }).click()
    const dialog = page.getByRole('dialog', { name: 'New project' })
    await dialog.getByRole('textbox', { name: 'Name' }).fill('hall')
    await dialog.getByRole('textbox', { name: 'Tape' }).fill(`${tape}.mp4`)
    await dialog.getByRole('button', { name: 'Make the project' }).click()
    await expect(dialog.getByRole('alert')).toContainText('does not exist')
    await dialog.getByRole('textbox', { name: 'Tape' }).fill(tape)
    await dialog.getByRole('button', { name: 'Make the project' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('hall')
  },
)

pageTest('makes a project like an earlier one', async ({ page, workbench }) => {
  const tape = await addTape(workbench.home)
  const plain = { lens: null, view: null, viewSize: null }
  const crop = { x: 0, y: 0, ...squareSize }
  await addProject(workbench.home, 'earlier', { ...plain, crop, size: squareSize })
  await page.goto(workbench.url)
  await chooseFromMenu(page, 'earlier', 'New project like this one…')
  const like = page.getByRole('combobox', { name: 'Like an earlier project' })
  await expect(like).toHaveValue(join(workbench.home, 'earlier.maskbench'))
  await page.getByRole('textbox', { name: 'Tape' }).fill(tape)
  await page.getByRole('button', { name: 'Make the project' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('walk')
})

pageTest('makes the sample project by one click', async ({ page, workbench }) => {
  await page.goto(workbench.url)
  await page.getByRole('button', { name: 'Try the sample project' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sample')
  await page.getByRole('button', { name: /^Draw the sample tape/ }).click()
  const jobs = page.getByRole('region', { name: 'Jobs' })
  await expect(jobs.getByRole('progressbar', { name: 'Draw the sample tape' })).toBeVisible()
  await jobs.getByRole('button', { name: 'Cancel: Draw the sample tape' }).click()
  await expect(jobs).toContainText('Cancelled')
  await page.keyboard.press('Escape')
  // What was given up is gone on with in the same project.
  const empty = page.getByRole('main')
  await expect(empty).toContainText('The sample tape was not drawn')
  await empty.getByRole('button', { name: 'Draw it again' }).click()
  await expect(empty.getByRole('progressbar', { name: 'Draw the sample tape' })).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sample')
  await empty.getByRole('button', { name: 'Cancel: Draw the sample tape' }).click()
})

pageTest('shows a project made meanwhile when one comes back', async ({ page, workbench }) => {
  await page.goto(workbench.url)
  await expect(page.getByText('No projects yet')).toBeVisible()
  const folder = await addProject(workbench.home, 'hall "A" 📼')
  await comeBack(page)
  const card = page.getByRole('listitem')
  await expect(card).toContainText('hall "A" 📼')
  await expect(card).toContainText(folder)
  await expect(card).toContainText('No frame labelled yet · 0 tapes')
  await expect(card).toContainText('just now')
})

pageTest('takes a project off the list in every window', async ({ page, workbench }) => {
  const folder = await addProject(workbench.home, 'hall')
  await addProject(workbench.home, 'yard')
  await page.goto(workbench.url)
  const other = await page.context().newPage()
  await other.goto(workbench.url)
  await expect(other.getByRole('listitem')).toHaveCount(2)
  await chooseFromMenu(page, 'hall', 'Remove from this list')
  await expect(page.getByRole('listitem')).toHaveCount(1)
  await expect(other.getByRole('listitem')).toHaveCount(1)
  expect(existsSync(join(folder, 'project.db'))).toBe(true)
})

pageTest('backs a project up and puts it back', async ({ page, workbench }) => {
  await addProject(workbench.home, 'hall')
  await page.goto(workbench.url)
  await chooseFromMenu(page, 'hall', 'Restore a backup…')
  await expect(page.getByRole('dialog')).toContainText('There is no backup yet')
  await page.getByRole('button', { name: 'Cancel' }).click()
  await chooseFromMenu(page, 'hall', 'Back up now')
  await expect(page.getByText('Hall is backed up.')).toBeVisible()
  await chooseFromMenu(page, 'hall', 'Restore a backup…')
  const dialog = page.getByRole('dialog', { name: 'Restore a backup of hall' })
  await expect(dialog.getByRole('button', { name: 'Restore' })).toBeDisabled()
  await dialog.getByRole('radio').check()
  await dialog.getByRole('button', { name: 'Restore' }).click()
  await expect(page.getByText('Hall is as it was in the backup.')).toBeVisible()
  await chooseFromMenu(page, 'hall', 'Restore a backup…')
  await expect(page.getByRole('radio')).toHaveCount(2)
})

pageTest('moves a project to the trash, once that is confirmed', async ({ page, workbench }) => {
  const folder = await addProject(workbench.home, 'hall')
  await page.goto(workbench.url)
  await chooseFromMenu(page, 'hall', 'Move to trash…')
  await page.getByRole('button', { name: 'Keep it' }).click()
  expect(existsSync(folder)).toBe(true)
  await chooseFromMenu(page, 'hall', 'Move to trash…')
  await page.getByRole('button', { name: 'Move to trash' }).click()
  await expect(page.getByText('No projects yet')).toBeVisible()
  expect(existsSync(folder)).toBe(false)
})

pageTest('says why a project cannot be opened', async ({ page, workbench }) => {
  await rememberProject(join(workbench.home, 'gone.maskbench'))
  await rememberProject(workbench.home)
  await page.goto(workbench.url)
  await expect(page.getByRole('listitem').first()).toContainText('is not a Maskbench project')
  await expect(page.getByRole('listitem').last()).toContainText('The folder is not there any more')
  await page.goto(`${new URL(workbench.url).origin}/#/project/${encodeURIComponent('/none')}/label`)
  await expect(page.getByRole('alert')).toContainText('outside')
  await page.getByRole('link', { name: 'All projects' }).click()
  await expect(page.getByRole('listitem')).toHaveCount(2)
})

pageTest('refuses a wrong token', async ({ page, workbench }) => {
  const response = await page.goto(`${new URL(workbench.url).origin}/?token=wrong`)
  expect(response?.status()).toBe(403)
  await expect(page.getByText('it holds the key')).toBeVisible()
})

pageTest('fits a narrow window', async ({ page, workbench }) => {
  await addProject(workbench.home, 'a project with a name that is longer than the window is wide')
  await page.setViewportSize({ width: 420, height: 760 })
  await page.goto(workbench.url)
  await expect(page.getByRole('listitem')).toBeVisible()
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow).toBe(0)
})
