/** @file Ways across the floor: the shortest one around what stands there. */
import type { Obstacle } from '../floor/plan.ts'
import { distance, type Spot } from '../vector.ts'

/** Nobody's middle should come nearer to an obstacle than this, in metres. */
const margin = 0.3
/** Ways turn around corners a little farther out, so that they are clear themselves. */
const corner = margin + 0.03

/** True when the stretch between two spots passes through an obstacle with its margin. */
function crosses({ x, y, halfWidth, halfDepth }: Obstacle, a: Spot, b: Spot): boolean {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  const [reachX, reachY] = [halfWidth + margin, halfDepth + margin]
  const [x0, x1] = [(x - reachX - a[0]) / dx, (x + reachX - a[0]) / dx]
  const [y0, y1] = [(y - reachY - a[1]) / dy, (y + reachY - a[1]) / dy]
  const enter = Math.max(0, Math.min(x0, x1), Math.min(y0, y1))
  return enter < Math.min(1, Math.max(x0, x1), Math.max(y0, y1))
}

function cornersOf({ x, y, halfWidth, halfDepth }: Obstacle): Spot[] {
  const [reachX, reachY] = [halfWidth + corner, halfDepth + corner]
  return [
    [x - reachX, y - reachY],
    [x + reachX, y - reachY],
    [x - reachX, y + reachY],
    [x + reachX, y + reachY],
  ]
}

interface Node {
  spot: Spot
  /** Length of the shortest way found so far. */
  far: number
  before: Node | null
}

/** Nobody's middle comes nearer to an obstacle than this, pushed or not. */
const contact = 0.2

/** The nearest spot that is at least `gap` from an obstacle. */
function besideOf({ x, y, halfWidth, halfDepth }: Obstacle, spot: Spot, gap: number): Spot {
  const [dx, dy] = [spot[0] - x, spot[1] - y]
  const insideX = halfWidth + gap - Math.abs(dx)
  const insideY = halfDepth + gap - Math.abs(dy)
  if (insideX <= 0 || insideY <= 0) return spot
  return insideX < insideY
    ? [spot[0] + Math.sign(dx) * insideX, spot[1]]
    : [spot[0], spot[1] + Math.sign(dy) * insideY]
}

export interface Walkways {
  /**
   * The spots to walk to, one after the other. The last is `to`; where there is no way the answer
   * is the straight one.
   */
  route(from: Spot, to: Spot): Spot[]
  /** The spot itself, or the nearest one where somebody can stand. */
  clear(spot: Spot): Spot
}

/** Where people can walk between obstacles that stand still. */
export function walkways(obstacles: readonly Obstacle[]): Walkways {
  const corners = obstacles.flatMap(cornersOf)
  const isClear = (a: Spot, b: Spot): boolean => !obstacles.some((one) => crosses(one, a, b))
  const asideOfAll = (spot: Spot, gap: number): Spot =>
    obstacles.reduce((at, one) => besideOf(one, at, gap), spot)
  return {
    clear: (spot) => asideOfAll(spot, contact),
    route(from, to) {
      // Who was pushed into a margin leaves it first.
      const start = asideOfAll(from, corner)
      return [...(start === from ? [] : [start]), ...shortestWay(start, to, corners, isClear)]
    },
  }
}

/** Dijkstra's algorithm over the corners that see each other. */
function shortestWay(
  from: Spot,
  to: Spot,
  corners: readonly Spot[],
  isClear: (a: Spot, b: Spot) => boolean,
): Spot[] {
  const goal: Node = { spot: to, far: Number.POSITIVE_INFINITY, before: null }
  let here: Node = { spot: from, far: 0, before: null }
  const open = new Set<Node>([goal])
  for (const spot of corners) open.add({ spot, far: Number.POSITIVE_INFINITY, before: null })
  while (here !== goal) {
    for (const node of open) {
      const far = here.far + distance(here.spot, node.spot)
      if (far < node.far && isClear(here.spot, node.spot))
        Object.assign(node, { far, before: here })
    }
    here = [...open].reduce((least, node) => (node.far < least.far ? node : least), goal)
    open.delete(here)
  }
  const way: Spot[] = []
  for (let node: Node | null = goal; node && node.spot !== from; node = node.before)
    way.unshift(node.spot)
  return way
}
