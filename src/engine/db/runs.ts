/** @file Runs: one network over one list of frames, with one recipe and one input size. */
import { rmSync } from 'node:fs'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import type { Shape } from '../count/shape.ts'
import { type Project, write } from './handle.ts'
import { mapsFile } from './layout.ts'
import { all, first } from './rows.ts'
import { attachShape } from './shapes.ts'

const runRow = z.object({
  id: z.int(),
  source: z.int(),
  geometryHash: z.string(),
  modelId: z.string(),
  modelSha256: z.string(),
  inputWidth: z.int(),
  inputHeight: z.int(),
  device: z.string(),
  /** Canonical text of the frame list, see formatFrameList. */
  frameList: z.string(),
  frames: z.int(),
  /** Positions of the list that are stored, from the first; a resumed run begins at this one. */
  done: z.int(),
  state: z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']),
  /** Time it took so far, pauses left out. */
  seconds: z.number(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
})

export type Run = z.output<typeof runRow>

/** What makes two runs the same work: their numbers are equal. */
export type RunIdentity = Pick<
  Run,
  'source' | 'geometryHash' | 'modelSha256' | 'inputWidth' | 'inputHeight' | 'frameList'
>

export type NewRun = RunIdentity & Pick<Run, 'modelId' | 'device' | 'frames'>

const select = `SELECT id, source_id AS source, geometry_hash AS geometryHash, model_id AS modelId,
  model_sha256 AS modelSha256, input_width AS inputWidth, input_height AS inputHeight, device,
  frame_list AS frameList, frames, done, state, seconds, created_at AS createdAt,
  finished_at AS finishedAt FROM run`

/** The runs of the project, the latest first. */
export function listRuns(project: Project): Run[] {
  return all(project.db, runRow, `${select} ORDER BY id DESC`)
}

/** @throws AppError `no-such-run` that lists those there are */
export function getRun(project: Project, id: number): Run {
  const run = first(project.db, runRow, `${select} WHERE id = ?`, id)
  if (run) return run
  const ids = listRuns(project).map((other) => other.id)
  throw new AppError(
    'no-such-run',
    `the project has no run ${id}`,
    ids.length > 0 ? `Its runs are ${ids.join(', ')}.` : 'Make one with `maskbench infer`.',
  )
}

/** The latest run of the same work, finished or not; undefined where there is none. */
export function findRun(project: Project, identity: RunIdentity): Run | undefined {
  return first(
    project.db,
    runRow,
    `${select} WHERE source_id = @source AND geometry_hash = @geometryHash
       AND model_sha256 = @modelSha256 AND input_width = @inputWidth
       AND input_height = @inputHeight AND frame_list = @frameList ORDER BY id DESC LIMIT 1`,
    identity,
  )
}

/**
 * Makes a run that has not begun. Its shapes are fixed now, in this order, so that a resumed run
 * ends with the same rows as one that was never interrupted.
 */
export function createRun(project: Project, run: NewRun, shapes: readonly Shape[]): Run {
  return write(project, (db) => {
    const { lastInsertRowid } = db
      .prepare(
        `INSERT INTO run (source_id, geometry_hash, model_id, model_sha256, input_width,
           input_height, device, frame_list, frames, state, created_at)
         VALUES (@source, @geometryHash, @modelId, @modelSha256, @inputWidth,
           @inputHeight, @device, @frameList, @frames, 'interrupted', @now)`,
      )
      .run({ ...run, now: new Date().toISOString() })
    const id = Number(lastInsertRowid)
    for (const shape of shapes) attachShape(db, { run: id, shape, approximate: false })
    return getRun(project, id)
  })
}

/** Says which device does the work of a run. */
export function setRunDevice(project: Project, id: number, device: string): void {
  write(project, (db) => db.prepare('UPDATE run SET device = ? WHERE id = ?').run(device, id))
}

/** Removes a run with its scores and probability maps. */
export function deleteRun(project: Project, id: number): void {
  write(project, (db) => db.prepare('DELETE FROM run WHERE id = ?').run(id))
  const maps = mapsFile(project.dir, id)
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(maps + suffix, { force: true })
}

/** Called when a writer opens the project: nobody else can be working on its runs. */
export function interruptRuns(project: Project): void {
  write(project, (db) =>
    db.prepare(`UPDATE run SET state = 'interrupted' WHERE state = 'running'`).run(),
  )
}
