/** @file What a set consists of, in numbers: classes, sizes, parts, what is odd. */
import type { DatasetStats, Oddity, SplitResult } from '../../shared/contract/datasets.ts'
import { oddities } from '../../shared/contract/datasets.ts'
import { backgroundIndex, ignoreIndex } from '../../shared/mask.ts'
import type { LongWork } from '../../shared/progress.ts'
import { listClasses } from '../db/classes.ts'
import type { Project } from '../db/handle.ts'
import { imageLabels } from '../db/image-labels.ts'
import { type ImageSet, listImages, type StoredImage } from '../db/image-sets.ts'
import { eachInTurn, maskFacts, type ValuePixels } from './mask-facts.ts'
import { declaredIndices, hasPicture, odditiesOf } from './oddities.ts'

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

function thingShare(facts: readonly ValuePixels[], area: number): number {
  const things = facts.filter(({ index }) => index !== backgroundIndex && index !== ignoreIndex)
  return things.reduce((sum, { pixels }) => sum + pixels, 0) / area
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

/**
 * Looks through all masks of a set.
 * @throws AppError `cancelled`
 */
export async function statsOf(
  project: Project,
  { id }: ImageSet,
  work: LongWork,
): Promise<DatasetStats> {
  const images = listImages(project, id)
  const labels = imageLabels(project, id)
  const declared = declaredIndices(listClasses(project))
  const amounts: Amounts = new Map()
  const parts = new PartCounter()
  const odd = new Map<Oddity, number>()
  const coverage = new Array<number>(coverageSteps).fill(0)
  let annotated = 0
  await eachInTurn(images, 'count', work, (image) => {
    const label = labels.get(image.position)
    const facts = label ? maskFacts(project, id, label) : null
    const area = image.width * image.height
    for (const why of odditiesOf(hasPicture(project, image), { facts, area, declared }))
      odd.set(why, (odd.get(why) ?? 0) + 1)
    parts.add(image, facts ?? [])
    if (!facts && !image.annotated) return
    annotated += 1
    addTo(amounts, facts ?? [])
    const step = Math.floor(coverageSteps * thingShare(facts ?? [], area))
    const at = Math.min(coverageSteps - 1, step)
    coverage[at] = (coverage[at] ?? 0) + 1
  })
  return {
    ...{ images: images.length, annotated, classes: listed(amounts) },
    ignored: amounts.get(ignoreIndex)?.pixels ?? 0,
    ...{ sizes: sizesOf(images), coverage, splits: parts.result() },
    odd: oddities.flatMap((why) => {
      const count = odd.get(why) ?? 0
      return count > 0 ? [{ why, images: count }] : []
    }),
    duplicates: sameFiles(images).map((same) => same.map(({ position }) => position)),
  }
}
