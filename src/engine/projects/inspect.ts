import { projectContents } from '../db/contents.ts'
import { posterAddress } from '../workbench/poster.ts'
import type { ProjectContents } from './list.ts'

/**
 * Opens a project for reading, also while another process writes it, and counts what it holds.
 * @throws AppError as `projectContents` does
 */
export function inspectProject(folder: string): ProjectContents {
  return { ...projectContents(folder), poster: posterAddress(folder) }
}
