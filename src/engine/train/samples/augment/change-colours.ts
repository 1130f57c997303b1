/** @file What light and sensor change: contrast, brightness, colour cast, sharpness, noise. */
import type { Size } from '../../../../shared/recipe.ts'
import type { Augmentation } from '../../../../shared/train-settings.ts'
import type { Random } from '../random.ts'

/** Largest value of a channel, and the middle that contrast turns about. */
const whole = 255
const grey = whole / 2

/** Changes a picture, `[height, width, 3]`, in place; values may leave 0 … 255. */
export function changeColours(
  picture: Float32Array,
  rule: Augmentation,
  size: Size,
  random: Random,
): void {
  changeLight(picture, rule, random)
  if (rule.blur > 0) blur(picture, size, random.between(0, rule.blur))
  if (rule.noise > 0) addNoise(picture, random.between(0, rule.noise) * whole, random)
}

function changeLight(
  picture: Float32Array,
  { contrast, brightness, colour }: Augmentation,
  random: Random,
): void {
  const gain = 1 + random.between(-contrast, contrast)
  const offset = grey * (1 - gain) + random.between(-brightness, brightness) * whole
  const [red = 0, green = 0, blue = 0] = [0, 1, 2].map(
    () => offset + random.between(-colour, colour) * whole,
  )
  if (gain === 1 && red === 0 && green === 0 && blue === 0) return
  for (let at = 0; at < picture.length; at += 3) {
    picture[at] = (picture[at] ?? 0) * gain + red
    picture[at + 1] = (picture[at + 1] ?? 0) * gain + green
    picture[at + 2] = (picture[at + 2] ?? 0) * gain + blue
  }
}

/** The right half of a Gaussian of this deviation, up to three deviations, with its sum at 1. */
function kernelOf(deviation: number): Float64Array {
  const reach = Math.ceil(3 * deviation)
  const half = Float64Array.from({ length: reach + 1 }, (_, i) =>
    Math.exp(-(i * i) / (2 * deviation * deviation)),
  )
  const sum = half.reduce((total, value, i) => total + (i === 0 ? value : 2 * value), 0)
  return half.map((value) => value / sum)
}

/** A Gaussian blur, along the rows and then along the columns; the rim repeats. */
function blur(picture: Float32Array, { width, height }: Size, deviation: number): void {
  // Less than this leaves more than 99 % of each pixel where it is.
  if (deviation < 0.25) return
  const kernel = kernelOf(deviation)
  const lines = new Float32Array(picture.length)
  blurAxis(picture, lines, kernel, { count: width, step: 3, lines: height, lineStep: 3 * width })
  blurAxis(lines, picture, kernel, { count: height, step: 3 * width, lines: width, lineStep: 3 })
}

interface Axis {
  /** Pixels along the axis, and from one to the next. */
  count: number
  step: number
  /** Lines that lie beside each other, and from one to the next. */
  lines: number
  lineStep: number
}

function blurAxis(from: Float32Array, to: Float32Array, kernel: Float64Array, axis: Axis): void {
  const last = axis.count - 1
  for (let line = 0; line < axis.lines; line++)
    for (let channel = 0; channel < 3; channel++) {
      const start = line * axis.lineStep + channel
      for (let i = 0; i <= last; i++) {
        let sum = (kernel[0] ?? 0) * (from[start + i * axis.step] ?? 0)
        for (let k = 1; k < kernel.length; k++) {
          const before = from[start + Math.max(0, i - k) * axis.step] ?? 0
          const after = from[start + Math.min(last, i + k) * axis.step] ?? 0
          sum += (kernel[k] ?? 0) * (before + after)
        }
        to[start + i * axis.step] = sum
      }
    }
}

/** Normal noise by Box and Muller, two values at a time. */
function addNoise(picture: Float32Array, deviation: number, random: Random): void {
  for (let at = 0; at < picture.length; at += 2) {
    const radius = deviation * Math.sqrt(-2 * Math.log(1 - random.next()))
    const angle = 2 * Math.PI * random.next()
    picture[at] = (picture[at] ?? 0) + radius * Math.cos(angle)
    // One beyond an odd length is dropped by the array.
    picture[at + 1] = (picture[at + 1] ?? 0) + radius * Math.sin(angle)
  }
}
