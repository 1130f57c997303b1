/**
 * @file `npm run bench:ui`: the page's own work while somebody paints, changes frames and scrolls, in
 * Chromium. Times of frames count only where there is a GPU: without one the browser draws with the
 * processor, which is not our work. The page must be built.
 */
import { mkdir, rm } from 'node:fs/promises'
import { type Row, report, scratch } from './common.ts'
import { type OpenPage, openPage } from './ui/browser.ts'
import { longProject, pictureProject } from './ui/projects.ts'

/** `share` of the values are at most this. */
function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

const row = (what: string, value: number, unit: string, bar: string): Row => ({
  ...{ what, value, unit, bar },
})

/** From the brush that a new page has to one of 200 pixels. */
const presses: readonly (readonly [string, number])[] = [
  ['Shift+BracketRight', 17],
  ['BracketRight', 6],
]

async function measurePainting({ page, open, measured, restart }: OpenPage, project: string) {
  await open(project)
  await page.waitForFunction(
    () => window.measured.pictureAt > 0 && !document.querySelector('.label-waiting'),
  )
  await page.keyboard.press('b')
  for (const [key, times] of presses) for (let i = 0; i < times; i++) await page.keyboard.press(key)
  const size = await page.locator('.size-slider output').textContent()
  if (size !== '200 px') throw new Error(`the brush is ${size}, 200 px expected`)
  const box = await page.locator('.stage-host').boundingBox()
  if (!box) throw new Error('there is no stage')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const at = (i: number): [number, number] => [
    x + 150 * Math.cos(i / 9) * Math.cos(i / 40),
    y + 150 * Math.sin(i / 9) * Math.cos(i / 40),
  ]
  const paint = async (from: number, moves: number): Promise<void> => {
    await page.mouse.move(...at(from))
    await page.mouse.down()
    for (let i = 1; i <= moves; i++) await page.mouse.move(...at(from + i))
    await page.mouse.up()
  }
  await paint(0, 15)
  await restart()
  await paint(15, 200)
  const { moves, frames } = await measured()
  return [
    row('own work per pointer move, median', percentile(moves, 0.5), 'ms', ''),
    row('own work per pointer move, 95th percentile', percentile(moves, 0.95), 'ms', '< 4'),
    row('own work per pointer move, largest', Math.max(...moves), 'ms', ''),
    row('time between frames while painting, median', percentile(frames, 0.5), 'ms', '(GPU)'),
    row('moves measured', moves.length, '', ''),
  ]
}

/** A mask of which most is one class, with a hole: then every operation has all of the picture to do. */
async function measureCleanUp({ page, open, measured, restart }: OpenPage, project: string) {
  await open(project)
  await page.waitForFunction(
    () => window.measured.pictureAt > 0 && !document.querySelector('.label-waiting'),
  )
  const box = await page.locator('.stage-host').boundingBox()
  if (!box) throw new Error('there is no stage')
  const middle = [box.x + box.width / 2, box.y + box.height / 2] as const
  const steps: readonly (readonly [string, () => Promise<void>])[] = [
    [
      'fill of all of it',
      async () => {
        await page.keyboard.press('f')
        await page.mouse.click(...middle)
      },
    ],
    ...['Shrink', 'Grow', 'Smooth', 'Fill holes', 'Drop specks', 'Invert', 'Clear'].map(
      (name) => [name, () => page.getByRole('button', { name, exact: true }).click()] as const,
    ),
  ]
  const rows: Row[] = []
  for (const [name, act] of steps) {
    await page.waitForTimeout(1500)
    await restart()
    await act()
    await page.waitForTimeout(1500)
    const { longTasks } = await measured()
    rows.push(row(`${name}: longest task`, Math.max(0, ...longTasks), 'ms', ''))
  }
  return rows
}

