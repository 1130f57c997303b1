import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { renderReport } from '../../../src/engine/report/render.ts'
import { hostileName, reportData } from '../../fixtures/report-data.ts'

const names = [
  hostileName,
  'bench 2',
  'Arbeitsplatz neben der Verpackungsmaschine, links hinten',
  'NameWithoutAnySpaceThatIsLongerThanAnyColumnOfAnyTableCouldEverBe',
  ...Array.from({ length: 12 }, (_, i) => `place ${i}`),
]

const report = renderReport(reportData(6000, names))

const reportTest = test.extend<{ errors: string[] }, { reportUrl: string }>({
  reportUrl: [
    // Playwright reads the fixtures that a fixture needs from this pattern.
    // biome-ignore lint/correctness/noEmptyPattern: it must be one.
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'maskbench-report-'))
      const path = join(folder, 'report.html')
      await writeFile(path, report)
      await use(`file://${path}`)
      await rm(folder, { recursive: true })
    },
    { scope: 'worker' },
  ],
  /** What the page complains about, refusals by its own policy included, and what it asks for. */
  async errors({ page, reportUrl }, use) {
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (message) => errors.push(message.text()))
    page.on('dialog', (dialog) => errors.push(`dialog ${dialog.message()}`))
    page.on('request', (request) => {
      const url = request.url()
      if (url !== reportUrl && !url.startsWith('data:')) errors.push(`request ${url}`)
    })
    await use(errors)
  },
})

/** The lowest contrast of a text with what lies behind it, by WCAG 2, and the text. */
function lowestContrast(page: Page): Promise<{ contrast: number; text: string }> {
  return page.evaluate(() => {
    type Colour = [number, number, number, number]
    const parse = (css: string): Colour => {
      const [r = 0, g = 0, b = 0, a = 1] = (css.match(/[\d.]+/g) ?? []).map(Number)
      return [r, g, b, a]
    }
    const over = ([r, g, b, a]: Colour, [R, G, B]: Colour): Colour => [
      r * a + R * (1 - a),
      g * a + G * (1 - a),
      b * a + B * (1 - a),
      1,
    ]
    const grounds = new Map<Element | null, Colour>([[null, [255, 255, 255, 1]]])
    const groundOf = (element: Element | null): Colour => {
      const known = grounds.get(element)
      if (known || element === null) return known ?? [255, 255, 255, 1]
      const own = parse(getComputedStyle(element).backgroundColor)
      const ground = over(own, groundOf(element.parentElement))
      grounds.set(element, ground)
      return ground
    }
    const luminance = (colour: Colour): number => {
      const [r = 0, g = 0, b = 0] = colour.slice(0, 3).map((value) => {
        const share = value / 255
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const worst = { contrast: 21, text: '' }
    for (const element of document.querySelectorAll('body, body *:not(svg):not(svg *)')) {
      const text = Array.from(element.childNodes).find(
        (node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim(),
      )
      if (!text) continue
      const ground = groundOf(element)
      const [ink, paper] = [
        luminance(over(parse(getComputedStyle(element).color), ground)),
        luminance(ground),
      ]
      const contrast = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05)
      if (contrast < worst.contrast)
        Object.assign(worst, { contrast, text: `${element.className} ${text.nodeValue}` })
    }
    return worst
  })
}

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [400, 1280])
    reportTest(
      `the report fits ${width} px in ${colorScheme} mode and complains about nothing`,
      async ({ page, reportUrl, errors }) => {
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize({ width, height: 800 })
        await page.goto(reportUrl)
        await page.evaluate(() => {
          for (const details of document.querySelectorAll('details')) details.open = true
        })
        const widest = await page.evaluate(() => document.documentElement.scrollWidth)
        expect(widest).toBeLessThanOrEqual(width)
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(hostileName)
        const { contrast, text } = await lowestContrast(page)
        expect(contrast, text).toBeGreaterThanOrEqual(4.5)
        expect(errors).toEqual([])
      },
    )

reportTest(
  'the report shows its style, though its policy allows no other',
  async ({ page, reportUrl }) => {
    await page.goto(reportUrl)
    const strip = page.locator('#timelines .strip').first()
    expect((await strip.boundingBox())?.height).toBe(32)
  },
)

reportTest(
  'the report is well-formed, its ids are unique and what they name exists',
  async ({ page, reportUrl }) => {
    await page.goto(reportUrl)
    const faults = await page.evaluate(async () => {
      const text = document.documentElement.outerHTML
      const ids = Array.from(document.querySelectorAll('[id]'), ({ id }) => id)
      const named = Array.from(document.querySelectorAll('[aria-labelledby]'), (element) =>
        element.getAttribute('aria-labelledby'),
      )
      return {
        quirks: document.compatMode !== 'CSS1Compat',
        repeated: ids.filter((id, i) => ids.indexOf(id) !== i),
        dangling: named.filter((id) => id === null || !ids.includes(id)),
        empty: text.length < 1000,
      }
    })
    expect(faults).toEqual({ quirks: false, repeated: [], dangling: [], empty: false })
    const problem = await page.evaluate(
      (source) => {
        const parsed = new DOMParser().parseFromString(source, 'text/xml')
        return parsed.querySelector('parsererror')?.textContent ?? null
      },
      renderReport(reportData(600, names)),
    )
    expect(problem).toBeNull()
  },
)

reportTest(
  'the colours of regions stand out from the light and the dark ground',
  async ({ page, reportUrl }) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.goto(reportUrl)
      const { colours, ground } = await page.evaluate(() => ({
        colours: Array.from(
          document.querySelectorAll('#regions .swatch rect'),
          (rect) => getComputedStyle(rect).fill,
        ),
        ground: getComputedStyle(document.body).backgroundColor,
      }))
      const luminance = (css: string): number => {
        const [r = 0, g = 0, b = 0] = (css.match(/\d+/g) ?? []).map((value) => {
          const share = Number(value) / 255
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
        })
        return 0.2126 * r + 0.7152 * g + 0.0722 * b
      }
      for (const colour of colours) {
        const [a, b] = [luminance(colour), luminance(ground)]
        expect((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), colour).toBeGreaterThanOrEqual(3)
      }
    }
  },
)
