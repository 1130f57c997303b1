/** @file The projects opened on this machine, in a file in the user's data folder. */
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { userDataFolder } from './data-folder.ts'
import { replaceFile } from './replace-file.ts'

/** The list is for finding one's way back, not an archive. */
const longest = 50

const recentProjectSchema = z.object({ path: z.string(), lastOpened: z.iso.datetime() })
const fileSchema = z.object({ version: z.literal(1), projects: z.array(recentProjectSchema) })

export type RecentProject = z.infer<typeof recentProjectSchema>

function listPath(): string {
  return join(userDataFolder(), 'recent-projects.json')
}

/**
 * The projects opened on this machine, the latest first. A list that is absent or damaged is an
 * empty one: it holds nothing that cannot be had again by opening the project.
 */
export async function recentProjects(): Promise<RecentProject[]> {
  try {
    const json: unknown = JSON.parse(await readFile(listPath(), 'utf8'))
    return fileSchema.parse(json).projects
  } catch {
    return []
  }
}

/** Ends when the last change is written: two at a time must not lose one. */
let last: Promise<unknown> = Promise.resolve()

function change(to: (projects: RecentProject[]) => RecentProject[]): Promise<void> {
  const changed = last.then(async () => {
    const projects = to(await recentProjects()).slice(0, longest)
    const file: z.infer<typeof fileSchema> = { version: 1, projects }
    await replaceFile(listPath(), `${JSON.stringify(file, null, 2)}\n`)
  })
  last = changed.catch(() => {})
  return changed
}

/**
 * Puts the project in `folder` first on the list. Returns false where the list cannot be written, as
 * on a read-only home: that keeps nobody from working on the project.
 */
export async function rememberProject(folder: string, now: Date = new Date()): Promise<boolean> {
  const path = resolve(folder)
  const entry = { path, lastOpened: now.toISOString() }
  return change((projects) => [entry, ...projects.filter((project) => project.path !== path)]).then(
    () => true,
    () => false,
  )
}

/** Takes a project off the list; its folder stays as it is. Throws what the file system throws. */
export async function forgetProject(folder: string): Promise<void> {
  const path = resolve(folder)
  await change((projects) => projects.filter((project) => project.path !== path))
}
