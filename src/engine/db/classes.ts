/** @file The classes that masks hold. */
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

/**
 * Adds classes, or changes name and colour of those whose index is taken.
 * @throws AppError `bad-value` when two classes would have one name
 */
export function setClasses(project: Project, classes: readonly MaskClass[]): void {
  write(project, (db) => {
    const byIndex = new Map([...listClasses(project), ...classes].map((each) => [each.index, each]))
    const names = [...byIndex.values()].map(({ name }) => name)
    const twice = names.find((name, i) => names.indexOf(name) < i)
    if (twice !== undefined)
      throw new AppError(
        'bad-value',
        `there are two classes with the name ${JSON.stringify(twice)}`,
        'Give every class a name of its own.',
      )
    const insert = db.prepare(
      `INSERT INTO class VALUES (?, ?, ?)
       ON CONFLICT (class_index) DO UPDATE SET name = excluded.name, colour = excluded.colour`,
    )
    for (const { index, name, colour } of classes) insert.run(index, name, colour)
  })
}
