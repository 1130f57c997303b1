/**
 * @file The first twenty minutes of somebody who has a tape and knows nothing of networks, in one and a
 * half: by pointer and keys alone the fisheye is straightened, regions are drawn, eight frames painted
 * and their masks exported. What is in the files is then compared with what the pointer did.
 */
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import { renderSample } from '../../../src/engine/sample/render-sample.ts'
import {
  click,
  drag,
  exportMasks,
  isSaved,
  isShown,
  overlap,
  type Place,
  placeOn,
  readMask,
} from '../../fixtures/label-page.ts'
import { newProject, pageTest, tapeIsRead } from '../../fixtures/served-page.ts'

const side = 240
const size = { width: side, height: side }

type Shape = (x: number, y: number) => boolean

const rectangle =
  (left: number, top: number, right: number, bottom: number): Shape =>
  (x, y) =>
    x > left && x < right && y > top && y < bottom

const ellipse =
  (left: number, top: number, right: number, bottom: number): Shape =>
  (x, y) =>
    ((x - (left + right) / 2) / ((right - left) / 2)) ** 2 +
      ((y - (top + bottom) / 2) / ((bottom - top) / 2)) ** 2 <
    1

/** What a round brush covers on its way along a straight line. */
const band =
  (x1: number, y1: number, x2: number, y2: number, radius: number): Shape =>
  (x, y) => {
    const [dx, dy] = [x2 - x1, y2 - y1]
    const t = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)))
    return Math.hypot(x - x1 - t * dx, y - y1 - t * dy) < radius
  }

/** A triangle by its corners in clockwise order. */
const triangle =
  (...corners: readonly (readonly [number, number])[]): Shape =>
  (x, y) =>
    corners.every(([ax, ay], i) => {
      const [bx, by] = corners[(i + 1) % corners.length] ?? [0, 0]
      return (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0
    })

const nothing: Shape = () => false

/** Lets the program find the lens, moves the view by hand, and takes the picture that comes of it. */
async function straighten(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Guess for me' }).click()
  await expect(page.getByRole('radio', { name: 'Fisheye' })).toBeChecked({ timeout: 60_000 })
  const radius = page.getByRole('spinbutton', { name: 'Radius' })
  const guessed = Number(await radius.inputValue())
  expect(guessed).toBeGreaterThan(60)
  // Looks around by dragging the result, and takes that back.
  const result = page.getByRole('region', { name: 'Result', exact: true })
  const box = await result.getByRole('application').boundingBox()
  if (!box) throw new Error('there is no result')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 40, y + 20, { steps: 4 })
  await page.mouse.up()
  const turn = page.getByRole('slider', { name: 'Left – right' })
  await expect(turn).not.toHaveValue('0')
  await page.keyboard.press('Control+z')
  await expect(turn).toHaveValue('0')
  const sizes = page.getByRole('region', { name: 'Size of the result' })
  await sizes.getByRole('checkbox', { name: 'Keep proportions' }).uncheck()
  for (const name of ['Width', 'Height']) {
    await sizes.getByRole('spinbutton', { name }).fill(String(side))
    await page.keyboard.press('Enter')
  }
  await page.getByRole('button', { name: 'Use this picture' }).click()
  await expect(page.getByText('The picture is set')).toBeVisible()
}

async function drawRegions(page: Page): Promise<void> {
  await page.keyboard.press('Shift+Digit2')
  const place = await placeOn(page, size)
  await page.keyboard.press('p')
  await click(page, place, [20, 20], [100, 20], [100, 100], [20, 90])
  await page.keyboard.press('Enter')
  await page.keyboard.press('F2')
  await page.keyboard.press('Control+a')
  await page.keyboard.type('Bench "A" 🛠')
  await page.keyboard.press('Enter')
  await page.keyboard.press('r')
  await drag(page, place, [130, 120], [220, 220])
  const list = page.getByRole('complementary', { name: 'List of regions' })
  await expect(list.getByRole('button', { name: 'Bench "A" 🛠', exact: true })).toBeVisible()
  await expect(list.getByRole('button', { name: 'Region 1', exact: true })).toBeVisible()
  await expect(list.getByRole('status').filter({ hasText: /^Saved$/ })).toBeVisible()
}

/** Goes to a frame by the number above the picture. */
async function goTo(page: Page, frame: number): Promise<void> {
  const field = page.getByRole('spinbutton', { name: 'Frame' })
  await field.fill(String(frame))
  await field.press('Enter')
  await field.blur()
  await isShown(page)
}

interface Painting {
  frame: number
  /** Paints; returns what the pointer has drawn, in pixels of the picture. */
  paint(page: Page, place: Place): Promise<Shape>
}

