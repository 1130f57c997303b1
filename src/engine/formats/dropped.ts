/** @file What a format drops of a set, in sentences, before it is written. */
import type { DatasetFormat, Feature, WriteOptions } from './format.ts'
import type { FeatureCounts } from './set-features.ts'

const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`

const inImages = (count: number): string => `in ${plural(count, 'image')}`

/** What is lost with each feature; the count is that of images, or of classes. */
const sentences: Readonly<Record<Feature, (count: number) => string>> = {
  masks: (count) => `outlines (${inImages(count)}): only the rectangles around things are kept`,
  holes: (count) => `holes in things (${inImages(count)}): they are filled`,
  objects: (count) =>
    `which thing is which (${inImages(count)}): things of a class become one area`,
  overlap: (count) =>
    `what is hidden where things cover each other (${inImages(count)}): the upper one keeps the pixels`,
  ignore: (count) => `pixels marked "ignore" (${inImages(count)}): they become background`,
  crowds: (count) => `that things were marked as a crowd (${inImages(count)})`,
  boxes: (count) =>
    `that only a rectangle was marked (${inImages(count)}): rectangles look like outlines`,
  tracks: (count) => `which things are the same in other images (${inImages(count)})`,
  splits: (count) => `which part of the set images belong to, such as "train" (${inImages(count)})`,
  scenes: (count) => `which scene images belong to (${inImages(count)})`,
  colours: (count) => `the colours of ${plural(count, 'class', 'classes')}`,
  parents: (count) => `the parent of ${plural(count, 'class', 'classes')}`,
  pictures: (count) =>
    `the pictures themselves (${plural(count, 'image')}): they stay where they are`,
  'class-names': (count) => `the names of ${plural(count, 'class', 'classes')}`,
  'unused-classes': (count) => `${plural(count, 'class', 'classes')} that no image shows`,
  'empty-images': (count) => `${plural(count, 'image')} in which nothing is`,
  'unannotated-images': (count) => `${plural(count, 'image')} that nobody has annotated`,
}

/** Sentences that name what the format cannot hold of a set with these features; empty = nothing. */
export function droppedBy(
  format: Pick<DatasetFormat, 'holds' | 'alwaysDrops'>,
  counts: FeatureCounts,
  { pictures }: WriteOptions,
): string[] {
  const isHeld = (feature: Feature) =>
    format.holds.has(feature) && (feature !== 'pictures' || pictures === 'copy')
  const lost = [...counts].filter(([feature]) => !isHeld(feature))
  return [
    ...lost.map(([feature, count]) => sentences[feature](count)),
    ...(format.alwaysDrops ?? []),
  ]
}
