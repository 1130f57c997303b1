/** @file The classes that masks hold. */
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { type MaskClass, maskClassSchema } from '../../shared/mask.ts'
import { type Project, write } from './handle.ts'
import { all } from './rows.ts'

/** The project's classes by index. */
export function listClasses(project: Project): MaskClass[] {
  return all(
    project.db,
    maskClassSchema,
    'SELECT class_index AS "index", name, colour FROM class ORDER BY class_index',
  )
}

/** @throws AppError `bad-value` when two classes share their index or their name */
function refuseDouble(classes: readonly MaskClass[]): void {
  for (const part of ['index', 'name'] as const) {
    const values = classes.map((each) => each[part])
    const twice = values.find((value, i) => values.indexOf(value) < i)
    if (twice === undefined) continue
    throw new AppError(
      'bad-value',
      `there are two classes with the ${part} ${JSON.stringify(twice)}`,
      `Give every class ${part === 'index' ? 'an index' : 'a name'} of its own.`,
    )
  }
}

/**
 * Puts classes in the place of those that are there; that no mask needs one that goes is the
 * caller's to check.
 * @throws AppError `bad-value` when two share their index or their name
 */
export function replaceClasses(project: Project, classes: readonly MaskClass[]): void {
  refuseDouble(classes)
  write(project, (db) => {
    db.prepare('DELETE FROM class').run()
    const insert = db.prepare('INSERT INTO class VALUES (?, ?, ?)')
    for (const { index, name, colour } of classes) insert.run(index, name, colour)
    db.prepare(
      'DELETE FROM class_parent WHERE class_index NOT IN (SELECT class_index FROM class)',
    ).run()
  })
}

const parentRow = z.object({ index: z.int(), parent: z.string() })

/** What is above each class, by its index; classes without a parent are not in it. */
export function listClassParents(project: Project): Map<number, string> {
  const rows = all(
    project.db,
    parentRow,
    'SELECT class_index AS "index", parent FROM class_parent ORDER BY class_index',
  )
  return new Map(rows.map(({ index, parent }) => [index, parent]))
}

/** Says what is above a class; null = nothing. */
export function setClassParent(project: Project, index: number, parent: string | null): void {
  write(project, (db) => {
    db.prepare('DELETE FROM class_parent WHERE class_index = ?').run(index)
    if (parent !== null) db.prepare('INSERT INTO class_parent VALUES (?, ?)').run(index, parent)
  })
}

/**
 * Adds classes, or changes name and colour of those whose index is taken.
 * @throws AppError `bad-value` when two classes would have one name
 */
export function setClasses(project: Project, classes: readonly MaskClass[]): void {
  write(project, (db) => {
    const byIndex = new Map([...listClasses(project), ...classes].map((each) => [each.index, each]))
    refuseDouble([...byIndex.values()])
    const insert = db.prepare(
      `INSERT INTO class VALUES (?, ?, ?)
       ON CONFLICT (class_index) DO UPDATE SET name = excluded.name, colour = excluded.colour`,
    )
    for (const { index, name, colour } of classes) insert.run(index, name, colour)
  })
}
