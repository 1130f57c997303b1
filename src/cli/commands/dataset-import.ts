/** @file Imports a set into a project that may have to be made first. */
import { existsSync, rmSync } from 'node:fs'
import { databaseFile } from '../../engine/db/layout.ts'
import { createProject } from '../../engine/db/project.ts'
import type { OpenOptions } from '../../engine/formats/open-set.ts'
import { importSet } from '../../engine/jobs/datasets/import-set.ts'
import { surveySet } from '../../engine/jobs/datasets/survey-set.ts'
import { rememberProject } from '../../engine/projects/recent.ts'
import type { LongWork } from '../../shared/progress.ts'
import { withProject } from '../with-project.ts'

/**
 * Imports the set at `path`, or only looks through it. A project that is not there is made; when the
 * import fails it is not there again.
 */
export async function importInto(
  dir: string,
  path: string,
  { dryRun, options }: { dryRun: boolean; options: OpenOptions },
  work: LongWork,
) {
  const exists = existsSync(databaseFile(dir))
  if (dryRun) {
    const survey = await surveySet(path, options, work)
    return { ...survey, set: null }
  }
  if (exists)
    return withProject(dir, 'write', ({ project }) => importSet(project, path, options, work))
  const wasThere = existsSync(dir)
  const project = createProject(dir)
  try {
    const imported = await importSet(project, path, options, work)
    await rememberProject(dir)
    project.close()
    return imported
  } catch (error) {
    project.close()
    if (!wasThere) rmSync(dir, { recursive: true, force: true })
    throw error
  }
}
