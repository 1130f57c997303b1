/** @file A view for a lens that was found. */
import type { Lens, View } from '../../shared/recipe.ts'
import type { SurroundMap } from './lens-surround.ts'

/** Wider rectilinear views stretch the people at their edges to more than three times their size. */
const widest = 110

/** What is lit is looked for on a band of this share of the picture along each axis. */
const bandShare = 0.04

/** A black floor is taken for the surround where it reaches the rim; it must not narrow the view. */
const narrowest = 60

/**
 * Straight ahead, as wide and as high as the picture is lit along the lens's axes, within 60 and
 * 110 degrees. A pixel of the surround's map is a block of `block` by `block` tape pixels.
 */
export function straightView(lens: Lens, map: SurroundMap, block: number): View {
  const centre = { column: Math.round(lens.cx / block), row: Math.round(lens.cy / block) }
  const reach = (right: number, down: number): number =>
    litReach(map, centre, { right, down }) * block
  const fieldOf = (distance: number): number => {
    const degrees = Math.floor((distance / lens.radius) * lens.fov)
    return Math.max(narrowest, Math.min(widest, degrees))
  }
  const hfov = fieldOf(Math.min(reach(1, 0), reach(-1, 0)))
  const vfov = fieldOf(Math.min(reach(0, 1), reach(0, -1)))
  return { yaw: 0, pitch: 0, roll: 0, hfov, vfov }
}

/** How far one sees from the centre before the surround or the picture's end, as a median. */
function litReach(
  { data, width, height }: SurroundMap,
  centre: { column: number; row: number },
  { right, down }: { right: number; down: number },
): number {
  const half = Math.round((bandShare / 2) * Math.max(width, height))
  const reaches = Array.from({ length: 2 * half + 1 }, (_, i) => {
    const aside = i - half
    for (let distance = 0; ; distance++) {
      const column = centre.column + right * distance + down * aside
      const row = centre.row + down * distance + right * aside
      const isInside = column >= 0 && row >= 0 && column < width && row < height
      if (!isInside || data[row * width + column] === 1) return distance
    }
  })
  return reaches.sort((a, b) => a - b)[half] ?? 0
}
