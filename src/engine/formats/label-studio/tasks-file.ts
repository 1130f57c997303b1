/** @file Which file of a folder has the tasks of Label Studio. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { listFiles } from '../list-files.ts'
import { readHead } from '../text-file.ts'

/** How a file of tasks begins; COCO has "annotations" too, but neither results nor data. */
function isTasks(head: string): boolean {
  if (!/^\s*\[\s*\{/.test(head)) return false
  const isFull = /"(annotations|completions|predictions)"\s*:\s*\[/.test(head)
  const isMinimal = /"(brush|polygon|rectangle|ellipse)labels"\s*:\s*\[/.test(head)
  return isMinimal || (isFull && /"(result"\s*:\s*\[|data"\s*:\s*\{)/.test(head))
}

async function isTasksFile(path: string): Promise<boolean> {
  return /\.json$/i.test(path) && isTasks(await readHead(path))
}

/** The file of tasks that `path` is or has; null for none. Never throws. */
export async function tasksFile(path: string): Promise<string | null> {
  const entry = await stat(path).catch(() => null)
  if (!entry) return null
  if (entry.isFile()) return (await isTasksFile(path)) ? path : null
  const files = await listFiles(path).catch(() => [])
  for (const file of files)
    if (!file.includes('/') && (await isTasksFile(join(path, file)))) return join(path, file)
  return null
}
