/** @file What experiments yield: their curves, and the networks that are kept. */
import { z } from 'zod'
import type { EpochResult } from '../experiments/types.ts'
import { type Project, write } from './handle.ts'
import { all, json } from './rows.ts'

const runRow = z.object({
  seed: z.int(),
  state: z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']),
  device: z.string().nullable(),
  parameters: z.int().nullable(),
  memoryBytes: z.int().nullable(),
})

export type StoredRun = z.output<typeof runRow>

/** The seeds of an experiment that have begun. */
export function listExperimentRuns({ db }: Project, experiment: number): StoredRun[] {
  const sql = `SELECT seed, state, device, parameters, memory_bytes AS memoryBytes
    FROM experiment_run WHERE experiment_id = ?`
  return all(db, runRow, sql, experiment)
}

/** Says how a seed stands. */
export function setRunState(
  project: Project,
  at: { experiment: number; seed: number },
  state: StoredRun['state'],
): void {
  write(project, (db) =>
    db
      .prepare(
        `INSERT INTO experiment_run (experiment_id, seed, state) VALUES (@experiment, @seed, @state)
         ON CONFLICT DO UPDATE SET state = @state`,
      )
      .run({ ...at, state }),
  )
}

/** What a stage works with; of several stages the largest numbers stay. */
export function setRunSize(
  project: Project,
  at: { experiment: number; seed: number },
  size: { device: string; parameters: number; memoryBytes: number },
): void {
  write(project, (db) =>
    db
      .prepare(
        `UPDATE experiment_run SET device = @device,
           parameters = max(coalesce(parameters, 0), @parameters),
           memory_bytes = max(coalesce(memory_bytes, 0), @memoryBytes)
         WHERE experiment_id = @experiment AND seed = @seed`,
      )
      .run({ ...at, ...size, memoryBytes: Math.round(size.memoryBytes) }),
  )
}

const share = z.number().nullable()

const epochRow = z.object({
  seed: z.int(),
  stage: z.int(),
  epoch: z.int(),
  trainLoss: z.number(),
  validationLoss: z.number(),
  ...{ meanIou: share, meanDice: share, pixelAccuracy: share },
  classIou: json(z.array(share)),
  classDice: json(z.array(share)),
  learningRate: z.number(),
  seconds: z.number(),
  validationSeconds: z.number(),
})

export type StoredEpoch = z.output<typeof epochRow>

/** The epochs of an experiment by seed, stage and number. */
export function listExperimentEpochs({ db }: Project, experiment: number): StoredEpoch[] {
  const sql = `SELECT seed, stage, epoch, train_loss AS trainLoss, validation_loss AS validationLoss,
      mean_iou AS meanIou, mean_dice AS meanDice, pixel_accuracy AS pixelAccuracy,
      class_iou AS classIou, class_dice AS classDice, learning_rate AS learningRate, seconds,
      validation_seconds AS validationSeconds
    FROM experiment_epoch WHERE experiment_id = ? ORDER BY seed, stage, epoch`
  return all(db, epochRow, sql, experiment)
}

/** Stores an epoch; one that is done again after a kill takes the place of the former one. */
export function saveExperimentEpoch(
  project: Project,
  at: { experiment: number; seed: number; stage: number },
  { classIou, classDice, ...result }: EpochResult,
): void {
  write(project, (db) =>
    db
      .prepare(
        `INSERT OR REPLACE INTO experiment_epoch VALUES (@experiment, @seed, @stage, @epoch,
           @trainLoss, @validationLoss, @meanIou, @meanDice, @pixelAccuracy, @classIou, @classDice,
           @learningRate, @seconds, @validationSeconds)`,
      )
      .run({
        ...at,
        ...result,
        classIou: JSON.stringify(classIou),
        classDice: JSON.stringify(classDice),
      }),
  )
}

const checkpointRow = z.object({
  seed: z.int(),
  kind: z.enum(['best', 'last', 'every']),
  stage: z.int(),
  epoch: z.int(),
  model: z.string(),
})

export type StoredCheckpoint = z.output<typeof checkpointRow>

/** The networks of an experiment that are kept. */
export function listCheckpoints({ db }: Project, experiment: number): StoredCheckpoint[] {
  const sql = `SELECT seed, kind, stage, epoch, model_id AS model FROM experiment_checkpoint
    WHERE experiment_id = ? ORDER BY seed, stage, epoch, kind`
  return all(db, checkpointRow, sql, experiment)
}

export function saveCheckpoint(
  project: Project,
  experiment: number,
  checkpoint: StoredCheckpoint,
): void {
  write(project, (db) =>
    db
      .prepare(
        `INSERT OR REPLACE INTO experiment_checkpoint
         VALUES (@experiment, @seed, @kind, @stage, @epoch, @model)`,
      )
      .run({ experiment, ...checkpoint }),
  )
}
