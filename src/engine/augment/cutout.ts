/** @file Rectangles that hide a part of the picture (DeVries and Taylor 2017, https://arxiv.org/abs/1708.04552). */
import type { Operations } from '../../shared/augmentation-operations.ts'
import { ignoreIndex } from '../../shared/mask.ts'
import type { Size } from '../../shared/recipe.ts'
import { type Random, randomFrom } from '../train/samples/random.ts'
import type { Sample } from './sample.ts'
import { type Draw, drawFrom, drawWhole } from './step.ts'

type Settings = Operations['cutout']
type Rectangle = readonly [x: number, y: number, width: number, height: number]
type Colour = readonly [number, number, number]

/** A rectangle that lies in the picture. */
function drawRectangle(side: Settings['side'], random: Random, size: Size): Rectangle {
  const shorter = Math.min(size.width, size.height)
  const width = Math.round(shorter * drawFrom(random, side))
  const height = Math.round(shorter * drawFrom(random, side))
  const x = random.below(size.width - width + 1)
  return [x, random.below(size.height - height + 1), width, height]
}

function meanColour({ picture }: Sample): Colour {
  const sums: [number, number, number] = [0, 0, 0]
  for (let at = 0; at < picture.length; at += 3) {
    sums[0] += picture[at] ?? 0
    sums[1] += picture[at + 1] ?? 0
    sums[2] += picture[at + 2] ?? 0
  }
  const mean = (sum: number) => Math.round((3 * sum) / picture.length)
  return [mean(sums[0]), mean(sums[1]), mean(sums[2])]
}

/** What the rectangles show: called once for a picture, then for each of their pixels. */
const fills: Record<
  Settings['fill'],
  (settings: Settings, sample: Sample, random: Random) => () => Colour
> = {
  colour:
    ({ colour }) =>
    () =>
      colour,
  mean: (_settings, sample) => {
    const mean = meanColour(sample)
    return () => mean
  },
  noise: (_settings, _sample, random) => () => [
    random.below(256),
    random.below(256),
    random.below(256),
  ],
}

const labels: Record<Settings['mask'], number | null> = {
  keep: null,
  ignore: ignoreIndex,
  background: 0,
}

function hide(
  { width, picture, mask }: Sample,
  [left, top, wide, high]: Rectangle,
  colourAt: () => Colour,
  label: number | null,
): void {
  for (let y = top; y < top + high; y++)
    for (let x = left; x < left + wide; x++) {
      picture.set(colourAt(), 3 * (y * width + x))
      if (label !== null && mask) mask[y * width + x] = label
    }
}

export const cutout: Draw<Settings> = (settings, random, size) => {
  const count = drawWhole(random, settings.count)
  const rectangles = Array.from({ length: count }, () => drawRectangle(settings.side, random, size))
  const { state } = random
  const paint = (sample: Sample) => {
    const colourAt = fills[settings.fill](settings, sample, randomFrom(state))
    for (const rectangle of rectangles) hide(sample, rectangle, colourAt, labels[settings.mask])
  }
  return { values: { rectangles }, steps: [{ does: 'paint', paint }] }
}
