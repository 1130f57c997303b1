/** @file What a set has that not every format can hold. */
import { throwIfCancelled } from '../../shared/errors.ts'
import { ignoreIndex } from '../../shared/mask.ts'
import { type LongWork, progressMeter } from '../../shared/progress.ts'
import type { AnnotatedImage, AnnotatedSet, Raster, SetObject } from './annotated-set.ts'
import type { Feature } from './format.ts'
import { objectsOfImage } from './shapes/compose.ts'

/** In how many images of a set each feature occurs; of classes, how many have it. */
export type FeatureCounts = ReadonlyMap<Feature, number>

const isRectangle = ({ data }: Raster): boolean => !data.includes(0)

/** Whether the pixels around the object's do not reach all that are not its own. */
export function hasHoles({ width, height, data }: Raster): boolean {
  if (!data.includes(0)) return false
  const around = width + 2
  const reached = new Uint8Array(around * (height + 2))
  for (let y = 0; y < height; y++)
    reached.set(data.subarray(y * width, (y + 1) * width), (y + 1) * around + 1)
  const open = [0]
  reached[0] = 1
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const next of [at - 1, at + 1, at - around, at + around])
      if (reached[next] === 0) {
        reached[next] = 1
        open.push(next)
      }
  return reached.includes(0)
}

function overlaps(objects: readonly SetObject[], width: number, height: number): boolean {
  if (objects.length < 2) return false
  const seen = new Uint8Array(width * height)
  for (const { raster } of objects)
    for (let y = 0, pixel = 0; y < raster.height; y++) {
      let at = (raster.y + y) * width + raster.x
      for (let x = 0; x < raster.width; x++, at++, pixel++) {
        if (!raster.data[pixel]) continue
        if (seen[at]) return true
        seen[at] = 1
      }
    }
  return false
}

const hasTwoOfAClass = (objects: readonly SetObject[]): boolean =>
  new Set(objects.map(({ classIndex }) => classIndex)).size < objects.length

type Test = (image: AnnotatedImage, shown: readonly SetObject[]) => boolean

/** What is looked for in each image; `shown` are its things, found in its mask where it has none. */
const imageTests: readonly (readonly [Feature, Test])[] = [
  ['masks', (_, shown) => shown.some(({ raster }) => !isRectangle(raster))],
  ['holes', (_, shown) => shown.some(({ raster }) => hasHoles(raster))],
  ['objects', ({ objects }) => hasTwoOfAClass(objects)],
  ['overlap', ({ objects, width, height }) => overlaps(objects, width, height)],
  ['ignore', ({ mask }) => mask?.data.includes(ignoreIndex) ?? false],
  ['crowds', ({ objects }) => objects.some(({ crowd }) => crowd)],
  ['boxes', ({ objects }) => objects.some(({ boxOnly }) => boxOnly)],
  ['tracks', ({ objects }) => objects.some(({ track }) => track !== null)],
  ['splits', ({ split }) => split !== null],
  ['scenes', ({ scene }) => scene !== null],
  ['pictures', ({ file }) => file !== null],
  ['empty-images', ({ annotated }, shown) => annotated && shown.length === 0],
  ['unannotated-images', ({ annotated }) => !annotated],
]

function classFeatures({ classes }: AnnotatedSet, used: ReadonlySet<number>): [Feature, number][] {
  const others = classes.slice(1)
  return [
    ['colours', classes.filter(({ colour }) => colour !== null).length],
    ['parents', classes.filter(({ parent }) => parent !== null).length],
    ['class-names', others.length],
    ['unused-classes', others.filter((_, i) => !used.has(i + 1)).length],
  ]
}

/** Looks through a set once; images with a problem have no features. */
export async function featuresOf(
  set: AnnotatedSet,
  { signal, onProgress }: LongWork,
): Promise<FeatureCounts> {
  const counts = new Map<Feature, number>()
  const used = new Set<number>()
  const progress = progressMeter('check', set.count, 'images', onProgress)
  let seen = 0
  for await (const image of set.read({ signal })) {
    throwIfCancelled(signal, 'looking through the set')
    progress(++seen)
    if ('why' in image) continue
    const shown = objectsOfImage(image)
    for (const { classIndex } of shown) used.add(classIndex)
    for (const [feature, test] of imageTests)
      if (test(image, shown)) counts.set(feature, (counts.get(feature) ?? 0) + 1)
  }
  for (const [feature, count] of classFeatures(set, used)) if (count > 0) counts.set(feature, count)
  return counts
}
