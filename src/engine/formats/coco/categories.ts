/** @file COCO's categories as classes: one table for all files of a set. */
import { AppError } from '../../../shared/errors.ts'
import { backgroundIndex, maximumClassIndex } from '../../../shared/mask.ts'
import type { SetClass } from '../annotated-set.ts'
import { issuesOf } from '../dataset-json.ts'
import { type Category, categorySchema, type Id } from './schema.ts'

/** What stands where there is no supercategory: in Datumaro's files and in Roboflow's. */
const noParent = ['', 'none']

export class ClassTable {
  readonly classes: SetClass[] = [{ name: 'background', colour: null, parent: null }]
  readonly #indices = new Map<string, number>([['background', backgroundIndex]])

  /**
   * Takes the categories of a file; returns the position of each in `classes`. Those of one name are
   * one class in all files; two of one name in a file are told apart by their numbers.
   *
   * @throws AppError `bad-dataset` where one is wrong, or they are more than masks can hold
   */
  add(entries: readonly unknown[], path: string): Map<Id, number> {
    const indices = new Map<Id, number>()
    const names = new Set<string>()
    for (const [i, entry] of entries.entries()) {
      const category = parseCategory(entry, `${path}: categories[${i}]`)
      if (indices.has(category.id))
        throw badCategories(`${path} has two categories of the id ${category.id}`)
      const name = names.has(category.name) ? `${category.name} (${category.id})` : category.name
      names.add(name)
      indices.set(category.id, this.#indexOf({ ...category, name }))
    }
    if (this.classes.length > maximumClassIndex + 1)
      throw badCategories(
        `${path} has ${this.classes.length - 1} categories; up to ${maximumClassIndex} fit into a mask`,
      )
    return indices
  }

  #indexOf({ name, supercategory, color }: Category): number {
    const known = this.#indices.get(name)
    if (known !== undefined) return known
    const parent = supercategory?.trim() ?? ''
    const colour = color ? `#${Buffer.from(color).toString('hex')}` : null
    const isOwn = noParent.includes(parent) || parent === name
    const index = this.classes.push({ name, colour, parent: isOwn ? null : parent }) - 1
    this.#indices.set(name, index)
    return index
  }
}

function parseCategory(entry: unknown, place: string): Category {
  const { data, error } = categorySchema.safeParse(entry)
  if (data) return data
  throw badCategories(`${place}: ${issuesOf(error)}`)
}

function badCategories(message: string): AppError {
  return new AppError(
    'bad-dataset',
    message,
    'Correct the categories, or take out those that are not needed.',
  )
}

/** The entry of `categories` for a class. */
export function categoryOf({ name, colour, parent }: SetClass, id: number): object {
  const color = colour === null ? {} : { color: [...Buffer.from(colour.slice(1), 'hex')] }
  return { id, name, supercategory: parent ?? '', ...color }
}
