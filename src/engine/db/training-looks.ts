/**
 * @file What is seen of a network while it is trained: how well it finds the people of one painted
 * frame now and then. Rows of `training_score` whose network is `part@iteration`.
 */
import { z } from 'zod'
import { personIou } from '../train/person-iou.ts'
import type { FrameScore } from '../train/types.ts'
import { type Project, write } from './handle.ts'
import { all, json } from './rows.ts'
import { frameScoreSchema } from './training-results.ts'

export interface TrainingLook {
  part: string
  /** Of the part, from 1: the network as it was after it. */
  iteration: number
  score: FrameScore
}

/** An iteration that is done again after a kill takes the place of the former one. */
export function saveTrainingLook(
  project: Project,
  training: number,
  { part, iteration, score }: TrainingLook,
): void {
  write(project, (db) =>
    db
      .prepare('INSERT OR REPLACE INTO training_score VALUES (?, ?, ?, ?, ?)')
      .run(training, `${part}@${iteration}`, personIou(score), score.loss, JSON.stringify([score])),
  )
}

const lookRow = z.object({
  part: z.string(),
  iteration: z.int(),
  frames: json(z.tuple([frameScoreSchema])),
})

/** The looks of a training, part by part in the order of their iterations. */
export function listTrainingLooks(project: Project, training: number): TrainingLook[] {
  const rows = all(
    project.db,
    lookRow,
    `SELECT substr(network, 1, instr(network, '@') - 1) AS part,
       CAST(substr(network, instr(network, '@') + 1) AS INTEGER) AS iteration, frames
     FROM training_score WHERE training_id = ? AND instr(network, '@') > 0
     ORDER BY part, iteration`,
    training,
  )
  return rows.map(({ frames: [score], ...look }) => ({ ...look, score }))
}
