/** @file Where a training keeps what it needs to go on, and where its network goes in the end. */
import { existsSync } from 'node:fs'
import { readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { toAppError } from '../../shared/errors.ts'
import { modelsFolder } from '../db/layout.ts'
import type { Project } from '../db/project.ts'
import { listTrainings, type Training } from '../db/trainings.ts'
import { projectModelFolder } from '../models/model-store.ts'

/** Begins with a dot: it is no network. Beside the networks, so that moving one is renaming it. */
const workPrefix = '.training-'

/** Everything that an unfinished training has on the disk. */
export function workFolder(project: Project, training: number): string {
  return join(modelsFolder(project.dir), `${workPrefix}${training}`)
}

/** The folder that a part is trained in. */
export function partFolder(project: Project, training: number, part: string): string {
  return join(workFolder(project, training), part)
}

/** The network that a part gave. */
export function partModelFolder(project: Project, training: number, part: string): string {
  return join(partFolder(project, training, part), 'model')
}

/** Removes what trainings other than `kept` left behind: only the latest one can go on. */
export async function removeOldWork(project: Project, kept: number): Promise<void> {
  const folder = modelsFolder(project.dir)
  const names = existsSync(folder) ? await readdir(folder) : []
  const old = names.filter((name) => name.startsWith(workPrefix) && name !== `${workPrefix}${kept}`)
  for (const name of old) await rm(join(folder, name), { recursive: true, force: true })
}

const idPrefix = 'fine-tuned-'

/** `fine-tuned-N`, with a number that neither a training nor a network has had. */
export async function freeModelId(project: Project): Promise<string> {
  const folder = modelsFolder(project.dir)
  const names = existsSync(folder) ? await readdir(folder) : []
  const taken = [...names, ...listTrainings(project).map(({ modelId }) => modelId)]
  const numbers = taken
    .filter((name) => name.startsWith(idPrefix))
    .map((name) => Number(name.slice(idPrefix.length)))
    .filter(Number.isSafeInteger)
  return `${idPrefix}${Math.max(0, ...numbers) + 1}`
}

/** Moves the finished network to its place; one that is there already stays. */
export async function installNetwork(
  project: Project,
  { id, modelId }: Training,
  part: string,
): Promise<string> {
  const folder = projectModelFolder(project.dir, modelId)
  try {
    if (!existsSync(folder)) await rename(partModelFolder(project, id, part), folder)
  } catch (error) {
    throw toAppError(error, folder)
  }
  return folder
}
