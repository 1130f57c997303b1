import type { ProjectContents } from './list.ts'

/**
 * Opens a project for reading, also while another process writes it, and counts what it holds.
 * SQLite is loaded with the first project: an engine without any starts faster.
 * @throws AppError as `projectContents` does
 */
export async function inspectProject(folder: string): Promise<ProjectContents> {
  const [{ projectContents }, { posterAddress }] = await Promise.all([
    import('../db/contents.ts'),
    import('../workbench/poster.ts'),
  ])
  return { ...projectContents(folder), poster: posterAddress(folder) }
}
