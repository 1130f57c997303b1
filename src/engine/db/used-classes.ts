/** @file Which classes the labels of a project hold, those of image sets included. */
import { z } from 'zod'
import { ignoreIndex } from '../../shared/mask.ts'
import type { Project } from './handle.ts'
import { classesOfObjects } from './image-objects.ts'
import { loadMask } from './masks.ts'
import { all } from './rows.ts'

const frameRow = z.object({ source: z.int(), frame: z.int() })

/** The masks that are labels now, one at a time: there may be many thousands. */
function* latestMasks(project: Project): Generator<Uint8Array> {
  const sql = 'SELECT DISTINCT source_id AS source, frame FROM mask ORDER BY source_id, frame'
  for (const at of all(project.db, frameRow, sql)) {
    const mask = loadMask(project, at)?.mask
    if (mask) yield mask.data
  }
}

/** How many labels hold a class. */
export function labelsWithClass(project: Project, index: number): number {
  let labels = 0
  for (const data of latestMasks(project)) if (data.includes(index)) labels += 1
  return labels
}

/** The class indices that any label holds, or any thing that was imported with an image. */
export function usedClasses(project: Project): Set<number> {
  const used = classesOfObjects(project)
  const seen = new Uint8Array(ignoreIndex + 1)
  for (const data of latestMasks(project)) for (const value of data) seen[value] = 1
  for (const [value, isSeen] of seen.entries()) if (isSeen) used.add(value)
  return used
}
