/** @file A colour for every class, each its own. */
import { ignoreIndex } from '../../shared/mask.ts'
import type { SetClass } from './annotated-set.ts'
import { colourText, vocColour } from './voc/voc-classes.ts'

/**
 * The classes with a colour each, no two the same: their own where they have one, otherwise one of
 * Pascal VOC's. `ignore` is that of pixels that count for nothing.
 */
export function withColours<Class extends Pick<SetClass, 'name' | 'colour'>>(
  classes: readonly Class[],
): { classes: (Class & { colour: string })[]; ignore: string } {
  const taken = new Set<string>()
  const own = classes.map(({ colour }) => {
    const text = colour?.toLowerCase() ?? null
    if (text === null || taken.has(text)) return null
    taken.add(text)
    return text
  })
  const free = (preferred: number): string => {
    for (let step = 0; ; step++) {
      const colour = colourText(vocColour((preferred + step) % (ignoreIndex + 1)))
      if (taken.has(colour)) continue
      taken.add(colour)
      return colour
    }
  }
  const coloured = classes.map((each, i) => ({ ...each, colour: own[i] ?? free(i) }))
  const white = '#ffffff'
  return { classes: coloured, ignore: taken.has(white) ? free(ignoreIndex) : white }
}
