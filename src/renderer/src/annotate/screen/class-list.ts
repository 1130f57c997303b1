/** @file The project's classes while they are edited. */
import { backgroundIndex, type MaskClass, maximumClassIndex } from '../../../../shared/mask.ts'
import { regionColours } from '../../roi/drawn-region.ts'

type Classes = readonly MaskClass[]

/** What can be painted: all but the background. */
export function painted(classes: Classes): MaskClass[] {
  return classes.filter(({ index }) => index !== backgroundIndex)
}

/** With one more class: the first free index, a name of its own, the colour that the fewest have. */
export function withAnother(classes: Classes): MaskClass[] {
  const indices = new Set(classes.map(({ index }) => index))
  const free = Array.from({ length: maximumClassIndex }, (_, i) => i + 1)
  const index = free.find((candidate) => !indices.has(candidate))
  if (index === undefined) return [...classes]
  const uses = (colour: string): number => classes.filter((one) => one.colour === colour).length
  const [colour = '#56b4e9'] = [...regionColours].sort((a, b) => uses(a) - uses(b))
  return [...classes, { index, name: `class ${index}`, colour }]
}

/** Whether every class has a name, and no two the same one. */
export function isUsable(classes: Classes): boolean {
  const names = classes.map(({ name }) => name.trim().toLowerCase())
  return names.every((name) => name !== '') && new Set(names).size === names.length
}
