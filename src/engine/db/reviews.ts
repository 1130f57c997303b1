/** @file What reviewers said: is the region occupied in the frame, yes or no. */
import { z } from 'zod'
import { type Project, write } from './handle.ts'
import { all, flag } from './rows.ts'

const reviewRow = z.object({
  source: z.int(),
  frame: z.int(),
  region: z.int(),
  occupied: flag,
  at: z.string(),
})

export type Review = z.output<typeof reviewRow>

/** Everything that was reviewed in a source, by frame and region. */
export function listReviews(project: Project, source: number): Review[] {
  return all(
    project.db,
    reviewRow,
    `SELECT source_id AS source, frame, region_id AS region, occupied, at FROM review
     WHERE source_id = ? ORDER BY frame, region_id`,
    source,
  )
}

/** Stores judgements; a later one about the same frame and region replaces the one before. */
export function saveReviews(project: Project, reviews: readonly Omit<Review, 'at'>[]): void {
  write(project, (db) => {
    const insert = db.prepare(
      `INSERT INTO review VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET occupied = excluded.occupied, at = excluded.at`,
    )
    const at = new Date().toISOString()
    for (const { source, frame, region, occupied } of reviews)
      insert.run(source, frame, region, occupied ? 1 : 0, at)
  })
}

/** Takes judgements back. */
export function deleteReviews(
  project: Project,
  reviews: readonly Pick<Review, 'source' | 'frame' | 'region'>[],
): void {
  write(project, (db) => {
    const remove = db.prepare(
      'DELETE FROM review WHERE source_id = ? AND frame = ? AND region_id = ?',
    )
    for (const { source, frame, region } of reviews) remove.run(source, frame, region)
  })
}
