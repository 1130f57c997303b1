/** @file The queue of experiments, which survives the program: one after the other by their places. */
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { getExperiment } from './experiments.ts'
import { type Project, write } from './handle.ts'
import { all } from './rows.ts'

const queuedRow = z.object({ id: z.int(), state: z.string() })

/** Ids of what is in the queue in its order; the first may be under way or was interrupted. */
export function queuedExperiments({ db }: Project): number[] {
  const sql = 'SELECT id, state FROM experiment WHERE place IS NOT NULL ORDER BY place, id'
  return all(db, queuedRow, sql).map(({ id }) => id)
}

/** The next one to work on; undefined where nothing waits. */
export function nextExperiment({ db }: Project): number | undefined {
  const sql = `SELECT id, state FROM experiment WHERE place IS NOT NULL AND state <> 'running'
    ORDER BY place, id LIMIT 1`
  return all(db, queuedRow, sql)[0]?.id
}

function requireWaiting(project: Project, id: number): void {
  const { state } = getExperiment(project, id)
  if (state !== 'running') return
  throw new AppError(
    'experiment-under-way',
    `experiment ${id} is under way`,
    'Wait until it is done, or cancel it first.',
  )
}

/**
 * Puts experiments at the queue's end in this order, or at its head; one that is in it moves.
 * @throws AppError `no-such-experiment`; `experiment-under-way`; `bad-value` for one that is done
 */
export function enqueue(project: Project, ids: readonly number[], where: 'end' | 'head'): void {
  for (const id of ids) {
    requireWaiting(project, id)
    if (getExperiment(project, id).state === 'done')
      throw new AppError(
        'bad-value',
        `experiment ${id} is done`,
        'Make another one with the same settings and another seed, or go on from its weights.',
      )
  }
  const end = `(SELECT coalesce(max(place), 0) + 1 FROM experiment)`
  const head = `(SELECT coalesce(min(place), 0) - 1 FROM experiment WHERE state <> 'running')`
  write(project, (db) => {
    const place = db.prepare(
      `UPDATE experiment SET place = ${where === 'end' ? end : head},
         state = CASE state WHEN 'draft' THEN 'queued' ELSE state END WHERE id = ?`,
    )
    for (const id of where === 'end' ? ids : ids.toReversed()) place.run(id)
  })
}

/** Takes one that waits out of the queue. Throws `no-such-experiment`, `experiment-under-way`. */
export function unqueue(project: Project, id: number): void {
  requireWaiting(project, id)
  write(project, (db) =>
    db
      .prepare(
        `UPDATE experiment SET place = NULL,
           state = CASE state WHEN 'queued' THEN 'draft' ELSE state END WHERE id = ?`,
      )
      .run(id),
  )
}

/**
 * The queue in this order. Throws `bad-value` unless `ids` are those that wait in it.
 */
export function reorderQueue(project: Project, ids: readonly number[]): void {
  const waiting = queuedExperiments(project).filter(
    (id) => getExperiment(project, id).state !== 'running',
  )
  const wanted = [...ids].sort((a, b) => a - b).join(', ')
  const known = [...waiting].sort((a, b) => a - b).join(', ')
  if (wanted !== known)
    throw new AppError(
      'bad-value',
      `an order of ${wanted} was given; ${known || 'nothing'} waits in the queue`,
      'Name each of those once.',
    )
  enqueue(project, ids, 'end')
}
