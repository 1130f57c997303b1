/**
 * @file The lightness of a picture's colours, L* of CIE 1976 L*a*b* (sRGB of IEC 61966-2-1, white D65),
 * taken out as levels 0 … 255 and put back with a* and b* as they were.
 */
import { roundedView } from '../sample.ts'

/** Shares of red, green and blue light in X, Y and Z, relative to white: rows of sRGB's matrix. */
const toX = [0.412453 / 0.950456, 0.35758 / 0.950456, 0.180423 / 0.950456] as const
const toY = [0.212671, 0.71516, 0.072169] as const
const toZ = [0.019334 / 1.088754, 0.119193 / 1.088754, 0.950227 / 1.088754] as const
/** The way back, of X, Y and Z relative to white. */
const toRed = [3.240479 * 0.950456, -1.53715, -0.498535 * 1.088754] as const
const toGreen = [-0.969256 * 0.950456, 1.875991, 0.041556 * 1.088754] as const
const toBlue = [0.055648 * 0.950456, -0.204043, 1.057311 * 1.088754] as const

type Weights = readonly [number, number, number]
const mix = (weights: Weights, a: number, b: number, c: number): number =>
  weights[0] * a + weights[1] * b + weights[2] * c

/** Below this CIE's cube root is a straight line. */
const knee = 6 / 29
const slope = 3 * knee * knee

const cubeRoot = (light: number): number =>
  light > knee ** 3 ? Math.cbrt(light) : light / slope + 4 / 29
const cube = (root: number): number => (root > knee ? root * root * root : slope * (root - 4 / 29))

const linear = Float64Array.from({ length: 256 }, (_, level) => {
  const share = level / 255
  return share > 0.04045 ? ((share + 0.055) / 1.055) ** 2.4 : share / 12.92
})

const encode = (light: number): number =>
  light > 0.0031308 ? 1.055 * light ** (1 / 2.4) - 0.055 : 12.92 * light

/** Steps of the tables below; between two entries a straight line is within 0.02 levels. */
const fineness = 8192
const tabled = (curve: (light: number) => number): Float64Array =>
  Float64Array.from({ length: fineness + 2 }, (_, i) => curve(i / fineness))
const roots = tabled(cubeRoot)
const levels = tabled((light) => 255 * encode(light))

/** The value of a table at a light of 0 … 1; less and more count as these. */
function lookUp(table: Float64Array, light: number): number {
  const place = fineness * Math.min(1, Math.max(0, light))
  const entry = Math.floor(place)
  const low = table[entry] ?? 0
  return low + (place - entry) * ((table[entry + 1] ?? 0) - low)
}

/** What remains of each colour beside its lightness: differences of the cube roots of X, Y, Z. */
interface Colours {
  /** X less Y, and Y less Z. */
  xy: Float32Array
  yz: Float32Array
}

function takeApart(picture: Uint8Array): { lightness: Uint8Array; colours: Colours } {
  const pixels = picture.length / 3
  const lightness = new Uint8ClampedArray(pixels)
  const colours = { xy: new Float32Array(pixels), yz: new Float32Array(pixels) }
  for (let pixel = 0, at = 0; pixel < pixels; pixel++, at += 3) {
    const red = linear[picture[at] ?? 0] ?? 0
    const green = linear[picture[at + 1] ?? 0] ?? 0
    const blue = linear[picture[at + 2] ?? 0] ?? 0
    const y = lookUp(roots, mix(toY, red, green, blue))
    lightness[pixel] = (116 * y - 16) * 2.55
    colours.xy[pixel] = lookUp(roots, mix(toX, red, green, blue)) - y
    colours.yz[pixel] = y - lookUp(roots, mix(toZ, red, green, blue))
  }
  return { lightness: new Uint8Array(lightness.buffer), colours }
}

function putTogether(picture: Uint8Array, lightness: Uint8Array, { xy, yz }: Colours): void {
  const values = roundedView(picture)
  for (let pixel = 0, at = 0; pixel < lightness.length; pixel++, at += 3) {
    const root = ((lightness[pixel] ?? 0) / 2.55 + 16) / 116
    const x = cube(root + (xy[pixel] ?? 0))
    const y = cube(root)
    const z = cube(root - (yz[pixel] ?? 0))
    values[at] = lookUp(levels, mix(toRed, x, y, z))
    values[at + 1] = lookUp(levels, mix(toGreen, x, y, z))
    values[at + 2] = lookUp(levels, mix(toBlue, x, y, z))
  }
}

/** Changes the lightness of a picture, in place; `change` takes and gives one level a pixel. */
export function changeLightness(
  picture: Uint8Array,
  change: (lightness: Uint8Array) => Uint8Array,
): void {
  const { lightness, colours } = takeApart(picture)
  putTogether(picture, change(lightness), colours)
}
