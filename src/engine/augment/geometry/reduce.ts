/**
 * @file Resizing in which every pixel of the picture counts: a triangle filter as wide as what
 * becomes one pixel, along rows and then along columns, as Pillow's `Image.resize(BILINEAR)` and
 * torchvision's antialiased resize do. Plain bilinear interpolation would skip pixels.
 */
import type { Size } from '../../../shared/recipe.ts'
import type { Sample } from '../sample.ts'

/** For each position of the result the pixels that count and how much, along one axis. */
interface Weights {
  starts: Int32Array
  /** `[positions, taps]`, unused ones 0. */
  values: Float64Array
  taps: number
}

/** Pillow's weights are multiples of 2^-22 for bytes (Resample.c, PRECISION_BITS): so are these. */
const precision = 2 ** 22

function weightsOf(from: number, to: number): Weights {
  const scale = from / to
  const reach = Math.max(1, scale)
  const taps = 2 * Math.ceil(reach) + 1
  const weights = { starts: new Int32Array(to), values: new Float64Array(to * taps), taps }
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale
    const start = Math.max(0, Math.floor(centre - reach + 0.5))
    const end = Math.min(from, Math.floor(centre + reach + 0.5))
    weights.starts[i] = start
    let sum = 0
    for (let k = 0; k < end - start; k++) {
      const weight = Math.max(0, 1 - Math.abs(start + k + 0.5 - centre) / reach)
      weights.values[i * taps + k] = weight
      sum += weight
    }
    for (let k = 0; k < taps; k++) {
      const share = (weights.values[i * taps + k] ?? 0) / sum
      weights.values[i * taps + k] = Math.round(share * precision) / precision
    }
  }
  return weights
}

/** How an array of colours is walked along one axis. */
interface Walk {
  /** From one position to the next, and from one line to the next, in the source and the result. */
  step: { from: number; to: number }
  line: { from: number; to: number }
  lines: number
  /** Pixels along the axis in the source. */
  length: number
}

function resizeAxis(from: Uint8Array, to: Uint8Array, weights: Weights, walk: Walk): void {
  const { starts, values, taps } = weights
  for (let i = 0; i < starts.length; i++) {
    const start = starts[i] ?? 0
    const used = Math.min(taps, walk.length - start)
    for (let line = 0; line < walk.lines; line++) {
      let source = start * walk.step.from + line * walk.line.from
      let [red, green, blue] = [0.5, 0.5, 0.5]
      for (let k = 0; k < used; k++, source += walk.step.from) {
        const weight = values[i * taps + k] ?? 0
        red += weight * (from[source] ?? 0)
        green += weight * (from[source + 1] ?? 0)
        blue += weight * (from[source + 2] ?? 0)
      }
      const target = i * walk.step.to + line * walk.line.to
      to[target] = red
      to[target + 1] = green
      to[target + 2] = blue
    }
  }
}

function nearestMask(mask: Uint8Array, from: Size, to: Size): Uint8Array {
  const result = new Uint8Array(to.width * to.height)
  const columns = Int32Array.from({ length: to.width }, (_, x) =>
    Math.floor(((x + 0.5) * from.width) / to.width),
  )
  for (let y = 0, at = 0; y < to.height; y++) {
    const row = Math.floor(((y + 0.5) * from.height) / to.height) * from.width
    for (let x = 0; x < to.width; x++) result[at++] = mask[row + (columns[x] ?? 0)] ?? 0
  }
  return result
}

/** A picture without its mask. */
type Picture = Pick<Sample, 'width' | 'height' | 'picture'>

function resizeRows({ width, height, picture }: Picture, to: number): Picture {
  const result = new Uint8Array(3 * to * height)
  resizeAxis(picture, result, weightsOf(width, to), {
    step: { from: 3, to: 3 },
    line: { from: 3 * width, to: 3 * to },
    lines: height,
    length: width,
  })
  return { width: to, height, picture: result }
}

function resizeColumns({ width, height, picture }: Picture, to: number): Picture {
  const result = new Uint8Array(3 * width * to)
  resizeAxis(picture, result, weightsOf(height, to), {
    step: { from: 3 * width, to: 3 * width },
    line: { from: 3, to: 3 },
    lines: width,
    length: height,
  })
  return { width, height: to, picture: result }
}

/** The sample at another size; the mask takes the nearest pixels. */
export function reduce(sample: Sample, to: Size): Sample {
  // As Pillow, which does not enlarge what is thrown away after.
  const columnsFirst = to.height < sample.height && to.width > sample.width
  const { picture } = columnsFirst
    ? resizeRows(resizeColumns(sample, to.height), to.width)
    : resizeColumns(resizeRows(sample, to.width), to.height)
  return { ...to, picture, mask: sample.mask && nearestMask(sample.mask, sample, to) }
}
