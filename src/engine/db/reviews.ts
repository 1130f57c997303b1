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

export interface Review extends z.output<typeof reviewRow> {
  /** Whether it is about the region as it lies now: it was not moved since, or back again. */
  current: boolean
}

const outlineRow = z.object({ region: z.int(), outline: z.string(), from: z.string() })

/** Tells whether an answer about a region, given at a time, is about its outline of now. */
function outlineKnower(project: Project): (region: number, at: string) => boolean {
  const rows = all(
    project.db,
    outlineRow,
    `SELECT region_id AS region, geometry_hash || points AS outline, created_at AS "from"
     FROM region_revision ORDER BY id`,
  )
  const outlines = Map.groupBy(rows, ({ region }) => region)
  return (region, at) => {
    const own = outlines.get(region) ?? []
    const then = own.findLast(({ from }) => from <= at) ?? own[0]
    return then?.outline === own.at(-1)?.outline
  }
}

/** Everything that was reviewed in a source, by frame and region. */
export function listReviews(project: Project, source: number): Review[] {
  const isCurrent = outlineKnower(project)
  return all(
    project.db,
    reviewRow,
    `SELECT source_id AS source, frame, region_id AS region, occupied, at FROM review
     WHERE source_id = ? ORDER BY frame, region_id`,
    source,
  ).map((review) => ({ ...review, current: isCurrent(review.region, review.at) }))
}

/** What was reviewed in a source of the regions as they lie now. */
export function currentReviews(project: Project, source: number): Review[] {
  return listReviews(project, source).filter(({ current }) => current)
}

/** A judgement as it is given. */
export type GivenReview = Omit<Review, 'at' | 'current'>

/** Stores judgements; a later one about the same frame and region replaces the one before. */
export function saveReviews(project: Project, reviews: readonly GivenReview[]): void {
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
