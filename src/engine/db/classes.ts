/** @file The classes that masks hold. */
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

/** Adds classes, or changes name and colour of those whose index is taken. */
export function setClasses(project: Project, classes: readonly MaskClass[]): void {
  write(project, (db) => {
    const insert = db.prepare(
      `INSERT INTO class VALUES (?, ?, ?)
       ON CONFLICT (class_index) DO UPDATE SET name = excluded.name, colour = excluded.colour`,
    )
    for (const { index, name, colour } of classes) insert.run(index, name, colour)
  })
}
