/** @file From which of the base network's classes each of the new one's starts. */
import { AppError } from '../../shared/errors.ts'
import type { ModelDescription } from '../models/types.ts'

/** Says that a class starts anew: `--map-class worker=new`. */
const anew = 'new'

type Base = Pick<ModelDescription, 'id' | 'classes' | 'classMap'>

function listed(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ')
}

function mismatch(problem: string, { id, classes }: Base, own: readonly string[]): AppError {
  return new AppError(
    'class-mismatch',
    `${problem}; the network ${id} has ${listed(classes)}, the labels have ${listed(own)}`,
    'Say which class starts from which with --map-class OWN=NETWORK, or --map-class OWN=new.',
  )
}

/** What the user said, checked: own class → class of the base, or null for a new one. */
function spoken(
  words: readonly string[],
  base: Base,
  own: readonly string[],
): Map<string, string | null> {
  return new Map(
    words.map((word) => {
      const [name = '', from = '', ...rest] = word.split('=').map((part) => part.trim())
      if (from === '' || rest.length > 0)
        throw mismatch(
          `--map-class is ${JSON.stringify(word)}; OWN=NETWORK was expected`,
          base,
          own,
        )
      if (!own.includes(name)) throw mismatch(`no label has a class ${listed([name])}`, base, own)
      if (from === anew) return [name, null]
      if (!base.classes.includes(from))
        throw mismatch(`the network has no class ${listed([from])}`, base, own)
      return [name, from]
    }),
  )
}

/** The base's class that stands for one of ours, by its description or by its name. */
function likeliest(name: string, { classes, classMap }: Base): string | undefined {
  return classes.find((each) => classMap[each] === name) ?? classes.find((each) => each === name)
}

/**
 * For each class of the new network the class of the base that it starts from, or null. A network
 * of a single class has no background to start from.
 * @param words `OWN=NETWORK` or `OWN=new`, each
 * @param isAnew whether all classes start anew unless something else is said
 * @throws AppError `class-mismatch` that lists the classes of both sides
 */
export function startingClasses(
  own: readonly string[],
  base: Base,
  words: readonly string[],
  isAnew = false,
): Record<string, string | null> {
  const given = spoken(words, base, own)
  const entries = own.map((name): [string, string | null] => {
    const said = given.get(name)
    if (said !== undefined) return [name, said]
    if (isAnew) return [name, null]
    const found = likeliest(name, base)
    if (found !== undefined) return [name, found]
    if (base.classes.length === 1) return [name, null]
    throw mismatch(`the network has no class for ${listed([name])}`, base, own)
  })
  return Object.fromEntries(entries)
}
