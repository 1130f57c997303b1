import { afterEach, beforeEach, expect, test } from 'vitest'
import { addImages, beginImageSet, completeImageSet } from '../../../src/engine/db/image-sets.ts'
import { createProject, type Project } from '../../../src/engine/db/project.ts'
import { countedPages, looker } from '../../../src/engine/image-sets/look-through.ts'
import { setStatistics } from '../../../src/engine/jobs/datasets/set-stats.ts'
import { splitImages } from '../../../src/engine/jobs/datasets/split-images.ts'
import { defaultClasses } from '../../../src/shared/mask.ts'
import { rejection } from '../../fixtures/caught.ts'
import { temporaryFolder } from '../../fixtures/temporary.ts'

const temporary = temporaryFolder()
const size = { width: 20, height: 10 }
const images = 600

/** A mask of one value, but for what is given: a value and how many pixels it has. */
function maskWith(rest: number, [value, pixels] = [rest, 0]) {
  const data = new Uint8Array(size.width * size.height).fill(rest)
  data.fill(value ?? rest, 0, pixels)
  return { ...size, data }
}

const masks = [
  maskWith(0),
  maskWith(1),
  maskWith(0, [1, 9]),
  maskWith(0, [9, 50]),
  maskWith(255),
  { width: 10, height: 20, data: maskWith(0, [1, 50]).data },
  maskWith(0, [1, 50]),
]

let project: Project
let set = 0
let made = 0
beforeEach(() => {
  project = createProject(temporary(`${made++}.maskbench`))
  set = beginImageSet(project, {
    ...{ name: 'many', format: 'coco', path: '/data' },
    ...{ classesBefore: defaultClasses, classesAfter: defaultClasses },
  })
  const unknown = { sizeBytes: null, sha256: null, split: null, scene: null, objects: [] }
  addImages(
    project,
    set,
    Array.from({ length: images }, (_, position) => ({
      ...{ position, name: `${position}.png`, path: import.meta.filename, annotated: true },
      ...{ ...size, ...unknown, mask: masks[position] ?? masks[6] ?? null },
    })),
  )
  const whole = { images, sizeBytes: 0, sha256: 'c'.repeat(64), problems: [] }
  completeImageSet(project, set, whole)
})
afterEach(() => project.close())

test('every image is seen once, in pages, and what is odd about it is said', async () => {
  const look = looker(project)
  const seen: string[] = []
  const odd: unknown[] = []
  for await (const page of countedPages(project, set, undefined)) {
    expect(page.length).toBeLessThan(images)
    seen.push(...page.map(({ name }) => name))
    odd.push(...(await Promise.all(page.slice(0, 7).map(look))).map((image) => image.odd))
  }
  expect(seen).toEqual(Array.from({ length: images }, (_, i) => `${i}.png`))
  expect(odd.slice(0, 7)).toEqual([
    ...[['empty'], ['filled'], ['specks'], ['undeclared'], ['ignored'], ['other-size'], []],
  ])
})

test.each([
  ['counting', (signal: AbortSignal) => setStatistics(project, {}, { signal })],
  ['splitting', (signal: AbortSignal) => splitImages(project, { ratio: '9:1' }, { signal })],
])('%s lets others have their turn, and ends when it is cancelled', async (_, start) => {
  const cancel = new AbortController()
  const failure = rejection(start(cancel.signal))
  setImmediate(() => cancel.abort())
  expect((await failure).code).toBe('cancelled')
})
