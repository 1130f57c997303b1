/** @file Reads a run's probability maps back. */
import { existsSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import type { Database } from 'better-sqlite3'
import { AppError } from '../../shared/errors.ts'
import type { ProbabilityMap } from '../infer/types.ts'
import { openReadOnly } from './connection.ts'
import { withDatabaseErrors } from './database-error.ts'
import type { Project } from './handle.ts'
import { mapsFile } from './layout.ts'
import { chunkRow } from './map-file.ts'
import { bytesOf, first } from './rows.ts'
import { getRun } from './runs.ts'

function missingMaps(run: number, position: number): AppError {
  return new AppError(
    'no-maps',
    `the probability maps of run ${run} are missing from position ${position} on`,
    'They can be made again: run `maskbench infer` again.',
  )
}

/** The chunk that holds a position, or one that ends before it. */
const select = `SELECT first, width, height, maps FROM chunk
  WHERE first <= ? ORDER BY first DESC LIMIT 1`

/** An inflated chunk: `[frames, height, width]`. */
interface InflatedChunk {
  first: number
  frames: number
  width: number
  height: number
  bytes: Uint8Array
}

/** The maps of one run, by position in its list of frames. Whoever opens it disposes of it. */
export interface MapReader extends Disposable {
  /**
   * The map at a position, a view that stays valid. Neighbours are read together, so that ascending
   * positions are fast.
   * @throws AppError `no-maps` when it is not there
   */
  at(position: number): ProbabilityMap
}

/** @throws AppError `no-maps` when the run has none */
export function openMaps(project: Project, run: number): MapReader {
  const file = mapsFile(project.dir, run)
  if (!existsSync(file)) throw missingMaps(run, 0)
  const { db, close } = withDatabaseErrors(file, () => openReadOnly(file))
  let chunk: InflatedChunk = { first: 0, frames: 0, width: 0, height: 0, bytes: new Uint8Array() }
  const holds = (position: number) =>
    position >= chunk.first && position < chunk.first + chunk.frames
  return {
    at(position) {
      if (!holds(position)) chunk = readChunk(db, position) ?? chunk
      if (!holds(position)) throw missingMaps(run, position)
      const { width, height, bytes } = chunk
      const from = (position - chunk.first) * width * height
      return { width, height, data: bytes.subarray(from, from + width * height) }
    },
    [Symbol.dispose]: close,
  }
}

function readChunk(db: Database, position: number): InflatedChunk | undefined {
  const row = first(db, chunkRow, select, position)
  if (!row) return undefined
  const bytes = bytesOf(inflateSync(row.maps))
  const { width, height } = row
  return { first: row.first, frames: bytes.length / (width * height), width, height, bytes }
}

/**
 * The maps of all positions of a run that are done, in order.
 * @throws AppError `no-maps` when one of them is not there
 */
export function* readMaps(project: Project, run: number): Generator<ProbabilityMap> {
  const { done } = getRun(project, run)
  if (done === 0) return
  using maps = openMaps(project, run)
  for (let position = 0; position < done; position++) yield maps.at(position)
}
