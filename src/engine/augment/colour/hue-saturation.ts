/** @file Hue and saturation of HSV (Smith 1978, https://doi.org/10.1145/965139.807361). */
import type { Operations } from '../../../shared/augmentation-operations.ts'
import { roundedView } from '../sample.ts'
import { type Draw, drawFrom } from '../step.ts'

/** Hue in sixths of the circle, 0 = red; `chroma` is not 0. */
function hueOf(red: number, green: number, blue: number, most: number, chroma: number): number {
  if (most === red) return (green - blue) / chroma
  return most === green ? 2 + (blue - red) / chroma : 4 + (red - green) / chroma
}

/** How much a channel lacks of the value, 0 … 1, at `k` sixths of the circle from it. */
function lack(k: number): number {
  const within = k >= 6 ? k - 6 : k
  return Math.max(0, Math.min(within, 4 - within, 1))
}

/** Turns hues by sixths of the circle and multiplies saturations, in place; greys stay. */
function turnHues(values: Uint8ClampedArray, sixths: number, factor: number): void {
  for (let at = 0; at < values.length; at += 3) {
    const red = values[at] ?? 0
    const green = values[at + 1] ?? 0
    const blue = values[at + 2] ?? 0
    const most = Math.max(red, green, blue)
    const chroma = most - Math.min(red, green, blue)
    if (chroma === 0) continue
    const turned = hueOf(red, green, blue, most, chroma) + sixths
    const hue = turned - 6 * Math.floor(turned / 6)
    // Saturation is chroma / value, and at most 1.
    const strength = Math.min(most, chroma * factor)
    values[at] = most - strength * lack(hue + 5)
    values[at + 1] = most - strength * lack(hue + 3)
    values[at + 2] = most - strength * lack(hue + 1)
  }
}

export const hueSaturation: Draw<Operations['hue-saturation']> = (settings, random) => {
  const values = {
    hue: drawFrom(random, settings.hue),
    saturation: drawFrom(random, settings.saturation),
  }
  const paint = ({ picture }: { picture: Uint8Array }) =>
    turnHues(roundedView(picture), values.hue / 60, values.saturation)
  return { values, steps: [{ does: 'paint', paint }] }
}
