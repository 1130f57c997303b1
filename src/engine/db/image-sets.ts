/** @file Sets of pictures with what is marked in them. */
import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import type { ClassMask, MaskClass } from '../../shared/mask.ts'
import type { SetObject, SetProblem } from '../formats/annotated-set.ts'
import { type Project, write } from './handle.ts'
import { insertObjects } from './image-objects.ts'
import {
  type ImageSet,
  imageColumns,
  imageRow,
  imageSetRow,
  type StoredImage,
} from './image-set-rows.ts'
import { saveMask } from './masks.ts'
import { all, first } from './rows.ts'

export type { ImageSet, StoredImage } from './image-set-rows.ts'

/** Stands for the geometry hash of masks that are in the pixels of their picture. */
export const asItIs = 'as-it-is'

const select = `SELECT id, name, format, path, frames AS images, size_bytes AS sizeBytes, sha256,
  added_at AS importedAt, problems, classes_before AS classesBefore, classes_after AS classesAfter
  FROM source JOIN image_set ON source_id = id WHERE complete = 1`

/** The image sets of the project, in the order in which they were imported. */
export function listImageSets(project: Project): ImageSet[] {
  return all(project.db, imageSetRow, `${select} ORDER BY id`)
}

/** @throws AppError `no-such-dataset` that lists those there are */
export function getImageSet(project: Project, id: number): ImageSet {
  const set = first(project.db, imageSetRow, `${select} AND id = ?`, id)
  if (set) return set
  const ids = listImageSets(project).map((other) => other.id)
  throw new AppError(
    'no-such-dataset',
    `the project has no image set ${id}`,
    ids.length > 0
      ? `Its sets are ${ids.join(', ')}.`
      : 'Import one with `maskbench dataset import`.',
  )
}

export interface NewImageSet extends Pick<ImageSet, 'name' | 'format' | 'path'> {
  classesBefore: readonly MaskClass[]
  classesAfter: readonly MaskClass[]
}

/** Paths of pictures that lie in the project begin like this. */
const imagesPrefix = 'images/'

/** A folder that no set has had: a backup that is restored may know sets that are gone by now. */
const newFolder = (): string => `${imagesPrefix}${randomUUID().slice(0, 13)}`

