import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { saveMask } from '../../../src/engine/db/masks.ts'
import { saveSettings } from '../../../src/engine/db/settings.ts'
import { chooseSource } from '../../../src/engine/jobs/choose-source.ts'
import { createFromTape } from '../../../src/engine/jobs/create-project.ts'
import { requireRecipe } from '../../../src/engine/jobs/project-recipe.ts'
import { projectModelFolder } from '../../../src/engine/models/model-store.ts'
import { pageTest } from '../../fixtures/served-page.ts'
import { squareMask, squareSize, squareTape } from '../../fixtures/square-tape.ts'
import { tinyNetwork } from '../../fixtures/tiny-network.ts'

/** Biases by which the tiny network sees nobody, and can learn to see red squares. */
const blind = [1, -12, -0.25, 0]
const eight = [1, 4, 7, 10, 13, 16, 19, 22]

/** A project of the tape with the red square, whose network sees nobody, with frames painted. */
async function paintedProject(home: string, frames: readonly number[] = eight): Promise<string> {
  const path = join(home, 'walk.maskbench')
  const tape = await squareTape(join(home, 'walk'))
  await using engine = await createFromTape(path, { tapes: [tape], recipe: {} }, {})
  const { project } = engine
  await tinyNetwork(projectModelFolder(path, 'tiny'), blind)
  saveSettings(project, { activeModel: 'tiny' })
  const { id: source } = chooseSource(project, undefined)
  const { geometryHash } = requireRecipe(project)
  for (const frame of frames)
    saveMask(project, { source, frame }, { ...squareSize, data: squareMask(frame) }, geometryHash)
  return path
}

async function openTrain(page: Page, url: string, project: string): Promise<void> {
  await page.goto(url)
  await expect(page.getByRole('heading', { name: 'Projects' })).toBeVisible()
  const hash = `#/project/${encodeURIComponent(project)}/train/1/0`
  await page.goto(new URL(`/${hash}`, url).href)
  await expect(page.getByRole('heading', { name: 'Networks' })).toBeVisible()
}

/** Sets what the tiny network needs to learn, with so many steps. */
async function chooseSteps(page: Page, iterations: number): Promise<void> {
  await page.getByText('Advanced settings').click()
  for (const [name, value] of [
    ['Iterations', `${iterations}`],
    ['Learning rate', '0.5'],
  ] as const) {
    await page.getByRole('spinbutton', { name }).fill(value)
    await page.getByRole('spinbutton', { name }).press('Enter')
  }
}

const fineTune = (page: Page) => page.getByRole('button', { name: 'Fine-tune', exact: true })

pageTest(
  'fine-tunes, goes on after a cancel, compares, and runs over the tape',
  async ({ page, workbench, errors }) => {
    const project = await paintedProject(workbench.home)
    await openTrain(page, workbench.url, project)
    await expect(page.getByText(/learns from the 8 frames that you painted/)).toBeVisible()
    await expect(page.getByText(/trains without 2 of them/)).toBeVisible()
    await chooseSteps(page, 400)
    await fineTune(page).click()
    // Curves grow, and what the network finds shows up.
    await expect(page.getByRole('img', { name: /^Loss, from .* in \d+ iterations/ })).toBeVisible()
    await expect(page.getByText(/iteration \d+ of 400/)).toBeVisible()
    await page.getByRole('button', { name: 'Cancel', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'The training was cancelled' })).toBeVisible()
    await page.getByRole('button', { name: 'Go on' }).click()
    await expect(page.getByRole('heading', { name: 'The network got better' })).toBeVisible()
    // Before and after on the held-out frames.
    const scores = page.locator('.train-scores-line')
    await expect(scores).toHaveText(/^Overlap with your masks: 0\.\d\d before, \d\.\d\d after$/)
    const first = page.getByRole('heading', { name: /^Frame \d+, 1 of 2 held out/ })
    await expect(first).toBeVisible()
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('heading', { name: /^Frame \d+, 2 of 2 held out/ })).toBeVisible()
    await expect(page.getByRole('img', { name: /^What the new network finds/ })).toBeVisible()
    expect(errors).toEqual([])
  },
)

pageTest('says what stands in the way, and leads there', async ({ page, workbench }) => {
  const project = await paintedProject(workbench.home, [])
  await openTrain(page, workbench.url, project)
  await expect(page.getByText('Nothing is painted yet.')).toBeVisible()
  await page.getByRole('button', { name: 'Paint frames' }).click()
  await expect(page.getByRole('link', { name: 'Label' })).toHaveAttribute('aria-current', 'page')
})
