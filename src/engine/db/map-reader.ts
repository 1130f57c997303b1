/** @file Reads a run's probability maps back, in order. */
import { existsSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import { AppError } from '../../shared/errors.ts'
import type { ProbabilityMap } from '../infer/types.ts'
import { openReadOnly } from './connection.ts'
import { withDatabaseErrors } from './database-error.ts'
import type { Project } from './handle.ts'
import { mapsFile } from './layout.ts'
import { type Chunk, chunkRow } from './map-file.ts'
import { bytesOf, first } from './rows.ts'
import { getRun } from './runs.ts'

export interface PositionedMap {
  /** Position in the run's list of frames. */
  position: number
  map: ProbabilityMap
}

/** Positions `from` … `to` - 1. */
export interface PositionRange {
  from: number
  to: number
}

function missingMaps(run: number, position: number): AppError {
  return new AppError(
    'no-maps',
    `the probability maps of run ${run} are missing from position ${position} on`,
    'They can be made again: run `maskbench infer` again.',
  )
}

/** The frames of a chunk that lie in the range; `data` of each is a view into the inflated chunk. */
function* mapsOf({ first: start, width, height, maps }: Chunk, range: PositionRange) {
  const cells = width * height
  const bytes = bytesOf(inflateSync(maps))
  const end = Math.min(range.to, start + bytes.length / cells)
  for (let position = Math.max(range.from, start); position < end; position++) {
    const at = (position - start) * cells
    yield { position, map: { width, height, data: bytes.subarray(at, at + cells) } }
  }
}

/** The chunk that holds a position, or one that ends before it. */
const select = `SELECT first, width, height, maps FROM chunk
  WHERE first <= ? ORDER BY first DESC LIMIT 1`

/**
 * The stored maps of the positions asked for (by default all that are done), in order.
 * @throws AppError `no-maps` when one of them is not there
 */
export function* readMaps(
  project: Project,
  run: number,
  range: PositionRange = { from: 0, to: getRun(project, run).done },
): Generator<PositionedMap> {
  let next = range.from
  if (next >= range.to) return
  const file = mapsFile(project.dir, run)
  if (!existsSync(file)) throw missingMaps(run, next)
  const { db, close } = withDatabaseErrors(file, () => openReadOnly(file))
  try {
    while (next < range.to) {
      const before = next
      const chunk = first(db, chunkRow, select, next)
      if (!chunk) throw missingMaps(run, next)
      for (const found of mapsOf(chunk, { from: next, to: range.to })) {
        yield found
        next = found.position + 1
      }
      if (next === before) throw missingMaps(run, next)
    }
  } finally {
    close()
  }
}
