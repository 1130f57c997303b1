/**
 * @file The Review screen while a threshold is dragged. The run is made up on the way to the page: it
 * is the page's own work that is measured.
 */
import type { Page } from '@playwright/test'
import type { Review } from '../../src/shared/contract/reviews.ts'
import type { Row } from '../common.ts'
import type { OpenPage } from './browser.ts'

const regionCount = 6
const threshold = 300
const moves = 60

/** Somebody is there about a twentieth of the time, for some seconds; the rest is noise. */
function madeUpScores(frames: number, region: number): Float64Array {
  let state = 12_345 + region
  const random = (): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return state / 2 ** 32
  }
  const scores = new Float64Array(frames)
  let left = 0
  for (let frame = 0; frame < frames; frame++) {
    if (left > 0) left -= 1
    else if (random() < 0.0007) left = 20 + Math.floor(random() * 120)
    scores[frame] = left > 0 ? 500 + 900 * random() : 250 * random() ** 4
  }
  return scores
}

function madeUpReview(frames: number): Review {
  return {
    run: {
      ...{ id: 1, tape: 1, model: { id: 'made-up', name: 'Made up' }, device: 'cpu' },
      ...{ frames, done: frames, state: 'done', current: true, samePicture: true },
      createdAt: '2024-05-01T06:00:00.000Z',
    },
    ...{ frameList: `0-${frames - 1}`, startTime: '2024-05-01T06:00:00', shifts: ['06:00'] },
    rule: { threshold, cut: 0.5, enter: 0, leave: 0 },
    regions: Array.from({ length: regionCount }, (_, index) => ({
      ...{ id: index + 1, name: `Region ${index + 1}`, colour: null, threshold: null },
      ...{ group: index < 2 ? 'Two' : null, approximate: false, outdated: 0 },
    })),
    answers: [],
  }
}

const asText = (message: string | Buffer): string =>
  typeof message === 'string' ? message : message.toString('utf8')

/** Answers in the engine's place what is about the run. */
async function serveMadeUpRun(page: Page, frames: number): Promise<void> {
  const results: Readonly<Record<string, unknown>> = {
    'review.open': madeUpReview(frames),
    'review.doubts': [],
  }
  await page.routeWebSocket('**/rpc', (wire) => {
    const engine = wire.connectToServer()
    wire.onMessage((message) => {
      const call: unknown = JSON.parse(asText(message))
      const method = String(Reflect.get(Object(call), 'method'))
      if (!Object.hasOwn(results, method)) engine.send(message)
      else
        wire.send(
          JSON.stringify({ t: 'ok', id: Reflect.get(Object(call), 'id'), value: results[method] }),
        )
    })
  })
  const scores = Array.from({ length: regionCount }, (_, index) => madeUpScores(frames, index))
  await page.route('**/regions/*/scores?*', async (route) => {
    const region = Number(/regions\/(\d+)\//.exec(route.request().url())?.[1])
    const body = Buffer.from(scores[region - 1]?.buffer ?? new ArrayBuffer(0))
    await route.fulfill({ body, contentType: 'application/octet-stream' })
  })
}

interface Drag {
  /** Milliseconds from a move of the pointer to the numbers in the page. */
  gesture: number[]
  /** Of the page's own work for that: counting, rendering, writing the numbers. */
  work: number[]
}

/** Watches for numbers that change, and knows which move of the pointer they come from. */
function watchNumbers(): void {
  const drag: Drag = { gesture: [], work: [] }
  Object.assign(window, { drag })
  let [movedAt, frameAt] = [0, 0]
  const tick = (): void => {
    frameAt = performance.now()
    requestAnimationFrame(tick)
  }
  requestAnimationFrame(tick)
  document.addEventListener('pointermove', () => (movedAt ||= performance.now()), true)
  const rows = document.querySelector('.timeline-rows')
  if (!rows) throw new Error('there are no timelines')
  new MutationObserver((changes) => {
    const isNumber = changes.some(({ target }) =>
      target.parentElement?.closest('.timeline-count, .timeline-numbers'),
    )
    if (movedAt === 0 || !isNumber) return
    const now = performance.now()
    drag.gesture.push(now - movedAt)
    drag.work.push(now - frameAt)
    movedAt = 0
  }).observe(rows, { subtree: true, childList: true, characterData: true })
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/** `project` has a tape of so many frames, without a picture. */
export async function measureReview(
  { page }: OpenPage,
  project: string,
  frames: number,
): Promise<Row[]> {
  const { origin } = new URL(page.url())
  await serveMadeUpRun(page, frames)
  await page.goto('about:blank')
  const began = performance.now()
  await page.goto(`${origin}/#/project/${encodeURIComponent(project)}/review/1/0`)
  const line = page.getByRole('slider').first()
  await line.waitFor()
  const opened = (performance.now() - began) / 1000
  await page.waitForTimeout(1000)
  await page.evaluate(watchNumbers)
  const box = await line.boundingBox()
  if (!box) throw new Error('there is no threshold')
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x, y)
  await page.mouse.down()
  for (let i = 0; i < moves; i++) await page.mouse.move(x, y - 8 + 8 * Math.cos(i / 4))
  await page.mouse.up()
  const { gesture, work } = await page.evaluate((): Drag => Reflect.get(window, 'drag'))
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  const name = `${frames.toLocaleString('en')} x ${regionCount}`
  const row = (what: string, value: number, unit: string, bar: string): Row => ({
    ...{ what: `${name}: ${what}`, value, unit, bar },
  })
  const bar = frames < 100_000 ? '< 16' : ''
  return [
    row('opened (its scores come through the test harness)', opened, 's', ''),
    row('dragged threshold, own work to the numbers, median', percentile(work, 0.5), 'ms', bar),
    row('the same, 95th percentile', percentile(work, 0.95), 'ms', bar),
    row('from gesture to numbers, median', percentile(gesture, 0.5), 'ms', '(with the frame)'),
    row('numbers written', work.length, `of ${moves} moves`, ''),
  ]
}
