/** @file Compares two pictures under a movement, and betters the movement. */
import { solvePositive } from '../preprocess/least-squares.ts'
import { type GreyPicture, valueAt } from './grey-picture.ts'
import { moved, type Similarity, turnOf } from './similarity.ts'

/** Least part of the first picture that has to be seen in the second. */
const leastOverlap = 0.4

/** Correlation of the pictures where they overlap, -1 … 1; -1 where they hardly do. */
export function agreement(first: GreyPicture, second: GreyPicture, similarity: Similarity): number {
  const map = moved(similarity, first)
  let count = 0
  let [one, other, both, oneSquares, otherSquares] = [0, 0, 0, 0, 0]
  for (let y = 0; y < first.height; y++)
    for (let x = 0; x < first.width; x++) {
      const [u, v] = map(x + 0.5, y + 0.5)
      const there = valueAt(second, u, v)
      if (Number.isNaN(there)) continue
      const here = first.data[y * first.width + x] ?? 0
      count++
      one += here
      other += there
      both += here * there
      oneSquares += here * here
      otherSquares += there * there
    }
  if (count < leastOverlap * first.data.length) return -1
  const covariance = both / count - (one / count) * (other / count)
  const variance = oneSquares / count - (one / count) ** 2
  const otherVariance = otherSquares / count - (other / count) ** 2
  return covariance / Math.sqrt(variance * otherVariance + 1e-12)
}

const rotations = [-16, -12, -8, -4, 0, 4, 8, 12, 16]
const zooms = [0.88, 1, 1.14]
/** Of the picture's sides. */
const greatestShift = 0.3
const shiftStep = 2
/** How many of the best movements are refined. */
const kept = 4

/** The movements of a coarse grid that agree best. */
export function searched(first: GreyPicture, second: GreyPicture): Similarity[] {
  const steps = (side: number): number[] => {
    const most = Math.floor((side * greatestShift) / shiftStep)
    return Array.from({ length: 2 * most + 1 }, (_, i) => (i - most) * shiftStep)
  }
  const found: { similarity: Similarity; score: number }[] = []
  for (const rotation of rotations)
    for (const zoom of zooms)
      for (const x of steps(first.width))
        for (const y of steps(first.height)) {
          const similarity = { shift: { x, y }, rotation, zoom }
          found.push({ similarity, score: quickAgreement(first, second, similarity) })
        }
  return found
    .sort((a, b) => b.score - a.score)
    .slice(0, kept)
    .map(({ similarity }) => similarity)
}

/** Mean product of nearest pixels, on every other row and column. */
function quickAgreement(first: GreyPicture, second: GreyPicture, similarity: Similarity): number {
  const { cos, sin } = turnOf(similarity)
  const { shift } = similarity
  const { width, height, data } = first
  const [cx, cy] = [width / 2, height / 2]
  let [sum, count, total] = [0, 0, 0]
  for (let y = 0; y < height; y += 2)
    for (let x = 0; x < width; x += 2) {
      const [dx, dy] = [x + 0.5 - cx, y + 0.5 - cy]
      const u = Math.floor(cx + cos * dx - sin * dy + shift.x)
      const v = Math.floor(cy + sin * dx + cos * dy + shift.y)
      total++
      if (u < 0 || v < 0 || u >= width || v >= height) continue
      sum += (data[y * width + x] ?? 0) * (second.data[v * width + u] ?? 0)
      count++
    }
  return count < leastOverlap * total ? -1 : sum / count
}

const mostSteps = 20
/** Pixels that a corner moves in a step that is not worth another one. */
const smallStep = 0.002

/** The movement near `start` under which the pictures differ least, by Gauss-Newton steps. */
export function refined(first: GreyPicture, second: GreyPicture, start: Similarity): Similarity {
  let { cos, sin } = turnOf(start)
  let { x, y } = start.shift
  const reach = Math.hypot(first.width, first.height) / 2
  for (let step = 0; step < mostSteps; step++) {
    const change = gaussNewton(first, second, [cos, sin, x, y])
    if (!change) break
    const [dCos = 0, dSin = 0, dx = 0, dy = 0] = change
    cos += dCos
    sin += dSin
    x += dx
    y += dy
    if (Math.hypot(dx, dy) + Math.hypot(dCos, dSin) * reach < smallStep) break
  }
  const rotation = (Math.atan2(sin, cos) * 180) / Math.PI
  return { shift: { x, y }, rotation, zoom: Math.hypot(cos, sin) }
}

/** Every so many rows and columns of large pictures tell enough. */
const sampleStep = ({ width, height }: GreyPicture): number =>
  Math.max(1, Math.round(Math.sqrt(width * height) / 200))

/** One step of (zoom · cos, zoom · sin, shift); null where the pictures do not tell. */
function gaussNewton(
  first: GreyPicture,
  second: GreyPicture,
  [cos, sin, x, y]: readonly [number, number, number, number],
): number[] | null {
  const { width, height, data } = first
  const [cx, cy] = [width / 2, height / 2]
  const step = sampleStep(first)
  const matrix = Array.from({ length: 4 }, () => [0, 0, 0, 0])
  const right = [0, 0, 0, 0]
  const slope = [0, 0, 0, 0]
  for (let row = 0; row < height; row += step)
    for (let column = 0; column < width; column += step) {
      const dx = column + 0.5 - cx
      const dy = row + 0.5 - cy
      const u = cx + cos * dx - sin * dy + x
      const v = cy + sin * dx + cos * dy + y
      const there = valueAt(second, u, v)
      const across = valueAt(second, u + 0.5, v) - valueAt(second, u - 0.5, v)
      const down = valueAt(second, u, v + 0.5) - valueAt(second, u, v - 0.5)
      if (Number.isNaN(there + across + down)) continue
      const difference = (data[row * width + column] ?? 0) - there
      slope[0] = across * dx + down * dy
      slope[1] = down * dx - across * dy
      slope[2] = across
      slope[3] = down
      addEquation(matrix, right, slope, difference)
    }
  return solvePositive(matrix, right)
}

/** Cauchy's weight: a place that looks quite different says little about the movement. */
function addEquation(
  matrix: number[][],
  right: number[],
  slope: readonly number[],
  difference: number,
): void {
  const weight = 1 / (1 + difference * difference)
  for (let i = 0; i < 4; i++) {
    const weighted = weight * (slope[i] ?? 0)
    right[i] = (right[i] ?? 0) + weighted * difference
    const line = matrix[i] ?? []
    for (let j = 0; j < 4; j++) line[j] = (line[j] ?? 0) + weighted * (slope[j] ?? 0)
  }
}
