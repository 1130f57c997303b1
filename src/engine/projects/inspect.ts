import type { ProjectContents } from './list.ts'

/**
 * Opens a project for reading, also while another process writes it, and counts what it holds.
 * SQLite is loaded with the first project: an engine without any starts faster.
 * @throws AppError as `openProject` does
 */
export async function inspectProject(folder: string): Promise<ProjectContents> {
  const [{ openProject }, { listSources }] = await Promise.all([
    import('../db/project.ts'),
    import('../db/sources.ts'),
  ])
  const project = openProject(folder, { mode: 'read' })
  try {
    const sources = listSources(project)
    return {
      tapes: sources.length,
      frames: sources.reduce((sum, { frames }) => sum + frames, 0),
    }
  } finally {
    project.close()
  }
}
