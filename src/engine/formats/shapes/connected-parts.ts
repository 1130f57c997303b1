/**
 * @file Parts of a picture that hang together: pixels of one value, side by side or corner to corner.
 * Runs of rows are joined with those of the row above that they touch (Rosenfeld and Pfaltz, Journal of
 * the ACM 13, 1966), so that the work is that of looking at each pixel a few times.
 */
import type { ClassMask } from '../../../shared/mask.ts'
import type { Raster } from '../annotated-set.ts'

/** How pixels hang together: 4 = at their sides, 8 = at corners as well. */
export type Connectivity = 4 | 8

export interface Part {
  value: number
  raster: Raster
}

/** Stretches of a row with one value, in the order of the picture. */
interface Runs {
  rows: number[]
  starts: number[]
  ends: number[]
  values: number[]
  /** Of each run, one that came before it and hangs together with it; its own where there is none. */
  joined: number[]
}

/** The connected parts of a raster, in the order of their first pixels, each in its own rectangle. */
export function components(raster: Raster, connectivity: Connectivity): Raster[] {
  const { x, y } = raster
  return connectedParts(raster, connectivity, new Set([0])).map(({ raster: part }) => ({
    ...part,
    x: x + part.x,
    y: y + part.y,
  }))
}

/** The connected parts of equal value in a picture, without those of some values. */
export function connectedParts(
  picture: ClassMask,
  connectivity: Connectivity,
  without: ReadonlySet<number>,
): Part[] {
  const runs = runsOf(picture, without)
  joinRows(runs, connectivity)
  const numbers = new Map<number, number>()
  const members: number[][] = []
  for (let run = 0; run < runs.rows.length; run++) {
    const root = rootOf(runs.joined, run)
    const number = numbers.get(root) ?? members.push([]) - 1
    numbers.set(root, number)
    members[number]?.push(run)
  }
  return members.map((part) => partOf(runs, part))
}

function runsOf({ width, height, data }: ClassMask, without: ReadonlySet<number>): Runs {
  const runs: Runs = { rows: [], starts: [], ends: [], values: [], joined: [] }
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; ) {
      const value = data[row * width + column] ?? 0
      const start = column
      while (column < width && data[row * width + column] === value) column++
      if (without.has(value)) continue
      runs.joined.push(runs.rows.push(row) - 1)
      runs.starts.push(start)
      runs.ends.push(column)
      runs.values.push(value)
    }
  return runs
}

/** Joins each run with the runs of the row above that it touches and that have its value. */
function joinRows({ rows, starts, ends, values, joined }: Runs, connectivity: Connectivity): void {
  const reach = connectivity === 8 ? 1 : 0
  let above = 0
  for (let run = 0; run < rows.length; run++) {
    const [row = 0, start = 0, end = 0] = [rows[run], starts[run], ends[run]]
    const isLeftBehind = (other: number): boolean => {
      const otherRow = rows[other] ?? 0
      return otherRow < row - 1 || (otherRow === row - 1 && (ends[other] ?? 0) + reach <= start)
    }
    while (isLeftBehind(above)) above++
    for (let other = above; rows[other] === row - 1 && (starts[other] ?? 0) < end + reach; other++)
      if (values[other] === values[run]) join(joined, other, run)
  }
}

function join(joined: number[], a: number, b: number): void {
  const [one, other] = [rootOf(joined, a), rootOf(joined, b)]
  joined[Math.max(one, other)] = Math.min(one, other)
}

/** The first run of a part; the way there is shortened for the next time. */
function rootOf(joined: number[], run: number): number {
  let at = run
  for (let next = joined[at] ?? at; next !== at; next = joined[at] ?? at) {
    joined[at] = joined[next] ?? next
    at = joined[at] ?? next
  }
  return at
}

function partOf({ rows, starts, ends, values }: Runs, part: readonly number[]): Part {
  const first = part[0] ?? 0
  const y = rows[first] ?? 0
  const height = (rows[part.at(-1) ?? 0] ?? 0) - y + 1
  let [x, right] = [Number.POSITIVE_INFINITY, 0]
  for (const run of part) {
    x = Math.min(x, starts[run] ?? 0)
    right = Math.max(right, ends[run] ?? 0)
  }
  const width = right - x
  const data = new Uint8Array(width * height)
  for (const run of part) {
    const line = ((rows[run] ?? 0) - y) * width - x
    data.fill(1, line + (starts[run] ?? 0), line + (ends[run] ?? 0))
  }
  return { value: values[first] ?? 0, raster: { x, y, width, height, data } }
}
