/** @file Stores a run's probability maps, ahead of its scores. */
import { constants, deflateSync, inflateSync } from 'node:zlib'
import type { Database } from 'better-sqlite3'
import { AppError } from '../../shared/errors.ts'
import type { ProbabilityMap } from '../infer/types.ts'
import { closeWritable } from './connection.ts'
import { withDatabaseErrors } from './database-error.ts'
import type { Project } from './handle.ts'
import { chunkFrames, chunkRow, openMapsForWriting } from './map-file.ts'
import { first as firstRow } from './rows.ts'

/** The chunk that is being filled. */
interface OpenChunk {
  /** Position of its first frame. */
  first: number
  width: number
  height: number
  frames: number
  /** Room for a whole chunk. */
  bytes: Uint8Array
}

/** Whoever opens it closes it. Nothing is stored before `flush`. */
export class MapWriter {
  readonly #db: Database
  #chunk: OpenChunk | undefined
  /** Full chunks that are not stored yet. */
  #full: OpenChunk[] = []
  #position: number

  /** Goes on at `position`; maps stored from there on are written over. */
  constructor(project: Project, run: number, position: number) {
    this.#db = openMapsForWriting(project, run)
    this.#position = position
  }

  /** Takes the map of the next position. Every map of a run has the same size. */
  append({ width, height, data }: ProbabilityMap): void {
    const cells = width * height
    const chunk = this.#chunk ?? this.#resume(width, height)
    this.#chunk = chunk
    if (chunk.width !== width || chunk.height !== height)
      throw new AppError(
        'internal',
        `a probability map of ${width}x${height} follows those of ${chunk.width}x${chunk.height}`,
      )
    chunk.bytes.set(data, chunk.frames * cells)
    chunk.frames += 1
    this.#position += 1
    if (chunk.frames * cells < chunk.bytes.length) return
    this.#full.push(chunk)
    this.#chunk = undefined
  }

  /** Stores what was taken; when it returns, it is on the disk. */
  flush(): void {
    const chunks = this.#chunk ? [...this.#full, this.#chunk] : this.#full
    if (chunks.length === 0) return
    withDatabaseErrors(this.#db.name, () => this.#store(chunks))
    this.#full = []
  }

  #store(chunks: readonly OpenChunk[]): void {
    const insert = this.#db.prepare(
      `INSERT INTO chunk VALUES (@first, @width, @height, @maps)
       ON CONFLICT DO UPDATE SET maps = excluded.maps`,
    )
    this.#db.transaction(() => {
      for (const { first, width, height, frames, bytes } of chunks) {
        const used = bytes.subarray(0, frames * width * height)
        // Fastest level: most of a map is 0, and a higher one saves little.
        const maps = deflateSync(used, { level: constants.Z_BEST_SPEED })
        insert.run({ first, width, height, maps })
      }
    })()
  }

  close(): void {
    closeWritable(this.#db)
  }

  /** The chunk of the next position, with the maps that are stored before that position. */
  #resume(width: number, height: number): OpenChunk {
    const cells = width * height
    const capacity = chunkFrames({ width, height })
    const offset = this.#position % capacity
    const before = offset > 0 ? this.#stored(this.#position - offset) : undefined
    // Maps are expendable: where those before were deleted, a shorter chunk begins here.
    const frames = before && before.length >= offset * cells ? offset : 0
    const bytes = new Uint8Array((frames > 0 ? capacity : capacity - offset) * cells)
    if (before) bytes.set(before.subarray(0, frames * cells))
    return { first: this.#position - frames, width, height, frames, bytes }
  }

  #stored(first: number): Uint8Array | undefined {
    const select = 'SELECT first, width, height, maps FROM chunk WHERE first = ?'
    const chunk = firstRow(this.#db, chunkRow, select, first)
    return chunk && inflateSync(chunk.maps)
  }
}
