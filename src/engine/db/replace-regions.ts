/** @file All regions of a project at once, as a page shows them after an edit. */
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import type { Region } from '../../shared/region.ts'
import { type Project, write } from './handle.ts'
import { addRevision, listRegions, type StoredRegion } from './regions.ts'
import { all } from './rows.ts'

/** A region as it is to be. */
export interface RegionChange extends Region {
  /** Of the region that it is, deleted or not; undefined for a new one. */
  id?: number | undefined
  locked: boolean
  /** Whether its outline is another one than before. */
  isMoved: boolean
}

const idRow = z.object({ id: z.int() })

function requireIds(project: Project, regions: readonly RegionChange[]): void {
  const known = new Set(all(project.db, idRow, 'SELECT id FROM region').map(({ id }) => id))
  const seen = new Set<number>()
  for (const { id, name } of regions) {
    if (id === undefined) continue
    if (!known.has(id) || seen.has(id))
      throw new AppError(
        'bad-region',
        `region ${JSON.stringify(name)}: ${known.has(id) ? 'it is given twice' : `the project never had a region ${id}`}`,
        'Reload the page and repeat the last step.',
      )
    seen.add(id)
  }
}

/** Frees all names, so that regions may exchange theirs. */
function putAllAside(db: Database): void {
  db.prepare('UPDATE region SET deleted_at = ? WHERE deleted_at IS NULL').run(
    new Date().toISOString(),
  )
}

function place(
  db: Database,
  { name, kind, group, colour, threshold, locked, id }: RegionChange,
  position: number,
): number {
  const values = { name, kind, group, colour, threshold, locked: locked ? 1 : 0, position }
  if (id === undefined) {
    const { lastInsertRowid } = db
      .prepare(
        `INSERT INTO region (name, kind, group_name, colour, threshold, locked, position, created_at)
         VALUES (@name, @kind, @group, @colour, @threshold, @locked, @position, @now)`,
      )
      .run({ ...values, now: new Date().toISOString() })
    return Number(lastInsertRowid)
  }
  db.prepare(
    `UPDATE region SET name = @name, kind = @kind, group_name = @group, colour = @colour,
       threshold = @threshold, locked = @locked, position = @position, deleted_at = NULL
     WHERE id = @id`,
  ).run({ ...values, id })
  return id
}

/**
 * Puts regions in the place of those that are there, in this order. One with an id is changed, or
 * brought back where it was deleted; those left out are deleted, and their history and reviews stay.
 * Outlines, drawn in the recipe with this hash, and names are the caller's to check.
 * @throws AppError `bad-region` for an id that the project never had; then nothing has changed
 */
export function replaceRegions(
  project: Project,
  regions: readonly RegionChange[],
  geometryHash: string,
): StoredRegion[] {
  return write(project, (db) => {
    requireIds(project, regions)
    putAllAside(db)
    for (const [position, region] of regions.entries()) {
      const id = place(db, region, position)
      if (region.isMoved) addRevision(db, id, region.points, geometryHash)
    }
    return listRegions(project)
  })
}
