/**
 * @file The recipe as native FFmpeg filters that agree with the closed form of geometry.ts.
 *
 * v360's conventions (libavfilter/vf_v360.c, FFmpeg 5 to 8): the centre of output pixel i is at
 * (2i + 1) / width - 1, as here; but an input coordinate u in [-1, 1] is read at
 * (u + 1) / 2 · (width - 1), so its circle is one pixel narrower than its input picture and lies in
 * its middle. The input is therefore cut so that the lens is in the middle, and the field of view
 * is given for one pixel less. What v360 leaves out of the input shows the colour of pixel (0, 0).
 */
import { cropOf, viewSizeOf } from '../../shared/geometry.ts'
import type { Crop, Lens, Recipe, Size, View } from '../../shared/recipe.ts'
import { type LensFrame, lensFrame } from './lens-frame.ts'

/**
 * The filters that turn the tape's picture of the size `tape` into the recipe's, in FFmpeg's
 * syntax; '' where nothing is to be done.
 */
export function filterChain(recipe: Recipe, tape: Size): string {
  const { lens, view, size } = recipe
  const crop = cropOf(recipe)
  const rendered = lens ? viewSizeOf(recipe) : tape
  const filters = [
    ...(lens && view ? viewFilters(lens, view, rendered, tape) : []),
    ...cropFilters(crop, rendered),
    ...(sameSize(crop, size) ? [] : [`scale=${size.width}:${size.height}:flags=bicubic`]),
  ]
  return filters.join(',')
}

const sameSize = (a: Size, b: Size): boolean => a.width === b.width && a.height === b.height

const isOdd = (value: number): boolean => value % 2 !== 0

/** Plain decimals, precise to a millionth of a degree: FFmpeg reads angles as 32-bit floats. */
const decimal = (value: number): string => String(Number(value.toFixed(6)))

/**
 * In tapes that store colour at half the resolution a crop cannot begin at an odd column or row
 * without moving the colour by a pixel; such a crop is made at full colour resolution.
 */
const fullColour = 'format=yuv444p|yuvj444p|gbrp|rgb24|gray'

function cropFilters({ x, y, width, height }: Crop, picture: Size): string[] {
  if (width === picture.width && height === picture.height) return []
  const crop = `crop=${width}:${height}:${x}:${y}:exact=1`
  return isOdd(x) || isOdd(y) ? [fullColour, crop] : [crop]
}

function viewFilters(lens: Lens, view: View, rendered: Size, tape: Size): string[] {
  const frame = lensFrame(lens, tape)
  return [
    ...frameFilters(frame, tape),
    ...(frame.shift.x === 0 && frame.shift.y === 0 ? [] : [shiftFilter(frame)]),
    projection(lens, view, frame, rendered),
  ]
}

/** Cuts the frame out of the tape, with black where it reaches beyond. */
function frameFilters({ x, y, width, height }: LensFrame, tape: Size): string[] {
  const left = Math.max(0, -x)
  const top = Math.max(0, -y)
  if (left + top === 0 && x + width <= tape.width && y + height <= tape.height)
    return cropFilters({ x, y, width, height }, tape)
  const padded = {
    width: evenAtLeast(left + Math.max(tape.width, x + width)),
    height: evenAtLeast(top + Math.max(tape.height, y + height)),
  }
  return [
    `pad=${padded.width}:${padded.height}:${left}:${top}`,
    ...cropFilters({ x: left + x, y: top + y, width, height }, padded),
  ]
}

/** The pad filter rounds odd sizes in tapes that store colour at half the resolution. */
function evenAtLeast(length: number): number {
  return 2 * Math.ceil(length / 2)
}

/** Moves the lens's centre by a part of a pixel into the middle of its frame. */
function shiftFilter({ width, height, shift }: LensFrame): string {
  const [left, top, right, bottom] = [shift.x, shift.y, width + shift.x, height + shift.y]
  const corners = [left, top, right, top, left, bottom, right, bottom]
  return `perspective=${corners.map(decimal).join(':')}:interpolation=linear:sense=source`
}

function projection(lens: Lens, view: View, frame: LensFrame, rendered: Size): string {
  const options = {
    ih_fov: (lens.fov * (frame.width - 1)) / (2 * lens.radius),
    iv_fov: (lens.fov * (frame.height - 1)) / (2 * lens.radius),
    yaw: view.yaw,
    pitch: view.pitch,
    roll: -view.roll,
    h_fov: view.hfov,
    v_fov: view.vfov,
    w: rendered.width,
    h: rendered.height,
  }
  const written = Object.entries(options).map(([name, value]) => `${name}=${decimal(value)}`)
  return `v360=fisheye:flat:${written.join(':')}`
}
