/** @file Draws a set picture by picture. */
import { maskOfObjects } from '../formats/shapes/compose.ts'
import { randomFrom } from '../sample/random.ts'
import { drawnSets } from './drawn-sets.ts'
import type { DrawnPicture, DrawnSetName, DrawnSetOptions } from './types.ts'

export const drawnSetDefaults = { images: 60, size: 256, seed: 1 }

/** The pictures of a set, in order, each drawn when it is asked for. */
export function* drawSet(
  name: DrawnSetName,
  options: DrawnSetOptions = {},
): Generator<DrawnPicture, void> {
  const { prefix, draw } = drawnSets[name]
  const images = options.images ?? drawnSetDefaults.images
  const size = options.size ?? drawnSetDefaults.size
  const random = randomFrom(options.seed ?? drawnSetDefaults.seed)
  for (let index = 0; index < images; index++) {
    const drawn = draw(random.fork(), size)
    const number = String(index).padStart(3, '0')
    yield { ...drawn, name: `${prefix}-${number}.png`, mask: maskOfObjects(drawn, drawn.objects) }
  }
}
