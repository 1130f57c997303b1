/**
 * @file The journal of strokes: what was painted since the latest version of a mask. A stroke that is
 * in it is on the disk (see connection.ts), so that it may be acknowledged.
 */
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import type { Size } from '../../shared/recipe.ts'
import type { Stroke } from '../../shared/stroke.ts'
import { type Project, write } from './handle.ts'
import { findImage } from './image-labels.ts'
import { asItIs } from './image-sets.ts'
import type { FrameAt } from './masks.ts'
import { activeRecipe } from './recipes.ts'
import { all, blob, first } from './rows.ts'

/** By what a stroke is known when it comes a second time: the page's session and its number there. */
export interface StrokeKey {
  session: string
  number: number
}

/** A stroke whose pixels are deflated, as it is stored. */
export interface PackedStroke extends Omit<Stroke, 'data'> {
  pixels: Uint8Array
}

const strokeRow = z.object({
  maskWidth: z.int(),
  maskHeight: z.int(),
  geometryHash: z.string(),
  x: z.int(),
  y: z.int(),
  width: z.int(),
  height: z.int(),
  pixels: blob,
})

export type StoredStroke = z.output<typeof strokeRow>

/** The strokes of a frame in the order in which they came. */
export function frameStrokes(project: Project, { source, frame }: FrameAt): StoredStroke[] {
  return all(
    project.db,
    strokeRow,
    `SELECT mask_width AS maskWidth, mask_height AS maskHeight, geometry_hash AS geometryHash,
       x, y, width, height, pixels
     FROM stroke WHERE source_id = ? AND frame = ? ORDER BY id`,
    source,
    frame,
  )
}

const journalRow = z.object({
  source: z.int(),
  frame: z.int(),
  strokes: z.int(),
  /** Of the last stroke: it tells whether there are new ones. */
  last: z.int(),
})

/** The frames that have strokes. */
export function framesWithStrokes(project: Project): z.output<typeof journalRow>[] {
  return all(
    project.db,
    journalRow,
    `SELECT source_id AS source, frame, count(*) AS strokes, max(id) AS last
     FROM stroke GROUP BY source_id, frame ORDER BY source_id, frame`,
  )
}

/** How many strokes a frame has, and of which mask the last one is. */
export function lastStroke(project: Project, { source, frame }: FrameAt) {
  return first(
    project.db,
    z.object({ geometryHash: z.string(), strokes: z.int() }),
    `SELECT geometry_hash AS geometryHash,
       (SELECT count(*) FROM stroke WHERE source_id = @source AND frame = @frame) AS strokes
     FROM stroke WHERE source_id = @source AND frame = @frame ORDER BY id DESC LIMIT 1`,
    { source, frame },
  )
}

/**
 * Whether a stroke was stored before, folded or not. A page sends a stroke when the one before it
 * has been answered; so every number up to the highest that was folded has been here.
 */
export function isKnownStroke(project: Project, { session, number }: StrokeKey): boolean {
  const known = first(
    project.db,
    z.object({ known: z.literal([0, 1]) }),
    `SELECT EXISTS (SELECT 1 FROM stroke WHERE session = @session AND number = @number)
       OR EXISTS (SELECT 1 FROM stroke_session WHERE session = @session AND folded >= @number)
       AS known`,
    { session, number },
  )
  return known?.known === 1
}

/**
 * The pixels that are painted in: those of the recipe, or of the picture itself in a set. Undefined
 * where there is no recipe yet.
 */
export function paintedPixels(
  project: Project,
  { source, frame }: FrameAt,
): { geometryHash: string; size: Size } | undefined {
  const image = findImage(project, source, frame)
  if (image) return { geometryHash: asItIs, size: image }
  const active = activeRecipe(project)
  return active && { geometryHash: active.geometryHash, size: active.recipe.size }
}

/** What strokes are painted in. Throws `mask-size-differs`, `other-geometry`. */
function requireGeometry(
  project: Project,
  at: FrameAt,
  { mask }: PackedStroke,
  paintedIn: string | undefined,
): string {
  const active = paintedPixels(project, at)
  const reload = 'Reload the page and paint it again.'
  if (!active)
    throw new AppError('bad-recipe', 'the project has no recipe to paint in', 'Set one first.')
  if (paintedIn !== undefined && paintedIn !== active.geometryHash)
    throw new AppError(
      'other-geometry',
      'the stroke was painted in another recipe than the project has now',
      reload,
    )
  const { width, height } = active.size
  if (mask.width === width && mask.height === height) return active.geometryHash
  throw new AppError(
    'mask-size-differs',
    `the stroke is of a mask of ${mask.width}x${mask.height}, the project's picture is ${width}x${height}`,
    reload,
  )
}

/**
 * Adds a stroke to the journal, inside the caller's transaction.
 * @param paintedIn hash of the recipe it was painted in, where the page says so
 * @throws AppError `mask-size-differs` or `other-geometry` for a stroke of another recipe's picture
 */
export function insertStroke(
  project: Project,
  at: FrameAt,
  stroke: PackedStroke & StrokeKey,
  paintedIn?: string,
): void {
  const geometryHash = requireGeometry(project, at, stroke, paintedIn)
  const { session, number, mask, x, y, width, height, pixels } = stroke
  write(project, (db) =>
    db
      .prepare(
        `INSERT INTO stroke (source_id, frame, session, number, mask_width, mask_height,
           geometry_hash, x, y, width, height, pixels, created_at)
         VALUES (@source, @frame, @session, @number, @maskWidth, @maskHeight,
           @geometryHash, @x, @y, @width, @height, @pixels, @now)`,
      )
      .run({
        ...{ source: at.source, frame: at.frame, session, number, geometryHash },
        ...{ maskWidth: mask.width, maskHeight: mask.height, x, y, width, height, pixels },
        now: new Date().toISOString(),
      }),
  )
}

/** Takes the strokes of a frame out of the journal; their numbers stay known. */
export function dropStrokes(db: Database, { source, frame }: FrameAt): void {
  db.prepare(
    `INSERT INTO stroke_session
       SELECT session, max(number) FROM stroke WHERE source_id = ? AND frame = ? GROUP BY session
     ON CONFLICT (session) DO UPDATE SET folded = max(folded, excluded.folded)`,
  ).run(source, frame)
  db.prepare('DELETE FROM stroke WHERE source_id = ? AND frame = ?').run(source, frame)
}
