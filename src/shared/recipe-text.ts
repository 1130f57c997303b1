/** @file The recipe's parts as the command line writes them. */
import { AppError } from './errors.ts'
import type { Crop, Lens, Size } from './recipe.ts'
import type { ViewRequest } from './recipe-defaults.ts'

/**
 * Reads numbers joined by `separator`; `form` is how a right text looks, `fewest` how many numbers
 * it has at least.
 *
 * @throws AppError `bad-recipe` that shows the text and the form.
 */
function numbersIn(name: string, text: string, form: string, separator: RegExp, fewest: number) {
  const parts = text.trim().split(separator)
  const numbers = parts.map((part) => (part.trim() === '' ? Number.NaN : Number(part)))
  const most = form.replaceAll(/[[\]]/g, '').split(separator).length
  if (parts.length >= fewest && parts.length <= most && numbers.every(Number.isFinite))
    return numbers
  throw new AppError(
    'bad-recipe',
    `${name}: ${JSON.stringify(text)} given, ${form} expected`,
    `Write the ${name} as ${form}, all of them numbers.`,
  )
}

/** `CX,CY,RADIUS[,FOV]`, in tape pixels and degrees; the field of view is 180 unless given. */
export function parseLens(text: string): Lens {
  const [cx = 0, cy = 0, radius = 0, fov = 180] = numbersIn(
    'lens',
    text,
    'CX,CY,RADIUS[,FOV]',
    /,/,
    3,
  )
  return { cx, cy, radius, fov, projection: 'equidistant' }
}

/** `YAW,PITCH,ROLL,HFOV[,VFOV]`, in degrees. */
export function parseView(text: string): ViewRequest {
  const form = 'YAW,PITCH,ROLL,HFOV[,VFOV]'
  const [yaw = 0, pitch = 0, roll = 0, hfov = 0, vfov] = numbersIn('view', text, form, /,/, 4)
  return { yaw, pitch, roll, hfov, vfov }
}

/** `X,Y,W,H`, in pixels of the view (without a lens: of the tape). */
export function parseCrop(text: string): Crop {
  const [x = 0, y = 0, width = 0, height = 0] = numbersIn('crop', text, 'X,Y,W,H', /,/, 4)
  return { x, y, width, height }
}

/** `WxH`, in pixels. */
export function parseSize(text: string): Size {
  const [width = 0, height = 0] = numbersIn('size', text, 'WxH', /x/i, 2)
  return { width, height }
}
