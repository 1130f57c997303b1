/** @file What people see of a mask: its colours, the picture splashed with colour, the picture tinted. */
import { backgroundIndex, type ClassMask, type MaskClass } from '../../shared/mask.ts'
import type { SegmentMode } from '../../shared/segment.ts'
import { drawMaskOver } from '../augment/preview-overlay.ts'
import { colourTable } from '../formats/colour-png/encode-colours.ts'
import { isShown } from '../infer/own-classes.ts'
import type { RgbPicture } from './centre-crop.ts'

/** A picture, the mask of its size, and the classes in it. */
export interface Seen {
  picture: RgbPicture
  mask: ClassMask
  classes: readonly MaskClass[]
}

/** Modes whose result is a picture in colours. */
export type ColourMode = Exclude<SegmentMode, 'mask'>

const ignoreColour = '#ffffff'

/** Three bytes for each value of a mask. */
export function coloursOf(classes: readonly MaskClass[]): Uint8Array {
  const colours: string[] = []
  for (const { index, colour } of classes) colours[index] = colour
  const known = Array.from(colours, (colour) => colour ?? '#000000')
  return colourTable(known, ignoreColour)
}

function colours({ mask, classes }: Seen): Uint8Array {
  const table = coloursOf(classes)
  const data = new Uint8Array(3 * mask.data.length)
  for (let pixel = 0, at = 0; pixel < mask.data.length; pixel++, at += 3) {
    const entry = 3 * (mask.data[pixel] ?? 0)
    data[at] = table[entry] ?? 0
    data[at + 1] = table[entry + 1] ?? 0
    data[at + 2] = table[entry + 2] ?? 0
  }
  return data
}

/** How bright a colour looks: ITU-R BT.709's weights, which scikit-image's rgb2gray has as well. */
const brightness = { red: 0.2125, green: 0.7154, blue: 0.0721 }

/** The picture in grey, but for the pixels of what is shown. */
function splash({ picture, mask, classes }: Seen): Uint8Array {
  const shown = new Uint8Array(256)
  for (const each of classes) shown[each.index] = isShown(each) ? 1 : 0
  const data = new Uint8Array(picture.data)
  for (let pixel = 0, at = 0; pixel < mask.data.length; pixel++, at += 3) {
    if (shown[mask.data[pixel] ?? 0] === 1) continue
    const [red = 0, green = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]]
    const grey = brightness.red * red + brightness.green * green + brightness.blue * blue
    data.fill(Math.round(grey), at, at + 3)
  }
  return data
}

function overlay({ picture, mask }: Seen): Uint8Array {
  const { width, height, data } = picture
  return drawMaskOver({ width, height, picture: data, mask: mask.data })
}

/** `[height, width, 3]`, by mode. */
export const renderings: Readonly<Record<ColourMode, (seen: Seen) => Uint8Array>> = {
  colour: colours,
  splash,
  overlay,
}

/** The mask with all but some classes as background; null = all stay. */
export function onlyClasses(mask: ClassMask, indices: readonly number[] | null): ClassMask {
  if (indices === null) return mask
  const kept = new Set(indices)
  return {
    ...mask,
    data: mask.data.map((value) => (kept.has(value) ? value : backgroundIndex)),
  }
}

/** Pixels of each class that a mask has, by index. */
export function countClasses({ data }: ClassMask, counts = new Float64Array(256)): Float64Array {
  for (const value of data) counts[value] = (counts[value] ?? 0) + 1
  return counts
}

/** The counts that are not zero. */
export function classCounts(counts: Float64Array): { index: number; pixels: number }[] {
  return [...counts].flatMap((pixels, index) => (pixels > 0 ? [{ index, pixels }] : []))
}