const paintings: readonly Painting[] = [
  {
    frame: 2,
    async paint(page, place) {
      await page.keyboard.press('b')
      await drag(page, place, [60, 60], [160, 90])
      return band(60, 60, 160, 90, 12)
    },
  },
  {
    frame: 5,
    async paint(page, place) {
      await page.keyboard.press('r')
      await drag(page, place, [40, 40], [120, 140])
      await page.keyboard.press('e')
      await drag(page, place, [60, 90], [100, 90])
      const [whole, hole] = [rectangle(40, 40, 120, 140), band(60, 90, 100, 90, 12)]
      return (x, y) => whole(x, y) && !hole(x, y)
    },
  },
  {
    frame: 9,
    async paint(page, place) {
      await page.keyboard.press('p')
      await click(page, place, [50, 50], [200, 60], [120, 190])
      await page.keyboard.press('Enter')
      return triangle([50, 50], [200, 60], [120, 190])
    },
  },
  {
    frame: 13,
    async paint(page, place) {
      // An outline of two rectangles, filled by a click in its middle.
      await page.keyboard.press('r')
      await drag(page, place, [80, 80], [180, 180])
      await page.keyboard.down('Alt')
      await drag(page, place, [90, 90], [170, 170])
      await page.keyboard.up('Alt')
      await page.keyboard.press('f')
      await click(page, place, [130, 130])
      return rectangle(80, 80, 180, 180)
    },
  },
  {
    frame: 17,
    async paint(page, place) {
      await page.keyboard.press('o')
      await drag(page, place, [60, 80], [160, 140])
      await page.keyboard.press('r')
      await drag(page, place, [10, 10], [230, 60])
      await page.keyboard.press('Control+z')
      await page.keyboard.press('Control+z')
      await page.keyboard.press('Control+y')
      return ellipse(60, 80, 160, 140)
    },
  },
  {
    frame: 20,
    async paint(page, place) {
      await page.keyboard.press('c')
      await expect(page.getByRole('button', { name: 'Frame 20, labelled' })).toBeVisible()
      await page.keyboard.press('r')
      await drag(page, place, [180, 180], [220, 220])
      const [before, more] = [ellipse(60, 80, 160, 140), rectangle(180, 180, 220, 220)]
      return (x, y) => before(x, y) || more(x, y)
    },
  },
]

pageTest.setTimeout(180_000)

pageTest(
  'straightens a fisheye, draws regions and paints eight frames by pointer and keys',
  async ({ page, workbench, errors }) => {
    const { tape } = await renderSample(join(workbench.home, 'sample'), { frames: 24, size: 256 })
    await page.goto(workbench.url)
    await newProject(page, tape)
    await tapeIsRead(page)
    await straighten(page)
    await drawRegions(page)

    await page.keyboard.press('Shift+Digit3')
    await isShown(page)
    const place = await placeOn(page, size)
    const drawn = new Map<number, Shape>()
    for (const { frame, paint } of paintings) {
      await goTo(page, frame)
      drawn.set(frame, await paint(page, place))
      await isSaved(page)
    }

    // What differs from the empty hall is proposed, and accepted by Enter.
    await goTo(page, 22)
    await page.getByRole('radio', { name: 'Background', exact: true }).check()
    await expect(page.getByRole('button', { name: 'Accept all' })).toBeVisible({ timeout: 60_000 })
    await page.getByRole('button', { name: 'Accept and next' }).click()
    await isShown(page)
    await expect(page.getByRole('button', { name: 'Frame 22, labelled' })).toBeVisible()
    await page.getByRole('radio', { name: 'Nobody' }).check()

    await goTo(page, 23)
    await page.keyboard.press('n')
    drawn.set(23, nothing)
    await expect(page.getByRole('button', { name: 'Frame 23, nobody here' })).toBeVisible()
    await expect(page.locator('.label-counter')).toHaveText('8 frames labelled')

    const folder = join(workbench.home, 'masks')
    await exportMasks(page, folder)
    const fileOf = (frame: number): string => join(folder, `${String(frame).padStart(6, '0')}.png`)
    for (const [frame, shape] of drawn) {
      const mask = await readMask(fileOf(frame), size)
      expect(overlap(mask, shape, size), `frame ${frame}`).toBeGreaterThan(0.97)
    }
    const accepted = await readMask(fileOf(22), size)
    const pixels = side * side * overlap(accepted, () => true, size)
    expect(pixels).toBeGreaterThan(20)
    expect(pixels).toBeLessThan((side * side) / 3)
    expect(errors).toEqual([])
  },
)
