import { existsSync } from 'node:fs'
import { AppError, toAppError } from '../../shared/errors.ts'

/** Why a folder without a database is no project. */
export function noProject(dir: string): AppError {
  if (!existsSync(dir)) return toAppError(Object.assign(new Error(), { code: 'ENOENT', path: dir }))
  return new AppError(
    'not-a-project',
    `${dir} is not a Maskbench project: it has no project.db`,
    'Name a folder NAME.maskbench that `maskbench create` made.',
  )
}
