/**
 * @file One ring instead of one with holes, for formats whose polygons have none. From each hole a seam
 * leads left through the set pixels to the next ring, and back the same way, so that it encloses
 * nothing. Seams lie on edges between pixels, hence on no pixel's centre.
 */

/** A place where a ring is left for another one, and returned to. */
interface Visit {
  x: number
  y: number
  /** The ring that is gone round, and the index in it of the corner where that begins. */
  ring: number
  corner: number
}

/** An upright edge, as one crosses it on the way along a horizontal line. */
interface Upright {
  x: number
  ring: number
  /** Index in its ring of the corner that it begins at. */
  corner: number
}

/**
 * Rings of one connected part, as `outlineParts` gives them, as a single one with the same fill.
 */
export function bridgeHoles(rings: readonly (readonly number[])[]): number[] {
  const [outer] = rings
  if (!outer) return []
  const uprights = uprightsByLine(rings)
  const visits = rings.map((): Map<number, Visit[]> => new Map())
  for (let ring = 1; ring < rings.length; ring++) {
    const hole = rings[ring] ?? []
    const corner = leftmostCorner(hole)
    const [x, y] = [hole[2 * corner] ?? 0, hole[2 * corner + 1] ?? 0]
    const met = nextToTheLeft(uprights.get(y) ?? [], x, ring)
    if (!met) continue
    const visit = { x: met.x, y, ring, corner }
    const there = visits[met.ring]
    there?.set(met.corner, [...(there.get(met.corner) ?? []), visit])
  }
  return walkedRing(rings, visits)
}

/** The topmost of the leftmost corners. */
function leftmostCorner(ring: readonly number[]): number {
  let best = 0
  for (let corner = 1; corner < ring.length / 2; corner++) {
    const across = (ring[2 * corner] ?? 0) - (ring[2 * best] ?? 0)
    const down = (ring[2 * corner + 1] ?? 0) - (ring[2 * best + 1] ?? 0)
    if (across < 0 || (across === 0 && down < 0)) best = corner
  }
  return best
}

/** For each horizontal line between rows, the upright edges that reach it, from left to right. */
function uprightsByLine(rings: readonly (readonly number[])[]): Map<number, Upright[]> {
  const lines = new Map<number, Upright[]>()
  rings.forEach((points, ring) => {
    for (let corner = 0; 2 * corner < points.length; corner++) {
      const next = (2 * corner + 2) % points.length
      const [x = 0, y = 0, nextY = 0] = [
        points[2 * corner],
        points[2 * corner + 1],
        points[next + 1],
      ]
      if (x !== points[next]) continue
      for (let line = Math.min(y, nextY); line <= Math.max(y, nextY); line++) {
        const edges = lines.get(line) ?? []
        if (edges.length === 0) lines.set(line, edges)
        edges.push({ x, ring, corner })
      }
    }
  })
  for (const edges of lines.values()) edges.sort((a, b) => a.x - b.x)
  return lines
}

/** The last of the edges of other rings that is not beyond `x`. */
function nextToTheLeft(edges: readonly Upright[], x: number, ring: number): Upright | undefined {
  let [low, high] = [0, edges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((edges[middle]?.x ?? 0) <= x) low = middle + 1
    else high = middle
  }
  let found = low - 1
  while (edges[found]?.ring === ring) found--
  return edges[found]
}

/** Goes round the first ring, and from where others are visited round those, to any depth. */
function walkedRing(
  rings: readonly (readonly number[])[],
  visits: readonly Map<number, Visit[]>[],
): number[] {
  const walked: number[] = []
  const round: Visit = { ring: 0, corner: 0, x: rings[0]?.[0] ?? 0, y: rings[0]?.[1] ?? 0 }
  const open = [stepsAround(round, rings, visits)]
  for (let steps = open.at(-1); steps; steps = open.at(-1)) {
    const { value: step, done } = steps.next()
    if (done) open.pop()
    else if ('ring' in step) open.push(stepsAround(step, rings, visits))
    else if (step[0] !== walked.at(-2) || step[1] !== walked.at(-1)) walked.push(...step)
  }
  return walked
}

/** The corners of a ring from where it is entered, and the visits on the way. */
function* stepsAround(
  { ring, corner: start, x, y }: Visit,
  rings: readonly (readonly number[])[],
  visits: readonly Map<number, Visit[]>[],
): Generator<readonly [number, number] | Visit> {
  const points = rings[ring] ?? []
  const corners = points.length / 2
  if (ring !== 0) yield [x, y]
  for (let i = 0; i < corners; i++) {
    const corner = (start + i) % corners
    const [fromX = 0, fromY = 0] = [points[2 * corner], points[2 * corner + 1]]
    yield [fromX, fromY]
    const onTheWay = visits[ring]?.get(corner) ?? []
    const byDistance = (a: Visit, b: Visit) => Math.abs(a.y - fromY) - Math.abs(b.y - fromY)
    yield* onTheWay.sort(byDistance)
  }
  if (ring === 0) return
  yield [points[2 * start] ?? 0, points[2 * start + 1] ?? 0]
  yield [x, y]
}
