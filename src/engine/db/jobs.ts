/** @file Jobs: long work whose arguments are fixed when it starts, and how far it got. */
import { z } from 'zod'
import type { AppError } from '../../shared/errors.ts'
import type { JobProgress } from '../../shared/progress.ts'
import { type Project, write } from './handle.ts'
import { all, first, flag, json } from './rows.ts'

const jobRow = z.object({
  id: z.int(),
  kind: z.string(),
  /** What it does, in words for the user; empty for one that the command line started. */
  title: z.string(),
  arguments: json(z.unknown()),
  state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled', 'interrupted']),
  stage: z.string(),
  done: z.int(),
  total: z.int(),
  error: json(z.object({ code: z.string(), message: z.string(), hint: z.string() })).nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  /** Whether the user has put it away. */
  dismissed: flag,
})

export type StoredJob = z.output<typeof jobRow>

const select = `SELECT id, kind, title, arguments, state, stage, done, total, error, dismissed,
  created_at AS createdAt, started_at AS startedAt, finished_at AS finishedAt FROM job`

/** The jobs of the project, the latest first. */
export function listJobs(project: Project): StoredJob[] {
  return all(project.db, jobRow, `${select} ORDER BY id DESC`)
}

export function getJob(project: Project, id: number): StoredJob | undefined {
  return first(project.db, jobRow, `${select} WHERE id = ?`, id)
}

/** Queues a job; the kind says what shape its arguments have. Returns its id. */
export function addJob(project: Project, kind: string, args: unknown, title = ''): number {
  return write(project, (db) =>
    Number(
      db
        .prepare(
          `INSERT INTO job (kind, title, arguments, state, created_at)
           VALUES (?, ?, ?, 'queued', ?)`,
        )
        .run(kind, title, JSON.stringify(args), new Date().toISOString()).lastInsertRowid,
    ),
  )
}

/** Marks a job as running, for the first time or again. */
export function startJob(project: Project, id: number): void {
  write(project, (db) =>
    db
      .prepare(
        `UPDATE job SET state = 'running', started_at = coalesce(started_at, ?),
           finished_at = NULL, error = NULL WHERE id = ?`,
      )
      .run(new Date().toISOString(), id),
  )
}

export function setJobProgress(
  project: Project,
  id: number,
  { stage, done, total }: Pick<JobProgress, 'stage' | 'done' | 'total'>,
): void {
  write(project, (db) =>
    db
      .prepare('UPDATE job SET stage = ?, done = ?, total = ? WHERE id = ?')
      .run(stage, done, total, id),
  )
}

/** Ends a job: done without an error; else cancelled or failed, as the error says. */
export function finishJob(project: Project, id: number, error?: AppError): void {
  const state = !error ? 'done' : error.code === 'cancelled' ? 'cancelled' : 'failed'
  write(project, (db) =>
    db
      .prepare('UPDATE job SET state = ?, error = ?, finished_at = ? WHERE id = ?')
      .run(state, error ? JSON.stringify(error) : null, new Date().toISOString(), id),
  )
}

/** Puts a job away. */
export function dismissJob(project: Project, id: number): void {
  write(project, (db) => db.prepare('UPDATE job SET dismissed = 1 WHERE id = ?').run(id))
}

/**
 * Marks what is under way as interrupted. Called when a writer opens the project: nobody else can be
 * running its jobs, and those that waited for their turn have nobody who would start them.
 */
export function interruptJobs(project: Project): void {
  write(project, (db) =>
    db.prepare(`UPDATE job SET state = 'interrupted' WHERE state IN ('queued', 'running')`).run(),
  )
}
