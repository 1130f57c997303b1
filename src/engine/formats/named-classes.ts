/** @file Labels of tools that have no background of their own, as classes. */
import { AppError } from '../../shared/errors.ts'
import { maximumClassIndex } from '../../shared/mask.ts'
import type { SetClass } from './annotated-set.ts'

const backgroundName = 'background'

/**
 * Classes as masks number them: the background first, which is a label only where somebody made one of
 * that name; then the declared ones and those that only occur in pictures.
 *
 * @throws AppError `bad-dataset` for more than a mask can hold
 */
export function classesOf(declared: readonly SetClass[], used: Iterable<string>): SetClass[] {
  const classes = new Map<string, SetClass>([
    [backgroundName, { name: backgroundName, colour: null, parent: null }],
  ])
  for (const label of declared) classes.set(label.name, label)
  for (const name of used)
    if (!classes.has(name)) classes.set(name, { name, colour: null, parent: null })
  if (classes.size > maximumClassIndex + 1)
    throw new AppError(
      'bad-dataset',
      `${classes.size - 1} labels; a mask can hold ${maximumClassIndex}`,
      'Divide the labels into several sets.',
    )
  return [...classes.values()]
}

/** Label → class index. */
export function classIndices(classes: readonly SetClass[]): ReadonlyMap<string, number> {
  return new Map(classes.map(({ name }, index) => [name, index]))
}
