/** @file Which shapes a run has scores for, and how good they are. */
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { canonicalJson, sizeSchema } from '../../shared/recipe.ts'
import { pointSchema } from '../../shared/region.ts'
import { type Shape, shapeHash } from '../count/shape.ts'
import type { Project } from './handle.ts'
import { all, flag, json } from './rows.ts'

const polygon = z.array(pointSchema)
const shapeSchema = z.object({
  points: polygon,
  ignored: z.array(polygon),
  size: sizeSchema,
}) satisfies z.ZodType<Shape>

const runShapeRow = z.object({
  id: z.int(),
  hash: z.string(),
  shape: json(shapeSchema),
  /** Scored from the stored probability maps, not from the network's answer itself. */
  approximate: flag,
  /** Positions that have scores, from the first. */
  scored: z.int(),
})

export type RunShape = z.output<typeof runShapeRow>

/** The shapes of a run in their order: those it was made with, then those added later. */
export function runShapes(project: Project, run: number): RunShape[] {
  return all(
    project.db,
    runShapeRow,
    `SELECT shape.id, hash, json AS shape, approximate, scored
     FROM run_shape JOIN shape ON shape.id = shape_id WHERE run_id = ? ORDER BY ordinal`,
    run,
  )
}

interface Attachment {
  run: number
  shape: Shape
  approximate: boolean
}

/** Adds a shape to a run where it lacks it, inside the caller's transaction; returns its id. */
export function attachShape(db: Database, { run, shape, approximate }: Attachment): number {
  const hash = shapeHash(shape)
  db.prepare('INSERT INTO shape (hash, json) VALUES (?, ?) ON CONFLICT DO NOTHING').run(
    hash,
    canonicalJson(shape),
  )
  const id = z.int().parse(db.prepare('SELECT id FROM shape WHERE hash = ?').pluck().get(hash))
  db.prepare(
    `INSERT INTO run_shape (run_id, shape_id, ordinal, approximate)
     VALUES (@run, @id, (SELECT count(*) FROM run_shape WHERE run_id = @run), @approximate)
     ON CONFLICT (run_id, shape_id) DO NOTHING`,
  ).run({ run, id, approximate: approximate ? 1 : 0 })
  return id
}
