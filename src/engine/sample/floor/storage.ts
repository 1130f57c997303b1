/** @file What stands along the walls: racks, cabinets, barrels, columns, rails. */
import type { Shape } from '../draw/shape.ts'
import { hash } from '../random.ts'
import type { Spot } from '../vector.ts'
import type { Furniture } from './machines.ts'
import { paints } from './paints.ts'
import { standAt } from './stand.ts'

const goods = [paints.carton, paints.cartonDark, paints.blueBin, paints.greyDark, paints.woodPale]

/** A pallet rack with its goods; `angle` 0 opens it down the picture. */
function rack([x, y]: Spot, width: number, angle: number): Furniture {
  const at = standAt([x, y], angle)
  const shapes: Shape[] = []
  for (const side of [-width / 2, 0, width / 2])
    for (const depth of [-0.4, 0.4])
      shapes.push(at.block([side, depth, 0], [0.08, 0.08, 2.3], paints.blue))
  for (const height of [0.12, 1.1, 2.1]) {
    shapes.push(at.block([0, 0, height], [width, 0.84, 0.05], paints.steel))
    shapes.push(at.block([0, -0.42, height - 0.04], [width, 0.05, 0.1], paints.robot))
    for (let slot = 0; slot < Math.floor(width / 0.62); slot++) {
      const chance = hash(slot, Math.round(height * 10), Math.round(x * 100 + y))
      if (chance % 5 === 0) continue
      const size = 0.36 + (chance % 7) * 0.03
      const left = -width / 2 + 0.34 + slot * 0.62
      const paint = goods[(chance >> 4) % goods.length] ?? paints.carton
      shapes.push(
        at.block([left, 0, height + 0.05], [0.52, 0.62, height > 2 ? size * 0.7 : size], paint),
      )
    }
  }
  const across = Math.abs(Math.cos(angle)) > 0.5
  const [halfWidth, halfDepth] = across ? [width / 2, 0.45] : [0.45, width / 2]
  return { shapes, obstacles: [{ x, y, halfWidth, halfDepth }] }
}

function column(x: number, y: number): Furniture {
  const at = standAt([x, y])
  return {
    obstacles: [{ x, y, halfWidth: 0.2, halfDepth: 0.2 }],
    shapes: [
      at.block([0, 0.11, 0], [0.26, 0.04, 5.2], paints.greyLight),
      at.block([0, -0.11, 0], [0.26, 0.04, 5.2], paints.greyLight),
      at.block([0, 0, 0], [0.04, 0.2, 5.2], paints.grey),
      at.block([0, 0, 0], [0.34, 0.34, 0.5], paints.hazard),
    ],
  }
}

function barrels(): Furniture {
  const at = standAt([5.9, -5.3])
  const spots: readonly Spot[] = [
    [0, 0],
    [0.64, 0.08],
    [0.3, 0.6],
  ]
  return {
    obstacles: [{ x: 6.2, y: -5, halfWidth: 0.7, halfDepth: 0.7 }],
    shapes: spots.flatMap(([x, y], index) => [
      at.post([x, y, 0], 0.88, 0.29, index === 1 ? paints.red : paints.blueBin),
      at.post([x + 0.12, y + 0.1, 0.88], 0.02, 0.04, paints.black),
    ]),
  }
}

function cabinets(): Furniture {
  const at = standAt([-6.65, -4.1], Math.PI / 2)
  return {
    obstacles: [{ x: -6.65, y: -4.1, halfWidth: 0.35, halfDepth: 1.3 }],
    shapes: [
      at.block([-0.8, 0, 0], [0.8, 0.5, 2], paints.greyLight),
      at.block([0.02, 0, 0], [0.8, 0.5, 2], paints.greyLight),
      at.block([0.84, 0, 0], [0.8, 0.5, 1.7], paints.grey),
      at.box([-0.8, -0.26, 1.5], [0.3, 0.02, 0.25], paints.yellow),
    ],
  }
}

function toolTrolley(): Furniture {
  const at = standAt([-1.5, 4.6], 0.15)
  return {
    obstacles: [{ x: -1.5, y: 4.6, halfWidth: 0.4, halfDepth: 0.3 }],
    shapes: [
      at.block([0, 0, 0.12], [0.7, 0.45, 0.72], paints.red),
      at.block([0, 0, 0.84], [0.74, 0.49, 0.04], paints.black),
      at.block([0.12, 0.02, 0.88], [0.3, 0.2, 0.12], paints.greyDark),
    ],
  }
}

/** Yellow posts and rails that keep the cart away from the press and the desk. */
function rails(): Furniture {
  const rail = (from: Spot, to: Spot): Shape[] => {
    const at = standAt([0, 0])
    const ends = [from, to].map(([x, y]) => at.post([x, y, 0], 0.95, 0.05, paints.yellow))
    const bars = [0.5, 0.88].map((z) => at.rod([...from, z], [...to, z], 0.035, paints.yellow))
    return [...ends, ...bars]
  }
  return {
    obstacles: [{ x: 0.15, y: -1.3, halfWidth: 0.1, halfDepth: 0.75 }],
    shapes: [...rail([0.15, -2], [0.15, -0.6])],
  }
}

/** Small things that make a hall a workplace. */
function clutter(): Furniture {
  const wall = standAt([0, 6.25])
  const right = standAt([6.95, -2.4])
  return {
    obstacles: [{ x: 5.2, y: -2.6, halfWidth: 0.4, halfDepth: 0.4 }],
    shapes: [
      standAt([5.2, -2.6], 0.3).block([0, 0, 0], [0.75, 0.75, 0.14], paints.wood),
      standAt([5.2, -2.6], 0.3).block([0, 0, 0.14], [0.68, 0.66, 0.62], paints.white),
      standAt([-1.9, 5.7]).block([0, 0, 0], [0.55, 0.55, 0.9], paints.greenBin),
      standAt([-2.55, 5.7]).block([0, 0, 0], [0.55, 0.55, 0.9], paints.blueBin),
      wall.box([-0.6, 0, 1.7], [1.6, 0.05, 1], paints.white),
      wall.box([-0.6, -0.03, 1.75], [1, 0.03, 0.5], paints.paper),
      right.box([0, 0, 1.6], [0.1, 0.5, 0.7], paints.red),
      right.box([0, 1, 2.2], [0.06, 0.5, 0.25], paints.signalGreen),
      right.rod([-0.12, 0.6, 0.35], [-0.12, 0.6, 0.95], 0.08, paints.red),
      wall.rod([-7, -0.1, 3.9], [7, -0.1, 3.9], 0.06, paints.steel),
      wall.rod([-7, -0.1, 4.1], [7, -0.1, 4.1], 0.04, paints.red),
    ],
  }
}

export const storage = (): Furniture[] => [
  rack([5.2, 4.7], 2.6, 0),
  rack([6.4, 2.9], 2.4, -Math.PI / 2),
  rack([-4.6, -5.7], 3, Math.PI),
  rack([1.2, -5.85], 2.6, Math.PI),
  column(4.9, -0.95),
  column(-5.9, -2.6),
  barrels(),
  cabinets(),
  toolTrolley(),
  rails(),
  clutter(),
]
