/** @file Grey pictures of floats, and what aligning needs to do to them. */

export interface GreyPicture {
  width: number
  height: number
  /** `[height, width]` */
  data: Float32Array
}

/** The brightness of an RGB picture, `[height, width, 3]`: the mean of its channels. */
export function greyOf(rgb: Uint8Array, width: number, height: number): GreyPicture {
  const data = Float32Array.from(
    { length: width * height },
    (_, i) => ((rgb[3 * i] ?? 0) + (rgb[3 * i + 1] ?? 0) + (rgb[3 * i + 2] ?? 0)) / 3,
  )
  return { width, height, data }
}

/** Half as wide and high: means of 2x2 pixels; a last odd column or row is left out. */
export function halved({ width, height, data }: GreyPicture): GreyPicture {
  const [w, h] = [width >> 1, height >> 1]
  const half = new Float32Array(w * h)
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) {
      const at = 2 * y * width + 2 * x
      const upper = (data[at] ?? 0) + (data[at + 1] ?? 0)
      const lower = (data[at + width] ?? 0) + (data[at + width + 1] ?? 0)
      half[y * w + x] = (upper + lower) / 4
    }
  return { width: w, height: h, data: half }
}

/** The means of one row or column over `radius` pixels to both sides, cut off at its ends. */
function blurLine(
  from: Float32Array,
  to: Float32Array,
  { start, step, length, radius }: { start: number; step: number; length: number; radius: number },
): void {
  let sum = 0
  let count = 0
  for (let ahead = 0; ahead < length + radius; ahead++) {
    if (ahead < length) {
      sum += from[start + ahead * step] ?? 0
      count++
    }
    const behind = ahead - 2 * radius - 1
    if (behind >= 0) {
      sum -= from[start + behind * step] ?? 0
      count--
    }
    const at = ahead - radius
    if (at >= 0) to[start + at * step] = sum / count
  }
}

/** Means over squares of 2 · radius + 1 pixels. */
export function blurred({ width, height, data }: GreyPicture, radius: number): GreyPicture {
  const rows = new Float32Array(data.length)
  const result = new Float32Array(data.length)
  for (let y = 0; y < height; y++)
    blurLine(data, rows, { start: y * width, step: 1, length: width, radius })
  for (let x = 0; x < width; x++)
    blurLine(rows, result, { start: x, step: width, length: height, radius })
  return { width, height, data: result }
}

const neighbourhood = 6
/** Contrast, in grey levels, below which a place counts as even. */
const evenContrast = 4

/**
 * What is left when brightness and contrast of each place are taken out: two pictures of one scene in
 * different light then look alike. Values are about -2 … 2.
 */
export function withoutLight(picture: GreyPicture): GreyPicture {
  const mean = blurred(picture, neighbourhood)
  const detail = picture.data.map((value, i) => value - (mean.data[i] ?? 0))
  const squares = { ...picture, data: detail.map((value) => value * value) }
  const power = blurred(squares, neighbourhood)
  const data = detail.map(
    (value, i) => value / (Math.sqrt(Math.max(0, power.data[i] ?? 0)) + evenContrast),
  )
  return { ...picture, data }
}

/**
 * The value at a point, interpolated between pixel centres, which are at (i + 0.5); NaN beyond the
 * outer ones.
 */
export function valueAt({ width, height, data }: GreyPicture, x: number, y: number): number {
  const [column, row] = [x - 0.5, y - 0.5]
  const [left, top] = [Math.floor(column), Math.floor(row)]
  if (left < 0 || top < 0 || left + 1 >= width || top + 1 >= height) return Number.NaN
  const [right, below] = [column - left, row - top]
  const at = top * width + left
  const upper = (data[at] ?? 0) * (1 - right) + (data[at + 1] ?? 0) * right
  const lower = (data[at + width] ?? 0) * (1 - right) + (data[at + width + 1] ?? 0) * right
  return upper * (1 - below) + lower * below
}
