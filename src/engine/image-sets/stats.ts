/** @file What a set consists of, in numbers: classes, sizes, parts, what is odd. */
import type { DatasetStats, SplitResult } from '../../shared/contract/datasets.ts'
import { ignoreIndex } from '../../shared/mask.ts'
import { type Oddity, oddities } from '../../shared/oddities.ts'
import { type LongWork, progressMeter } from '../../shared/progress.ts'
import type { ValuePixels } from '../../shared/value-pixels.ts'
import type { Project } from '../db/handle.ts'
import type { ImageSet, StoredImage } from '../db/image-sets.ts'
import { countedPages, type LookedImage, looker } from './look-through.ts'
import { isThing } from './oddities.ts'

type Amounts = Map<number, { pixels: number; images: number }>

function addTo(amounts: Amounts, facts: readonly ValuePixels[]): void {
  for (const { index, pixels } of facts) {
    const before = amounts.get(index) ?? { pixels: 0, images: 0 }
    amounts.set(index, { pixels: before.pixels + pixels, images: before.images + 1 })
  }
}

const listed = (amounts: Amounts) =>
  [...amounts]
    .filter(([index]) => index !== ignoreIndex)
    .sort(([a], [b]) => a - b)
    .map(([index, amount]) => ({ index, ...amount }))

/** Names of parts in the order in which people think of them. */
const usualOrder = ['train', 'val', 'test']

const rankOf = (name: string): number => {
  const rank = usualOrder.indexOf(name)
  return rank < 0 ? usualOrder.length : rank
}

/** Counts pictures by the part of the set that they belong to. */
class PartCounter {
  readonly #parts = new Map<string, { images: number; amounts: Amounts }>()

  add({ split }: StoredImage, facts: readonly ValuePixels[]): void {
    if (split === null) return
    const part = this.#parts.get(split) ?? { images: 0, amounts: new Map() }
    this.#parts.set(split, part)
    part.images += 1
    addTo(part.amounts, facts)
  }

  result(): SplitResult {
    return [...this.#parts]
      .sort(([a], [b]) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1))
      .map(([name, { images, amounts }]) => ({ name, images, classes: listed(amounts) }))
  }
}

function thingShare({ values, width, height }: LookedImage): number {
  const things = values.filter(isThing)
  return things.reduce((sum, { pixels }) => sum + pixels, 0) / (width * height)
}

/** Images whose files are the same, together. */
export function sameFiles(images: readonly StoredImage[]): StoredImage[][] {
  const byHash = Map.groupBy(
    images.filter(({ sha256 }) => sha256 !== null),
    ({ sha256 }) => sha256,
  )
  return [...byHash.values()].filter(({ length }) => length > 1)
}

/** Sizes of images, the most frequent first. */
export function sizesOf(images: readonly StoredImage[]): DatasetStats['sizes'] {
  const bySize = Map.groupBy(images, ({ width, height }) => `${width}x${height}`)
  return [...bySize.values()]
    .flatMap((same) => {
      const [first] = same
      return first ? [{ width: first.width, height: first.height, images: same.length }] : []
    })
    .sort((a, b) => b.images - a.images)
}

const coverageSteps = 10

/** What is counted image by image. */
class SetCounter {
  readonly images: StoredImage[] = []
  readonly amounts: Amounts = new Map()
  readonly parts = new PartCounter()
  readonly odd = new Map<Oddity, number>()
  readonly coverage = new Array<number>(coverageSteps).fill(0)
  annotated = 0

  add(image: LookedImage): void {
    this.images.push(image)
    for (const why of image.odd) this.odd.set(why, (this.odd.get(why) ?? 0) + 1)
    this.parts.add(image, image.values)
    if (!image.label && !image.annotated) return
    this.annotated += 1
    addTo(this.amounts, image.values)
    const step = Math.floor(coverageSteps * thingShare(image))
    const at = Math.min(coverageSteps - 1, step)
    this.coverage[at] = (this.coverage[at] ?? 0) + 1
  }
}

/**
 * Looks through all masks of a set.
 * @throws AppError `cancelled`
 */
export async function statsOf(
  project: Project,
  { id, images: count }: ImageSet,
  { signal, onProgress }: LongWork,
): Promise<DatasetStats> {
  const counter = new SetCounter()
  const look = looker(project)
  const progress = progressMeter('count', count, 'images', onProgress)
  for await (const page of countedPages(project, id, signal)) {
    for (const image of await Promise.all(page.map(look))) counter.add(image)
    progress(counter.images.length)
  }
  const { images, annotated, amounts, coverage, parts, odd } = counter
  return {
    ...{ images: images.length, annotated, classes: listed(amounts) },
    ignored: amounts.get(ignoreIndex)?.pixels ?? 0,
    ...{ sizes: sizesOf(images), coverage, splits: parts.result() },
    odd: oddities.flatMap((why) => {
      const found = odd.get(why) ?? 0
      return found > 0 ? [{ why, images: found }] : []
    }),
    duplicates: sameFiles(images).map((same) => same.map(({ position }) => position)),
  }
}