/** Begins a set that nobody sees until it is complete; returns its id. */
export function beginImageSet(project: Project, set: NewImageSet): number {
  return write(project, (db) => {
    const { lastInsertRowid } = db
      .prepare(
        `INSERT INTO source (kind, path, size_bytes, sha256, info, frames, added_at)
         VALUES ('images', ?, 0, ?, '{}', 0, ?)`,
      )
      .run(set.path, `importing ${randomUUID()}`, new Date().toISOString())
    db.prepare(
      `INSERT INTO image_set (source_id, name, format, pictures, classes_before, classes_after)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ).run(
      ...[lastInsertRowid, set.name, set.format, newFolder()],
      ...[JSON.stringify(set.classesBefore), JSON.stringify(set.classesAfter)],
    )
    return Number(lastInsertRowid)
  })
}

export interface NewImage extends StoredImage {
  objects: readonly SetObject[]
  /** Null where nobody has annotated it. */
  mask: ClassMask | null
}

/** Adds images to a set that is not complete, all of them or none. */
export function addImages(project: Project, source: number, images: readonly NewImage[]): void {
  write(project, (db) => {
    const insert = db.prepare(
      `INSERT INTO image (source_id, position, name, path, width, height, size_bytes, sha256, split,
         scene, annotated)
       VALUES (@source, @position, @name, @path, @width, @height, @sizeBytes, @sha256, @split,
         @scene, @annotated)`,
    )
    for (const { objects, mask, ...image } of images) {
      insert.run({ ...image, source, annotated: Number(image.annotated) })
      const at = { source, frame: image.position }
      insertObjects(db, at, objects)
      if (mask) saveMask(project, at, mask, asItIs)
    }
  })
}

export interface WholeImageSet extends Pick<ImageSet, 'images' | 'sizeBytes' | 'sha256'> {
  problems: readonly SetProblem[]
}

/**
 * Shows a set, whose images have all been added.
 * @throws AppError `dataset-exists` when the project has the very same set
 */
export function completeImageSet(project: Project, id: number, whole: WholeImageSet): ImageSet {
  return write(project, (db) => {
    const same = first(project.db, imageSetRow, `${select} AND sha256 = ?`, whole.sha256)
    if (same)
      throw new AppError(
        'dataset-exists',
        `the very same pictures and annotations are in the project already, as set ${same.id} (${same.path})`,
        'Take it back with `maskbench dataset undo` if it is to be imported again.',
      )
    db.prepare('UPDATE source SET frames = ?, size_bytes = ?, sha256 = ? WHERE id = ?').run(
      ...[whole.images, whole.sizeBytes, whole.sha256, id],
    )
    db.prepare('UPDATE image_set SET complete = 1, problems = ? WHERE source_id = ?').run(
      JSON.stringify(whole.problems),
      id,
    )
    return getImageSet(project, id)
  })
}

/** Removes the rows of a set and of its masks. */
function deleteImageSet(project: Project, id: number): void {
  write(project, (db) => {
    for (const table of ['mask', 'stroke', 'frame_flag', 'review'])
      db.prepare(`DELETE FROM ${table} WHERE source_id = ?`).run(id)
    db.prepare('DELETE FROM source WHERE id = ?').run(id)
  })
}

const picturesRow = z.object({ pictures: z.string() })

/** Where the project keeps pictures of a set that have no other place, relative to the project. */
export function picturesFolder({ db }: Project, id: number): string {
  const sql = 'SELECT pictures FROM image_set WHERE source_id = ?'
  const stored = first(db, picturesRow, sql, id)
  if (stored) return stored.pictures
  throw new AppError('no-such-dataset', `the project has no image set ${id}`, '')
}

/**
 * Removes a set, complete or not, with its masks and the pictures that the project keeps; `also` runs
 * in the same transaction.
 */
export function removeImageSet(project: Project, id: number, also: () => void = () => {}): void {
  const folder = picturesFolder(project, id)
  write(project, () => {
    deleteImageSet(project, id)
    also()
  })
  rmSync(join(project.dir, folder), { recursive: true, force: true })
}

const idRow = z.object({ id: z.int() })

/** Removes what imports left that did not end. */
export function removeHalfImported(project: Project): void {
  const incomplete = 'SELECT source_id AS id FROM image_set WHERE complete = 0'
  for (const { id } of all(project.db, idRow, incomplete)) removeImageSet(project, id)
}

/** The images of a set by position. */
export function listImages({ db }: Project, set: number): StoredImage[] {
  const sql = `SELECT ${imageColumns} FROM image WHERE source_id = ? ORDER BY position`
  return all(db, imageRow, sql, set)
}

/** Where the picture of an image lies; null where the set came without it. */
export function pictureOf({ dir }: Project, { path }: Pick<StoredImage, 'path'>): string | null {
  if (path === null) return null
  return path.startsWith(imagesPrefix) ? join(dir, path) : path
}
/** Says which part of the set each image belongs to, by position; null = none. */
export function setSplits(
  project: Project,
  set: number,
  splits: ReadonlyMap<number, string | null>,
): void {
  write(project, (db) => {
    const update = db.prepare('UPDATE image SET split = ? WHERE source_id = ? AND position = ?')
    for (const [position, split] of splits) update.run(split, set, position)
  })
}

const paintedRow = z.object({ count: z.int() })

/** How many images of a set were painted after it was imported. */
export function paintedSince({ db }: Project, set: number): number {
  const sql = 'SELECT count(DISTINCT frame) AS count FROM mask WHERE source_id = ? AND version > 1'
  return first(db, paintedRow, sql, set)?.count ?? 0
}
