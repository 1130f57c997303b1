/** @file What lies below the mask: the frame, or the frame and the empty place together. */
import type { Picture } from '../raster/colour.ts'

/** Differences are small; this makes them plain to see. */
const gain = 3

/** Half of the frame and half of the background: whoever is in one of them only is transparent. */
export function ghostOf({ width, height, rgb }: Picture, background: Picture): Picture {
  const mixed = new Uint8Array(rgb.length)
  for (let i = 0; i < rgb.length; i++) mixed[i] = ((rgb[i] ?? 0) + (background.rgb[i] ?? 0)) >> 1
  return { width, height, rgb: mixed }
}

/** Per pixel the largest difference of a colour channel, 0 … 255. */
export function differenceMap({ width, height, rgb }: Picture, background: Picture): Uint8Array {
  const map = new Uint8Array(width * height)
  for (let at = 0, from = 0; at < map.length; at++, from += 3) {
    let largest = 0
    for (let i = from; i < from + 3; i++)
      largest = Math.max(largest, Math.abs((rgb[i] ?? 0) - (background.rgb[i] ?? 0)))
    map[at] = largest
  }
  return map
}

/** The difference as a grey picture. */
export function differencePicture(picture: Picture, background: Picture): Picture {
  const map = differenceMap(picture, background)
  const rgb = new Uint8Array(3 * map.length)
  for (let i = 0; i < rgb.length; i++) rgb[i] = Math.min(255, gain * (map[Math.floor(i / 3)] ?? 0))
  return { width: picture.width, height: picture.height, rgb }
}
