/** @file Trainings: what each was made from, fixed when it starts, and how it ended. */
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { trainSettingsSchema } from '../../shared/train-settings.ts'
import { type Project, write } from './handle.ts'
import { all, first, flag, json } from './rows.ts'

const frameSchema = z.object({ source: z.int(), frame: z.int() })

const planSchema = z.object({
  /** The painted frames, with the masks as they were. */
  labels: z.array(frameSchema.extend({ sha256: z.string(), geometryHash: z.string() })),
  /** Those of them that the trial is scored on; empty = no trial. */
  heldOut: z.array(frameSchema),
  backgroundFrames: z.array(frameSchema),
  unlabelledFrames: z.array(frameSchema),
  /** Names of the new network's classes in channel order. */
  classes: z.array(z.string()),
  /** For each of them the class of the base that it starts from. */
  classMap: z.record(z.string(), z.string().nullable()),
  /** What the user was told of it before it began. */
  warnings: z.array(z.string()).default([]),
})

/** What a training works on besides its settings; plain data, written once. */
export type TrainingPlan = z.output<typeof planSchema>

const trainingRow = z.object({
  id: z.int(),
  /** The job that worked on it last; null before its first. */
  job: z.int().nullable(),
  modelId: z.string(),
  baseId: z.string(),
  baseSha256: z.string(),
  geometryHash: z.string(),
  settings: json(trainSettingsSchema),
  plan: json(planSchema),
  state: z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']),
  device: z.string().nullable(),
  /** Whether the network became the active one; null until the training is done. */
  adopted: flag.nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
})

export type Training = z.output<typeof trainingRow>

export type NewTraining = Pick<
  Training,
  'modelId' | 'baseId' | 'baseSha256' | 'geometryHash' | 'settings' | 'plan'
>

const select = `SELECT id, job_id AS job, model_id AS modelId, base_id AS baseId, base_sha256 AS baseSha256,
  geometry_hash AS geometryHash, settings, plan, state, device, adopted, created_at AS createdAt,
  finished_at AS finishedAt FROM training`

/** The trainings of the project, the latest first. */
export function listTrainings(project: Project): Training[] {
  return all(project.db, trainingRow, `${select} ORDER BY id DESC`)
}

export function getTraining(project: Project, id: number): Training {
  const training = first(project.db, trainingRow, `${select} WHERE id = ?`, id)
  if (training) return training
  throw new AppError('internal', `the project has no training ${id}`)
}

/** Makes a training that has not begun. */
export function createTraining(project: Project, training: NewTraining): Training {
  return write(project, (db) => {
    const { lastInsertRowid } = db
      .prepare(
        `INSERT INTO training (model_id, base_id, base_sha256, geometry_hash, settings, plan, state,
           created_at)
         VALUES (@modelId, @baseId, @baseSha256, @geometryHash, @settings, @plan, 'interrupted', @now)`,
      )
      .run({
        ...training,
        settings: JSON.stringify(training.settings),
        plan: JSON.stringify(training.plan),
        now: new Date().toISOString(),
      })
    return getTraining(project, Number(lastInsertRowid))
  })
}

/** Marks a training as running, for the first time or again. */
export function startTraining(project: Project, id: number, job: number): void {
  write(project, (db) =>
    db
      .prepare(`UPDATE training SET state = 'running', job_id = ?, finished_at = NULL WHERE id = ?`)
      .run(job, id),
  )
}

export function setTrainingDevice(project: Project, id: number, device: string): void {
  write(project, (db) => db.prepare('UPDATE training SET device = ? WHERE id = ?').run(device, id))
}

/** Ends a training; one that is done says whether its network became the active one. */
export function finishTraining(
  project: Project,
  id: number,
  end: { state: 'done'; adopted: boolean } | { state: 'failed' | 'cancelled' },
): void {
  const adopted = end.state === 'done' ? Number(end.adopted) : null
  write(project, (db) =>
    db
      .prepare('UPDATE training SET state = ?, adopted = ?, finished_at = ? WHERE id = ?')
      .run(end.state, adopted, new Date().toISOString(), id),
  )
}

/** Called when a writer opens the project: nobody else can be working on its trainings. */
export function interruptTrainings(project: Project): void {
  write(project, (db) =>
    db.prepare(`UPDATE training SET state = 'interrupted' WHERE state = 'running'`).run(),
  )
}
