/** @file Things in the images of sets, as they were imported. */
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import type { Raster, SetObject } from '../formats/annotated-set.ts'
import type { Project } from './handle.ts'
import type { FrameAt } from './masks.ts'
import { all, bytesOf, flag, json, uint32Blob } from './rows.ts'

/** Lengths of runs of equal pixels row by row; the first is of zeros. */
function runsOf({ data }: Raster): Uint32Array {
  const runs: number[] = []
  let [value, length] = [0, 0]
  for (const pixel of data) {
    if (pixel === value) length++
    else {
      runs.push(length)
      value = pixel
      length = 1
    }
  }
  runs.push(length)
  return Uint32Array.from(runs)
}

function dataOf(runs: Uint32Array, pixels: number): Uint8Array {
  const data = new Uint8Array(pixels)
  let at = 0
  for (const [i, length] of runs.entries()) {
    if (i % 2 === 1) data.fill(1, at, at + length)
    at += length
  }
  return data
}

const box = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })

const objectRow = z
  .object({
    classIndex: z.int(),
    x: z.int(),
    y: z.int(),
    width: z.int(),
    height: z.int(),
    runs: uint32Blob,
    box: json(box).nullable(),
    outline: json(z.array(z.array(z.number()))).nullable(),
    boxOnly: flag,
    crowd: flag,
    track: z.int().nullable(),
  })
  .transform(({ x, y, width, height, runs, ...rest }): SetObject => {
    return { ...rest, raster: { x, y, width, height, data: dataOf(runs, width * height) } }
  })

/** Stores the things of an image, inside the transaction that adds it. */
export function insertObjects(
  db: Database,
  { source, frame }: FrameAt,
  objects: readonly SetObject[],
): void {
  const insert = db.prepare(
    `INSERT INTO image_object VALUES (@source, @frame, @ordinal, @classIndex, @x, @y, @width, @height,
       @runs, @box, @outline, @boxOnly, @crowd, @track)`,
  )
  for (const [ordinal, { raster, ...object }] of objects.entries())
    insert.run({
      ...{ source, frame, ordinal, classIndex: object.classIndex, track: object.track },
      ...{ x: raster.x, y: raster.y, width: raster.width, height: raster.height },
      runs: bytesOf(runsOf(raster)),
      box: object.box && JSON.stringify(object.box),
      outline: object.outline && JSON.stringify(object.outline),
      boxOnly: Number(object.boxOnly),
      crowd: Number(object.crowd),
    })
}

/** The things of an image as they were imported; their classes are those of the project. */
export function loadObjects({ db }: Project, { source, frame }: FrameAt): SetObject[] {
  return all(
    db,
    objectRow,
    `SELECT class_index AS classIndex, x, y, width, height, runs, box, outline,
       box_only AS boxOnly, crowd, track
     FROM image_object WHERE source_id = ? AND position = ? ORDER BY ordinal`,
    source,
    frame,
  )
}

const indexRow = z.object({ index: z.int() })

/** The classes that things of any image have. */
export function classesOfObjects({ db }: Project): Set<number> {
  const rows = all(db, indexRow, 'SELECT DISTINCT class_index AS "index" FROM image_object')
  return new Set(rows.map(({ index }) => index))
}
