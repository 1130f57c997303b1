/** @file The machines at the places of work, and what blocks the way around them. */
import type { Shape } from '../draw/shape.ts'
import { paints } from './paints.ts'
import { latheSpot, type Obstacle, palletSpot, pressSpot } from './plan.ts'
import { standAt } from './stand.ts'

export interface Furniture {
  shapes: Shape[]
  obstacles: Obstacle[]
}

const obstacle = (x: number, y: number, halfWidth: number, halfDepth: number): Obstacle => ({
  x,
  y,
  halfWidth,
  halfDepth,
})

function press(): Furniture {
  const at = standAt(pressSpot)
  const uprights = [-0.7, 0.7].map((x) => at.block([x, 0.1, 0.9], [0.28, 1, 1.1], paints.green))
  return {
    obstacles: [obstacle(...pressSpot, 0.95, 0.75)],
    shapes: [
      at.block([0, 0, 0], [1.75, 1.35, 0.82], paints.green),
      at.block([0, -0.08, 0.82], [1.1, 0.95, 0.1], paints.steel),
      ...uprights,
      at.block([0, 0.1, 1.95], [1.75, 1.1, 0.42], paints.greenDark),
      at.block([0, 0.1, 2.37], [0.8, 0.6, 0.18], paints.grey),
      at.box([0, -0.69, 0.45], [1.5, 0.04, 0.22], paints.hazard),
      at.block([1.12, -0.35, 0], [0.1, 0.1, 1.05], paints.greyDark),
      at.box([1.12, -0.42, 1.2], [0.3, 0.16, 0.36], paints.greyLight),
      at.box([1.12, -0.51, 1.24], [0.22, 0.02, 0.2], paints.screen),
      at.post([-0.8, 0.5, 2.37], 0.14, 0.035, paints.signalGreen),
      at.post([-0.8, 0.5, 2.51], 0.1, 0.035, paints.signalRed),
    ],
  }
}

function lathe(): Furniture {
  const at = standAt(latheSpot, Math.PI / 2)
  return {
    obstacles: [obstacle(...latheSpot, 0.6, 1.3)],
    shapes: [
      at.block([0, 0.05, 0], [2.5, 1, 0.85], paints.greyLight),
      at.block([-0.75, 0.05, 0.85], [1, 1, 0.7], paints.greyLight),
      at.block([0.55, 0.3, 0.85], [1.4, 0.5, 0.75], paints.blue),
      at.rod([-0.25, -0.15, 1.1], [0.95, -0.15, 1.1], 0.07, paints.steel),
      at.rod([-0.25, -0.15, 1.1], [-0.1, -0.15, 1.1], 0.2, paints.steel),
      at.block([1.05, -0.1, 0.85], [0.35, 0.4, 0.4], paints.greyDark),
      at.box([-0.75, -0.47, 1.25], [0.6, 0.06, 0.4], paints.black),
      at.box([-0.75, -0.51, 1.27], [0.46, 0.02, 0.28], paints.screen),
      at.box([0, -0.47, 0.2], [2.3, 0.03, 0.12], paints.hazard),
      at.post([1.1, 0.45, 1.6], 0.16, 0.035, paints.signalGreen),
    ],
  }
}

function bench(): Furniture {
  const at = standAt([0.3, 2.75], Math.PI)
  const legs = [-1, 1].flatMap((x) =>
    [-0.32, 0.32].map((y) => at.block([x, y, 0], [0.08, 0.08, 0.86], paints.greyDark)),
  )
  return {
    obstacles: [obstacle(0.3, 2.75, 1.15, 0.42)],
    shapes: [
      ...legs,
      at.block([0, 0, 0.86], [2.2, 0.8, 0.06], paints.wood),
      at.block([0.6, 0, 0.5], [0.5, 0.6, 0.36], paints.red),
      at.block([-0.85, 0.1, 0.92], [0.16, 0.24, 0.16], paints.blue),
      at.block([-0.85, -0.1, 0.96], [0.2, 0.08, 0.1], paints.steel),
      at.block([0.85, 0.25, 0.92], [0.34, 0.22, 0.14], paints.blueBin),
      at.block([0.48, 0.25, 0.92], [0.3, 0.22, 0.14], paints.greenBin),
      at.block([0.1, 0.22, 0.92], [0.3, 0.24, 0.1], paints.yellow),
      at.rod([-0.4, 0.1, 0.95], [-0.1, 0.2, 0.95], 0.025, paints.black),
      at.block([-0.35, -0.1, 0.92], [0.3, 0.2, 0.04], paints.paper),
      at.block([0.3, -0.1, 0.92], [0.24, 0.18, 0.1], paints.steel),
    ],
  }
}

