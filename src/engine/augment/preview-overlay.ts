/** @file A picture with its mask drawn over: classes tinted, ignored pixels hatched. */
import { backgroundIndex, ignoreIndex } from '../../shared/mask.ts'
import { vocColour } from '../formats/voc/voc-classes.ts'
import type { Sample } from './sample.ts'

type Colour = readonly [number, number, number]

/** How much of a class's colour is in its pixels. */
const tint = 0.45
/** Pixels from one line of the hatching to the next, and how wide a line is. */
const hatch = { distance: 8, width: 2 }
const hatchColour: Colour = [255, 255, 255]

const colours: readonly Colour[] = Array.from({ length: 256 }, (_, label): Colour => {
  const colour = vocColour(label)
  return [colour >> 16, (colour >> 8) & 255, colour & 255]
})

/** The colour that a pixel is tinted in, and how strongly; 0 = not at all. */
function tintOf(label: number, x: number, y: number, isEdge: boolean): [Colour, number] {
  if (label === ignoreIndex) return [hatchColour, (x + y) % hatch.distance < hatch.width ? tint : 0]
  if (label === backgroundIndex) return [hatchColour, 0]
  return [colours[label] ?? hatchColour, isEdge ? 1 : tint]
}

/** Whether a pixel's right or lower neighbour is of another class. */
function isEdgeAt({ width, height }: Sample, mask: Uint8Array, x: number, y: number): boolean {
  const pixel = y * width + x
  return (
    (x + 1 < width && mask[pixel + 1] !== mask[pixel]) ||
    (y + 1 < height && mask[pixel + width] !== mask[pixel])
  )
}

/** `[height, width, 3]`: the sample's picture with its mask over it, in PASCAL VOC's colours. */
export function drawMaskOver(sample: Sample): Uint8Array {
  const { width, height, mask } = sample
  const picture = new Uint8Array(sample.picture)
  if (!mask) return picture
  for (let y = 0, pixel = 0; y < height; y++)
    for (let x = 0; x < width; x++, pixel++) {
      const label = mask[pixel] ?? backgroundIndex
      const [colour, share] = tintOf(label, x, y, isEdgeAt(sample, mask, x, y))
      if (share === 0) continue
      for (let channel = 0; channel < 3; channel++) {
        const at = 3 * pixel + channel
        const before = picture[at] ?? 0
        picture[at] = before + ((colour[channel] ?? 0) - before) * share
      }
    }
  return picture
}
