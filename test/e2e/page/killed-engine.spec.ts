/** @file What the page says and does when the engine is killed while a network learns, or looks at a tape. */
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { z } from 'zod'
import { openProject } from '../../../src/engine/db/project.ts'
import { listRuns } from '../../../src/engine/db/runs.ts'
import { blindProject, leftHalf } from '../../fixtures/blind-project.ts'
import { result } from '../../fixtures/maskbench.ts'
import { paintable } from '../../fixtures/page-project.ts'
import { countsShown } from '../../fixtures/review-page.ts'
import { startScript } from '../../fixtures/script-process.ts'
import { pageTest } from '../../fixtures/served-page.ts'
import { chooseAdvanced, fineTune, openTrain, tinySteps } from '../../fixtures/train-page.ts'

pageTest.describe.configure({ timeout: 120_000 })

pageTest(
  'says that a training was interrupted when the engine is killed, and goes on',
  async ({ page, workbench: { home, stop } }) => {
    await stop()
    const project = await blindProject(home)
    const engine = startScript('serve-page.ts', home)
    const url = await engine.line()
    await openTrain(page, url, project)
    await chooseAdvanced(page, tinySteps(400))
    await fineTune(page).click()
    await expect(page.getByText(/iteration [1-9]\d* of 400/)).toBeVisible({ timeout: 60_000 })
    await engine.kill()
    const next = startScript('serve-page.ts', home, new URL(url).port)
    await next.line()
    const interrupted = page.getByRole('heading', { name: /^The training was interrupted/ })
    await expect(interrupted).toBeVisible({ timeout: 60_000 })
    // The list of jobs tells of it, too, but does not open by itself: it would lie over the button.
    await expect(page.getByRole('button', { name: '1 problem' })).toBeVisible()
    await expect(page.getByRole('region', { name: 'Jobs' })).toBeHidden()
    await page.getByRole('button', { name: 'Go on' }).click()
    const better = page.getByRole('heading', { name: 'The network got better' })
    await expect(better).toBeVisible({ timeout: 60_000 })
    await next.kill()
  },
)

/** Enough for a run of some seconds. */
const frames = 4000

const counted = z.looseObject({
  rois: z.array(z.looseObject({ name: z.string(), occupied: z.number() })),
})

/** Frames of the latest run that are stored. */
function storedFrames(path: string): number {
  const project = openProject(path, { mode: 'read' })
  const [run] = listRuns(project)
  project.close()
  return run?.done ?? 0
}

/** What is counted when nothing happens while the network looks at the tape. */
async function undisturbed(project: string, copy: string): Promise<Map<string, number>> {
  await cp(project, copy, { recursive: true })
  await result(z.unknown(), 'infer', copy)
  const { rois } = await result(counted, 'count', copy)
  return new Map(rois.map(({ name, occupied }) => [name, occupied]))
}

pageTest(
  'says that a run was interrupted when the engine is killed, keeps its part, and goes on',
  async ({ page, workbench: { home, stop } }) => {
    await stop()
    const project = await paintable(home, 'walk', { frames, regions: [leftHalf] })
    const expected = await undisturbed(project, join(home, 'undisturbed.maskbench'))
    const engine = startScript('serve-page.ts', home)
    const url = await engine.line()
    await openTrain(page, url, project)
    await page.getByRole('button', { name: 'Run it over the tape' }).click()
    await expect.poll(() => storedFrames(project), { timeout: 60_000 }).toBeGreaterThan(0)
    await engine.kill()
    const kept = storedFrames(project)
    expect(kept).toBeLessThan(frames)
    const next = startScript('serve-page.ts', home, new URL(url).port)
    await next.line()
    const interrupted = page.getByText(
      `The last run was interrupted: the program ended while it was under way. What it found in ${kept.toLocaleString('en')} of 4,000 frames is kept.`,
    )
    await expect(interrupted).toBeVisible({ timeout: 60_000 })
    await page.getByRole('button', { name: 'Review what it found' }).click()
    const marked = page.getByText(`Counted up to frame ${(kept - 1).toLocaleString('en')} (`)
    await expect(marked).toBeVisible()
    await page.getByRole('button', { name: 'Go on on Train' }).click()
    await page.getByRole('button', { name: 'Go on', exact: true }).click()
    await expect(page.getByText('has looked at all 4,000 frames')).toBeVisible({ timeout: 60_000 })
    await page.getByRole('button', { name: 'Review what it found' }).click()
    await expect(marked).toBeHidden()
    await expect.poll(() => countsShown(page)).toEqual(expected)
    expect(Math.max(...expected.values())).toBeGreaterThan(frames / 10)
    await next.kill()
  },
)
