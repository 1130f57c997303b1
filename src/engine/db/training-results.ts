/** @file What a training yields: its curve while it runs, its finished parts, scores of networks. */
import { z } from 'zod'
import type { FrameScore, ScoreResult, TrainSummary } from '../train/types.ts'
import { type Project, requireWriter, write } from './handle.ts'
import { all, first, json } from './rows.ts'

const stepRow = z.object({
  part: z.string(),
  /** From 1. */
  iteration: z.int(),
  loss: z.number(),
  learningRate: z.number(),
  seconds: z.number(),
})

/** One point of a training's curve. */
export type TrainingStep = z.output<typeof stepRow>

/** The curve of a training as far as it goes, part by part in the order of their names. */
export function listTrainingSteps(project: Project, training: number): TrainingStep[] {
  return all(
    project.db,
    stepRow,
    `SELECT part, iteration, loss, learning_rate AS learningRate, seconds FROM training_step
     WHERE training_id = ? ORDER BY part, iteration`,
    training,
  )
}

/**
 * Points of a part's curve, evenly spread over its iterations, the last one always among them.
 * @param most how many, about
 */
export function partCurve(
  project: Project,
  training: number,
  { part, iterations, most }: { part: string; iterations: number; most: number },
): Omit<TrainingStep, 'part'>[] {
  return all(
    project.db,
    stepRow.omit({ part: true }),
    `SELECT iteration, loss, learning_rate AS learningRate, seconds FROM training_step
     WHERE training_id = @training AND part = @part AND ((iteration - 1) % @stride = 0 OR iteration =
       (SELECT max(iteration) FROM training_step WHERE training_id = @training AND part = @part))
     ORDER BY iteration`,
    { training, part, stride: Math.max(1, Math.ceil(iterations / most)) },
  )
}

/** The median of what the steps of a training took; undefined where it has none. */
export function secondsOfSteps(project: Project, training: number): number | undefined {
  const sql = `SELECT seconds FROM training_step WHERE training_id = @training ORDER BY seconds
    LIMIT 1 OFFSET (SELECT count(*) / 2 FROM training_step WHERE training_id = @training)`
  return first(project.db, stepRow.pick({ seconds: true }), sql, { training })?.seconds
}

/** How long a step may wait until it is stored. */
const storeEveryMs = 1000

/**
 * Takes the steps of a part and stores them about once a second, so that others see the curve while
 * it grows. An iteration that is done again after a kill takes the place of the former one.
 */
export class StepWriter {
  readonly #project: Project
  readonly #training: number
  readonly #part: string
  #waiting: Omit<TrainingStep, 'part'>[] = []
  #storedAt = performance.now()

  /** @throws AppError `read-only` */
  constructor(project: Project, training: number, part: string) {
    requireWriter(project)
    this.#project = project
    this.#training = training
    this.#part = part
  }

  append(step: Omit<TrainingStep, 'part'>): void {
    this.#waiting.push(step)
    if (performance.now() - this.#storedAt >= storeEveryMs) this.flush()
  }

  /** Stores what was taken so far. */
  flush(): void {
    const steps = this.#waiting
    this.#waiting = []
    this.#storedAt = performance.now()
    if (steps.length === 0) return
    write(this.#project, (db) => {
      const insert = db.prepare('INSERT OR REPLACE INTO training_step VALUES (?, ?, ?, ?, ?, ?)')
      for (const { iteration, loss, learningRate, seconds } of steps)
        insert.run(this.#training, this.#part, iteration, loss, learningRate, seconds)
    })
  }
}

const summarySchema = z.object({
  modelFolder: z.string(),
  iterations: z.int(),
  seconds: z.number(),
  secondsPerStep: z.number(),
  loss: z.object({ first: z.number(), last: z.number() }),
  device: z.string(),
  fallback: z.array(z.object({ op: z.string(), count: z.int() })).default([]),
  memoryBytes: z.number(),
}) satisfies z.ZodType<TrainSummary>

/** What a part of a training gave; undefined until it was trained to its end. */
export function finishedPart(
  project: Project,
  training: number,
  part: string,
): TrainSummary | undefined {
  const sql = 'SELECT summary FROM training_part WHERE training_id = ? AND part = ?'
  return first(project.db, z.object({ summary: json(summarySchema) }), sql, training, part)?.summary
}

/** Says that a part was trained to its end. */
export function saveFinishedPart(
  project: Project,
  training: number,
  part: string,
  summary: TrainSummary,
): void {
  write(project, (db) =>
    db
      .prepare('INSERT OR REPLACE INTO training_part VALUES (?, ?, ?)')
      .run(training, part, JSON.stringify(summary)),
  )
}

export const frameScoreSchema = z.object({
  source: z.int(),
  frame: z.int(),
  intersection: z.number(),
  union: z.number(),
  loss: z.number(),
}) satisfies z.ZodType<FrameScore>

const scoreRow = z.object({
  network: z.string(),
  personIou: z.number(),
  loss: z.number(),
  frames: json(z.array(frameScoreSchema)),
})

/** The scores of networks on the held-out frames, by network; looks at one of them are none. */
export function listTrainingScores(project: Project, training: number): Map<string, ScoreResult> {
  const rows = all(
    project.db,
    scoreRow,
    `SELECT network, person_iou AS personIou, loss, frames FROM training_score
     WHERE training_id = ? AND instr(network, '@') = 0`,
    training,
  )
  return new Map(rows.map(({ network, ...score }) => [network, score]))
}

export function saveTrainingScore(
  project: Project,
  training: number,
  network: string,
  { personIou, loss, frames }: ScoreResult,
): void {
  write(project, (db) =>
    db
      .prepare('INSERT OR REPLACE INTO training_score VALUES (?, ?, ?, ?, ?)')
      .run(training, network, personIou, loss, JSON.stringify(frames)),
  )
}