async function measureFrames({ page, open }: OpenPage, project: string): Promise<Row[]> {
  await open(project)
  await page.waitForFunction(
    () => window.measured.pictureAt > 0 && !document.querySelector('.label-waiting'),
  )
  const times: number[] = []
  for (let i = 0; i < 12; i++) {
    // Long enough to have the neighbours fetched, as for somebody who looks at a frame.
    await page.waitForTimeout(1500)
    times.push(
      await page.evaluate(async () => {
        const began = performance.now()
        window.measured.pictureAt = 0
        document.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'ArrowRight', code: 'ArrowRight', bubbles: true }),
        )
        while (window.measured.pictureAt === 0)
          await new Promise((resolve) => setTimeout(resolve, 1))
        return window.measured.pictureAt - began
      }),
    )
  }
  return [
    row('to a neighbouring frame, median', percentile(times, 0.5), 'ms', '< 100'),
    row('to a neighbouring frame, largest', Math.max(...times), 'ms', ''),
  ]
}

/** From the list of projects to a frame that was chosen in the film strip, by the page's own clock. */
async function secondsToOpen({ page, openList }: OpenPage, project: string): Promise<number> {
  await openList()
  return page.evaluate(async (path) => {
    const found = async (find: () => Element | null | undefined): Promise<Element> => {
      for (;;) {
        const element = find()
        if (element) return element
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
    }
    const began = performance.now()
    location.hash = `#/project/${encodeURIComponent(path)}/label/1/0`
    const third = await found(() => document.querySelectorAll('.frame-item')[3])
    const number = third.querySelector('.frame-item-number')?.textContent
    third.dispatchEvent(new MouseEvent('click', { bubbles: true }))
    await found(() => {
      const here = document.querySelector('.frame-item.is-here .frame-item-number')
      return here?.textContent === number ? here : null
    })
    return (performance.now() - began) / 1000
  }, project)
}

async function measureStrip(bench: OpenPage, project: string, frames: number, bar: string) {
  const { page, open, measured, restart } = bench
  const opened = await secondsToOpen(bench, project)
  const began = performance.now()
  await open(project)
  await page.locator('.frame-item').nth(3).click()
  await page.locator('.frame-item.is-here').filter({ hasText: '3' }).waitFor()
  const interactive = (performance.now() - began) / 1000
  await restart()
  await page.locator('.film-strip-frames').hover()
  for (let i = 0; i < 60; i++) await page.mouse.wheel(0, 400)
  await page.waitForTimeout(300)
  const { frames: between, longTasks } = await measured()
  const name = frames.toLocaleString('en')
  return [
    row(`${name} frames: opened and clicked`, opened, 's', bar),
    row(`${name} frames: the same with the page to load`, interactive, 's', ''),
    row(`${name} frames: longest task of scrolling`, Math.max(0, ...longTasks), 'ms', '< 100'),
    row(`${name} frames: 95 % of frames while scrolling`, percentile(between, 0.95), 'ms', '(GPU)'),
  ]
}

const folder = scratch('ui')
process.env.MASKBENCH_HOME = folder
await mkdir(folder, { recursive: true })
try {
  const large = await pictureProject(folder, { width: 4096, height: 4096 }, 1)
  const usual = await pictureProject(folder, { width: 1024, height: 1024 }, 16)
  const [long, longer] = [longProject(folder, 13_500), longProject(folder, 810_000)]
  await using bench = await openPage()
  const measurements = [
    () => measurePainting(bench, large),
    () => measureCleanUp(bench, large),
    () => measureFrames(bench, usual),
    () => measureStrip(bench, long, 13_500, '< 1'),
    () => measureStrip(bench, longer, 810_000, '< 3'),
  ]
  const rows: Row[] = []
  for (const measure of measurements) {
    const measured = await measure()
    // The table comes at the end; a slow machine shows that it is alive.
    for (const { what, value, unit } of measured) console.log(`${what}: ${value} ${unit}`)
    rows.push(...measured)
  }
  await report('ui', 'The page in Chromium, a mask of 4096x4096 and a brush of 200 px', rows)
} finally {
  await rm(folder, { recursive: true, force: true })
}
