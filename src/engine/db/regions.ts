/** @file Regions of interest and their history: edited ones get a revision, deleted ones stay. */
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { type Point, pointSchema, type Region } from '../../shared/region.ts'
import { type Project, write } from './handle.ts'
import { all, first, flag, json } from './rows.ts'

const regionRow = z.object({
  id: z.int(),
  name: z.string(),
  kind: z.enum(['count', 'ignore']),
  group: z.string().nullable(),
  colour: z.string().nullable(),
  threshold: z.number().nullable(),
  /** Whether the page keeps it from being moved by accident. */
  locked: flag,
  /** Counts the edits of the outline; renaming does not make a revision. */
  revision: z.int(),
  /** As drawn, in the pixels of the recipe with `geometryHash`, which may not be the one in use. */
  points: json(z.array(pointSchema)),
  geometryHash: z.string(),
})

export type StoredRegion = z.output<typeof regionRow> & Region

const select = `
  SELECT region.id, name, kind, group_name AS "group", colour, threshold, locked,
    region_revision.id AS revision, points, geometry_hash AS geometryHash
  FROM region JOIN region_revision ON region_revision.id =
    (SELECT max(id) FROM region_revision WHERE region_id = region.id)
  WHERE deleted_at IS NULL`

/** The regions of the project in the user's order; new ones come last. */
export function listRegions(project: Project): StoredRegion[] {
  return all(project.db, regionRow, `${select} ORDER BY position, region.id`)
}

/** @throws AppError `no-such-region` */
export function getRegion(project: Project, id: number): StoredRegion {
  const region = first(project.db, regionRow, `${select} AND region.id = ?`, id)
  if (region) return region
  throw new AppError('no-such-region', `the project has no region ${id}`, 'It may be deleted.')
}

function refuseTakenNames(project: Project, names: readonly string[]): void {
  const taken = new Set(listRegions(project).map((region) => region.name))
  for (const name of names) {
    if (taken.has(name))
      throw new AppError(
        'bad-region',
        `there are two regions with the name ${JSON.stringify(name)}`,
        'Give every region a name of its own.',
      )
    taken.add(name)
  }
}

export function addRevision(
  db: Database,
  id: number,
  points: readonly Point[],
  hash: string,
): void {
  db.prepare(
    `INSERT INTO region_revision (region_id, points, geometry_hash, created_at)
     VALUES (?, ?, ?, ?)`,
  ).run(id, JSON.stringify(points), hash, new Date().toISOString())
}

/**
 * Adds regions drawn in the recipe with this hash. Their outlines are the caller's to check.
 * @throws AppError `bad-region` when a name is taken or given twice; then none is added
 */
export function addRegions(
  project: Project,
  regions: readonly Region[],
  geometryHash: string,
): StoredRegion[] {
  return write(project, (db) => {
    refuseTakenNames(
      project,
      regions.map((region) => region.name),
    )
    const insert = db.prepare(
      `INSERT INTO region (name, kind, group_name, colour, threshold, created_at, position)
       VALUES (?, ?, ?, ?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM region))`,
    )
    return regions.map(({ name, kind, group, colour, threshold, points }) => {
      const at = new Date().toISOString()
      const id = Number(insert.run(name, kind, group, colour, threshold, at).lastInsertRowid)
      addRevision(db, id, points, geometryHash)
      return getRegion(project, id)
    })
  })
}

/** Changes a region; a new outline, drawn in the recipe with this hash, makes a revision. */
export function updateRegion(
  project: Project,
  id: number,
  changes: Partial<Region>,
  geometryHash: string,
): StoredRegion {
  return write(project, (db) => {
    const before = getRegion(project, id)
    const { name, kind, group, colour, threshold, points } = { ...before, ...changes }
    if (name !== before.name) refuseTakenNames(project, [name])
    db.prepare(
      'UPDATE region SET name = ?, kind = ?, group_name = ?, colour = ?, threshold = ? WHERE id = ?',
    ).run(name, kind, group, colour, threshold, id)
    const moved =
      JSON.stringify(points) !== JSON.stringify(before.points) ||
      geometryHash !== before.geometryHash
    if (changes.points && moved) addRevision(db, id, points, geometryHash)
    return getRegion(project, id)
  })
}

/** Takes a region off the project; its history and reviews stay, its name becomes free. */
export function deleteRegion(project: Project, id: number): void {
  write(project, (db) => {
    getRegion(project, id)
    db.prepare('UPDATE region SET deleted_at = ? WHERE id = ?').run(new Date().toISOString(), id)
  })
}

const revisionRow = z.object({
  revision: z.int(),
  points: json(z.array(pointSchema)),
  geometryHash: z.string(),
  createdAt: z.string(),
})

/** Every outline a region has had, the first one first; also of a deleted region. */
export function regionHistory(project: Project, id: number): z.output<typeof revisionRow>[] {
  return all(
    project.db,
    revisionRow,
    `SELECT id AS revision, points, geometry_hash AS geometryHash, created_at AS createdAt
     FROM region_revision WHERE region_id = ? ORDER BY id`,
    id,
  )
}
