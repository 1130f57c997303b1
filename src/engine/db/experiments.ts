/** @file Experiments: what each is, how it stands, and the queue. */
import { z } from 'zod'
import { failureSchema } from '../../shared/contract/training.ts'
import { AppError } from '../../shared/errors.ts'
import {
  type ExperimentSettings,
  type ExperimentState,
  experimentSchema,
  experimentStates,
} from '../../shared/experiment.ts'
import { type Project, write } from './handle.ts'
import { all, first, json } from './rows.ts'

const pictureSchema = z.object({
  source: z.int(),
  frame: z.int(),
  path: z.string(),
  /** Of the mask as it was when the experiment began, and its version. */
  sha256: z.string(),
  version: z.int(),
  width: z.int(),
  height: z.int(),
})

const planSchema = z.object({
  train: z.array(pictureSchema),
  validation: z.array(pictureSchema),
  /** Names in channel order, and for each of 256 values of a mask its channel, 255 = ignored. */
  classes: z.array(z.string()),
  channels: z.array(z.int()),
  /** The network it starts from; null = random weights. */
  base: z.object({ id: z.string(), name: z.string(), sha256: z.string() }).nullable(),
  warnings: z.array(z.string()),
})

/** What an experiment works on besides its settings; fixed at its start. */
export type ExperimentPlan = z.output<typeof planSchema>
export type ExperimentPicture = ExperimentPlan['train'][number]

const experimentRow = z.object({
  id: z.int(),
  settings: json(experimentSchema),
  state: z.enum(experimentStates),
  /** Orders the queue; null = not in it. */
  place: z.number().nullable(),
  job: z.int().nullable(),
  plan: json(planSchema).nullable(),
  error: json(failureSchema).nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
})

export type Experiment = z.output<typeof experimentRow>

const select = `SELECT id, settings, state, place, job_id AS job, plan, error,
  created_at AS createdAt, started_at AS startedAt, finished_at AS finishedAt FROM experiment`

/** The experiments of the project, the latest first. */
export function listExperiments(project: Project): Experiment[] {
  return all(project.db, experimentRow, `${select} ORDER BY id DESC`)
}

export function findExperiment(project: Project, id: number): Experiment | undefined {
  return first(project.db, experimentRow, `${select} WHERE id = ?`, id)
}

/** @throws AppError `no-such-experiment` that lists those there are */
export function getExperiment(project: Project, id: number): Experiment {
  const found = findExperiment(project, id)
  if (found) return found
  const known = all(project.db, z.object({ id: z.int() }), 'SELECT id FROM experiment ORDER BY id')
  throw new AppError(
    'no-such-experiment',
    `the project has no experiment ${id}`,
    known.length > 0
      ? `It has ${known.map((one) => one.id).join(', ')}.`
      : 'Make one with `maskbench experiment run`.',
  )
}

/** Stores an experiment that is in no queue yet, and returns its id. */
export function addExperiment(project: Project, settings: ExperimentSettings): number {
  return write(project, (db) =>
    Number(
      db
        .prepare(
          `INSERT INTO experiment (name, settings, state, created_at) VALUES (?, ?, 'draft', ?)`,
        )
        .run(settings.name, JSON.stringify(settings), new Date().toISOString()).lastInsertRowid,
    ),
  )
}

/** Changes one that has not begun. */
export function updateExperiment(project: Project, id: number, settings: ExperimentSettings): void {
  write(project, (db) =>
    db
      .prepare('UPDATE experiment SET name = ?, settings = ? WHERE id = ?')
      .run(settings.name, JSON.stringify(settings), id),
  )
}

/** Fixes what an experiment works on. */
export function setExperimentPlan(project: Project, id: number, plan: ExperimentPlan): void {
  write(project, (db) =>
    db.prepare('UPDATE experiment SET plan = ? WHERE id = ?').run(JSON.stringify(plan), id),
  )
}

/** Marks an experiment as running, for the first time or again. */
export function startExperiment(project: Project, id: number, job: number): void {
  const now = new Date().toISOString()
  write(project, (db) =>
    db
      .prepare(
        `UPDATE experiment SET state = 'running', job_id = ?, error = NULL, finished_at = NULL,
           started_at = coalesce(started_at, ?) WHERE id = ?`,
      )
      .run(job, now, id),
  )
}

/**
 * Ends an experiment. It leaves the queue unless it was `interrupted`, after which it is the first to
 * go on.
 */
export function finishExperiment(
  project: Project,
  id: number,
  state: Extract<ExperimentState, 'done' | 'failed' | 'cancelled' | 'interrupted'>,
  error?: AppError,
): void {
  const place = state === 'interrupted' ? '' : ', place = NULL'
  write(project, (db) => {
    db.prepare(
      `UPDATE experiment SET state = ?, error = ?, finished_at = ?${place} WHERE id = ?`,
    ).run(state, error ? JSON.stringify(error) : null, new Date().toISOString(), id)
    if (state !== 'done')
      db.prepare(
        `UPDATE experiment_run SET state = ? WHERE experiment_id = ? AND state = 'running'`,
      ).run(state, id)
  })
}

/** Removes an experiment with its curves. */
export function removeExperiment(project: Project, id: number): void {
  write(project, (db) => db.prepare('DELETE FROM experiment WHERE id = ?').run(id))
}

/** Called when a writer opens the project: nobody else can be working on its experiments. */
export function interruptExperiments(project: Project): void {
  write(project, (db) => {
    for (const table of ['experiment', 'experiment_run'])
      db.prepare(`UPDATE ${table} SET state = 'interrupted' WHERE state = 'running'`).run()
  })
}
