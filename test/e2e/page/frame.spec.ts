import { expect, type Page, type WebSocketRoute } from '@playwright/test'
import {
  addProject,
  addTape,
  newProject,
  pageTest,
  tapeIsRead,
} from '../../fixtures/served-page.ts'

const screens = ['Tape', 'Regions', 'Label', 'Train', 'Review'] as const

/** Opens a project by its address. */
async function openProject(page: Page, url: string, project: string, screen = 'label') {
  await page.goto(url)
  await page.getByRole('link', { name: 'Maskbench' }).waitFor()
  await page.evaluate(
    (hash) => {
      window.location.hash = hash
    },
    `#/project/${encodeURIComponent(project)}/${screen}`,
  )
  await expect(page.getByRole('button', { name: 'Keys of this screen', exact: true })).toBeVisible()
}

/** Loads the page again and waits until keys reach it. */
async function reload(page: Page): Promise<void> {
  await page.reload()
  await expect(page.getByRole('button', { name: 'Keys of this screen', exact: true })).toBeVisible()
}

/** Elements that can be used but have no name for a screen reader. */
function nameless(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const all = document.querySelectorAll<HTMLElement>(
      'button, a[href], input, select, textarea, [role="menu"], [role="dialog"], dialog, [role="toolbar"]',
    )
    const nameOf = (element: HTMLElement): string => {
      const labelled = element.getAttribute('aria-labelledby') ?? ''
      const by = labelled.split(' ').map((id) => document.getElementById(id)?.textContent ?? '')
      const labels = 'labels' in element ? (element as HTMLInputElement).labels : null
      const texts = [...(labels ?? [])].map((label) => label.textContent ?? '')
      return [element.getAttribute('aria-label'), ...by, ...texts, element.textContent]
        .join('')
        .trim()
    }
    return [...all].filter((element) => nameOf(element) === '').map((element) => element.outerHTML)
  })
}

pageTest(
  'goes from screen to screen by pointer and by keys',
  async ({ page, workbench, errors }) => {
    const project = await addProject(workbench.home, 'hall')
    await openProject(page, workbench.url, project)
    for (const name of screens) {
      await page.getByRole('link', { name, exact: true }).click()
      await expect(page.getByRole('link', { name, exact: true })).toHaveAttribute(
        'aria-current',
        'page',
      )
      expect(new URL(page.url()).hash).toContain(`/${name.toLowerCase()}`)
    }
    for (const [i, name] of screens.entries()) {
      await page.keyboard.press(`Shift+Digit${i + 1}`)
      await expect(page.getByRole('link', { name, exact: true })).toHaveAttribute(
        'aria-current',
        'page',
      )
    }
    await page.goBack()
    await expect(page.getByRole('link', { name: 'Train' })).toHaveAttribute('aria-current', 'page')
    await expect(page.getByRole('main', { name: 'Train' })).toBeVisible()
    await page.keyboard.press('Shift+Digit0')
    await expect(page.getByRole('heading', { name: 'Projects' })).toBeVisible()
    expect(errors).toEqual([])
  },
)

