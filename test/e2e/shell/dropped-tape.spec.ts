/** @file A tape that is dragged from the system's file manager onto the window. */
import { type ElectronApplication, expect, type Page } from '@playwright/test'
import { addTape } from '../../fixtures/served-page.ts'
import { shellTest as test } from '../../fixtures/shell.ts'

/** Drags a file over the middle of the window; it is let go of where `isDropped`. */
async function drag(shell: ElectronApplication, page: Page, path: string, isDropped: boolean) {
  const session = await shell.context().newCDPSession(page)
  const data = { items: [], files: [path], dragOperationsMask: 1 }
  const types = ['dragEnter', 'dragOver', ...(isDropped ? ['drop' as const] : [])] as const
  for (const type of types)
    await session.send('Input.dispatchDragEvent', { type, x: 500, y: 400, data })
  await session.detach()
}

test('begins a project with a tape that is dropped on the window', async ({ desk }) => {
  const tape = await addTape(desk.home, 'dropped "1" 📼')
  const shell = await desk.launch()
  const page = await shell.firstWindow()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('No projects yet', {
    timeout: 60_000,
  })
  await drag(shell, page, tape, false)
  await expect(page.getByText('Drop the tape here')).toBeVisible()
  await drag(shell, page, tape, true)
  await expect(page.getByText('Drop the tape here')).toBeHidden()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('textbox', { name: 'Tape' })).toHaveValue(tape)
  await dialog.getByRole('button', { name: 'Make the project' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('dropped "1" 📼')
})
