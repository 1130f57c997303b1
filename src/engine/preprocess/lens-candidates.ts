/** @file What the surround of an image circle may be, each with the circle that it leaves. */
import { type CircleEvidence, findCircle } from './lens-circle.ts'
import {
  type Colour,
  colourDistance,
  floodFromRim,
  type RgbPicture,
  rimColour,
  type SurroundMap,
} from './lens-surround.ts'

/** A possible surround: where it is and what colour it has in each picture. */
export interface Surround {
  map: SurroundMap
  colours: Colour[]
  evidence: CircleEvidence | null
}

/** A rim darker than this need not be told from black. */
const darkest = 8

/** Compression noise and stray light reach different levels in different tapes. */
const tolerances = [12, 24, 48]

/** Every colour and tolerance, tried on small pictures. */
export function surroundsOf(small: readonly RgbPicture[]): Surround[] {
  const [size = { width: 0, height: 0 }] = small
  return coloursToTry(small).flatMap((colours) => {
    const distances = largestDistances(small, colours)
    return tolerances.map((tolerance): Surround => {
      const map = floodFromRim(distances, size, tolerance)
      return { map, colours, evidence: findCircle(map) }
    })
  })
}

/** For each kind of surround its colour in every picture: black, and the rim's where it differs. */
function coloursToTry(small: readonly RgbPicture[]): Colour[][] {
  const ofRim = small.map(rimColour)
  const isBlack = ofRim.every((colour) => Math.max(...colour) < darkest)
  const black = small.map((): Colour => [0, 0, 0])
  return isBlack ? [black] : [black, ofRim]
}

/** How unlike the surround each pixel becomes in any of the pictures. */
function largestDistances(
  pictures: readonly RgbPicture[],
  colours: readonly Colour[],
): Float32Array {
  const [first] = pictures
  const distances = new Float32Array(first ? first.width * first.height : 0)
  pictures.forEach(({ data }, i) => {
    const colour = colours[i] ?? [0, 0, 0]
    for (let at = 0; at < distances.length; at++)
      distances[at] = Math.max(distances[at] ?? 0, colourDistance(data, at, colour))
  })
  return distances
}