function packingTable(): Furniture {
  const at = standAt([2.86, 1.5], Math.PI / 2)
  const legs = [-0.85, 0.85].flatMap((x) =>
    [-0.32, 0.32].map((y) => at.block([x, y, 0], [0.07, 0.07, 0.86], paints.greyDark)),
  )
  return {
    obstacles: [obstacle(2.86, 1.5, 0.45, 1), obstacle(4.8, 1.85, 0.4, 0.3)],
    shapes: [
      ...legs,
      at.block([0, 0, 0.86], [1.9, 0.8, 0.05], paints.woodPale),
      at.block([0, 0, 0.3], [1.8, 0.7, 0.04], paints.steel),
      at.block([-0.5, 0, 0.34], [0.5, 0.5, 0.3], paints.cartonDark),
      at.block([-0.62, 0.12, 0.91], [0.5, 0.42, 0.34], paints.carton),
      at.block([0.05, 0.15, 0.91], [0.4, 0.36, 0.24], paints.cartonDark),
      at.block([0.7, 0.2, 0.91], [0.3, 0.3, 0.05], paints.greyDark),
      at.rod([0.62, -0.15, 0.95], [0.8, -0.15, 0.95], 0.06, paints.woodPale),
    ],
  }
}

function inspectionDesk(): Furniture {
  const at = standAt([1.1, -1.6])
  const legs = [-0.6, 0.6].map((x) => at.block([x, 0, 0], [0.06, 0.6, 0.8], paints.greyDark))
  return {
    obstacles: [obstacle(1.1, -1.6, 0.72, 0.4), obstacle(1.97, -1.1, 0.2, 0.8)],
    shapes: [
      ...legs,
      at.block([0, 0, 0.8], [1.4, 0.75, 0.05], paints.white),
      at.block([-0.42, -0.2, 0.85], [0.06, 0.06, 0.18], paints.black),
      at.box([-0.42, -0.17, 1.16], [0.56, 0.04, 0.34], paints.black),
      at.box([-0.42, -0.148, 1.16], [0.5, 0.01, 0.28], paints.screen),
      at.block([-0.4, 0.16, 0.85], [0.42, 0.14, 0.025], paints.black),
      at.block([0.4, -0.05, 0.85], [0.5, 0.5, 0.12], paints.grey),
      at.post([0.58, -0.25, 0.97], 0.45, 0.04, paints.steel),
      at.block([0.48, -0.2, 1.36], [0.3, 0.14, 0.12], paints.greyLight),
      at.block([0, 0.22, 0.85], [0.22, 0.3, 0.01], paints.paper),
    ],
  }
}

function conveyor(): Furniture {
  const at = standAt([3.3, -4.3])
  const legs = [-2.2, 0, 2.2].flatMap((x) =>
    [-0.34, 0.34].map((y) => at.block([x, y, 0], [0.08, 0.08, 0.66], paints.greyDark)),
  )
  const loads = [-0.8, 0.35, 1.6].map((x, index) =>
    at.block(
      [x, 0.03 * index, 0.75],
      [0.46, 0.4, 0.3],
      index % 2 ? paints.cartonDark : paints.carton,
    ),
  )
  return {
    obstacles: [obstacle(3.3, -4.3, 2.55, 0.5)],
    shapes: [
      ...legs,
      ...loads,
      at.block([0, 0, 0.62], [4.9, 0.62, 0.1], paints.belt),
      at.block([0, 0.36, 0.6], [4.9, 0.08, 0.2], paints.blue),
      at.block([0, -0.36, 0.6], [4.9, 0.08, 0.2], paints.blue),
    ],
  }
}

/** The pallet with its lowest layer, and the foot of the robot. */
function palletCell(): Furniture {
  const at = standAt(palletSpot)
  const [x, y] = palletSpot
  const layer = [-0.3, 0.3].flatMap((right) =>
    [-0.2, 0.22].map((back) =>
      at.block([right, back, 0.15], [0.56, 0.38, 0.29], paints.cartonDark),
    ),
  )
  return {
    obstacles: [obstacle(x, y, 0.7, 0.6), obstacle(-0.35, -4.8, 0.5, 0.6)],
    shapes: [
      at.block([0, 0, 0], [1.25, 1, 0.14], paints.wood),
      ...layer,
      standAt([-0.35, -4.8]).block([0, 0, 0], [0.9, 0.9, 0.06], paints.hazard),
    ],
  }
}

const builders = [press, lathe, bench, packingTable, inspectionDesk, conveyor, palletCell]

export const machines = (): Furniture[] => builders.map((build) => build())