pageTest(
  'shows the keys of the screen, and goes by the keys that were chosen',
  async ({ page, workbench }) => {
    const project = await addProject(workbench.home, 'hall')
    await openProject(page, workbench.url, project)
    await page.keyboard.press('?')
    const help = page.getByRole('dialog', { name: 'Keys of this screen' })
    await expect(help).toContainText('BrushB')
    await expect(help).not.toContainText('Draw a polygon')
    await page.keyboard.press('Escape')
    await expect(help).toBeHidden()
    await page.keyboard.press('Control+,')
    await page.getByRole('combobox', { name: 'Start from' }).selectOption('As in CVAT')
    await page.getByRole('searchbox', { name: 'Find' }).fill('next frame')
    await expect(page.getByRole('button', { name: 'Take F off “Next frame”' })).toBeVisible()
    await page.getByRole('searchbox', { name: 'Find' }).fill('')
    await page.getByRole('button', { name: 'Add a key for “Eraser”' }).click()
    await page.keyboard.press('b')
    await expect(page.getByRole('alert')).toHaveText(/B already does “Brush”\./)
    await page.getByRole('button', { name: 'Use it here instead' }).click()
    await expect(page.getByRole('button', { name: 'Take B off “Eraser”' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Take B off “Brush”' })).toBeHidden()
    await page.getByRole('button', { name: 'Add a key for “Go to Review”' }).click()
    await page.keyboard.press('F8')
    await page.reload()
    await expect(page.getByRole('button', { name: 'Take F8 off “Go to Review”' })).toBeVisible()
    await page.keyboard.press('F8')
    await expect(page.getByRole('link', { name: 'Review' })).toHaveAttribute('aria-current', 'page')
    await page.keyboard.press('Control+,')
    await page.getByRole('button', { name: 'Reset all keys' }).click()
    await expect(page.getByRole('button', { name: 'Take F8 off “Go to Review”' })).toBeHidden()
  },
)

pageTest('leaves keys to the field that is typed into', async ({ page, workbench }) => {
  const project = await addProject(workbench.home, 'hall')
  await openProject(page, workbench.url, project, 'settings')
  await page.getByRole('searchbox', { name: 'Find' }).fill('')
  await page.keyboard.type('?j')
  await expect(page.getByRole('searchbox', { name: 'Find' })).toHaveValue('?j')
  await expect(page.getByRole('dialog')).toBeHidden()
})

pageTest('keeps the settings for every window', async ({ page, workbench, errors }) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto(workbench.url)
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light')
  const other = await page.context().newPage()
  await other.goto(workbench.url)
  await expect(other.getByText('No projects yet')).toBeVisible()
  await page.getByRole('radio', { name: 'Dark' }).check()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(other.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.getByRole('checkbox', { name: /Use every processor core/ }).uncheck()
  await page.getByRole('spinbutton', { name: 'Processor threads' }).fill('3')
  await page.getByRole('spinbutton', { name: 'Cache of each project' }).fill('7')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('spinbutton', { name: 'Cache of each project' })).toHaveValue('50')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.getByRole('spinbutton', { name: 'Processor threads' })).toHaveValue('3')
  await expect(page.getByRole('spinbutton', { name: 'Cache of each project' })).toHaveValue('50')
  expect(errors).toEqual([])
})

pageTest('shows jobs until they are put away, over a reload', async ({ page, workbench }) => {
  const tape = await addTape(workbench.home)
  await page.goto(workbench.url)
  await newProject(page, tape)
  await tapeIsRead(page)
  await page.getByRole('button', { name: 'Jobs', exact: true }).click()
  const jobs = page.getByRole('region', { name: 'Jobs' })
  await expect(jobs.getByRole('listitem')).toHaveCount(1)
  await expect(jobs).toContainText('Done')
  await reload(page)
  await page.keyboard.press('j')
  await expect(jobs.getByRole('listitem')).toHaveCount(1)
  await jobs.getByRole('button', { name: /^Put away/ }).click()
  await expect(jobs).toContainText('Nothing is under way')
  await page.keyboard.press('Escape')
  await expect(jobs).toBeHidden()
  await reload(page)
  await page.keyboard.press('j')
  await expect(jobs).toContainText('Nothing is under way')
})

pageTest('comes back to the same frame after a reload', async ({ page, workbench }) => {
  const tape = await addTape(workbench.home)
  await page.goto(workbench.url)
  await newProject(page, tape)
  await tapeIsRead(page)
  await page.keyboard.press('Shift+Digit3')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await expect(page).toHaveURL(/\/label\/\d+\/11$/)
  await reload(page)
  await expect(page.getByRole('link', { name: 'Label' })).toHaveAttribute('aria-current', 'page')
  await page.keyboard.press('ArrowLeft')
  await expect(page).toHaveURL(/\/label\/\d+\/10$/)
  await page.keyboard.press('End')
  await page.keyboard.press('ArrowRight')
  await expect(page).toHaveURL(/\/label\/\d+\/23$/)
})

pageTest('comes back by itself after the connection broke', async ({ page, workbench }) => {
  const wires: WebSocketRoute[] = []
  let lets = true
  await page.routeWebSocket('**/rpc', (wire) => {
    if (!lets) void wire.close()
    else {
      wire.connectToServer()
      wires.push(wire)
    }
  })
  const tape = await addTape(workbench.home)
  await page.goto(workbench.url)
  await newProject(page, tape)
  await tapeIsRead(page)
  lets = false
  await wires.at(-1)?.close()
  const lost = page.getByRole('alert').filter({ hasText: 'Trying to connect again' })
  await expect(lost).toBeVisible()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('walk')
  lets = true
  await expect(lost).toBeHidden()
  await expect(page.getByText('Read only')).toBeHidden()
  await page.keyboard.press('j')
  await page.getByRole('button', { name: /^Put away/ }).click()
  await expect(page.getByRole('region', { name: 'Jobs' })).toContainText('Nothing is under way')
})

pageTest('says that the engine has stopped', async ({ page, workbench }) => {
  const project = await addProject(workbench.home, 'hall')
  await openProject(page, workbench.url, project)
  await workbench.stop()
  await expect(page.getByRole('alert')).toContainText(/The engine (has stopped|does not answer)/)
  await page.getByRole('button', { name: 'Connect again' }).click()
  await expect(page.getByRole('alert')).toContainText('The engine does not answer')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('hall')
})

pageTest('only looks at a project that another window has open', async ({ page, workbench }) => {
  const project = await addProject(workbench.home, 'hall')
  await openProject(page, workbench.url, project)
  const other = await page.context().newPage()
  await openProject(other, workbench.url, project)
  await expect(other.getByRole('status')).toContainText('It is open in another window')
  await expect(page.getByText('Read only')).toBeHidden()
  await page.getByRole('link', { name: 'All projects' }).click()
  await expect(other.getByText('Read only')).toBeHidden()
})

pageTest('names everything that can be used', async ({ page, workbench }) => {
  const project = await addProject(workbench.home, 'hall')
  await openProject(page, workbench.url, project, 'settings')
  expect(await nameless(page)).toEqual([])
  await page.keyboard.press('?')
  await page.keyboard.press('Escape')
  for (const name of [...screens, 'Datasets', 'Experiments']) {
    await page.getByRole('link', { name, exact: true }).click()
    expect(await nameless(page)).toEqual([])
  }
  await page.getByRole('link', { name: 'All projects' }).click()
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByRole('button', { name: 'Browse for tape' }).click()
  await expect(
    page.getByRole('dialog', { name: 'Choose a tape' }).getByRole('listitem'),
  ).toHaveCount(1)
  expect(await nameless(page)).toEqual([])
})

pageTest(
  'is reached by Tab from its first link to its last button',
  async ({ page, workbench }) => {
    await addProject(workbench.home, 'hall')
    await page.goto(workbench.url)
    await expect(page.getByRole('listitem')).toBeVisible()
    const reached: string[] = []
    for (let i = 0; i < 7; i++) {
      await page.keyboard.press('Tab')
      reached.push(
        await page.evaluate(() => {
          const { activeElement } = document
          return activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? ''
        }),
      )
    }
    expect(reached).toEqual([
      'Maskbench',
      'Settings',
      'Open…',
      'Sample project',
      'New project',
      'hall',
      'More about hall',
    ])
    await page.keyboard.press('Enter')
    await page.keyboard.press('ArrowUp')
    await expect(page.getByRole('menuitem', { name: 'Move to trash…' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toBeHidden()
  },
)
