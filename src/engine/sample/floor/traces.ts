/** @file What visitors leave behind: parcels, a fuller pallet, a chair pushed aside. */
import type { Actor } from '../draw/actors.ts'
import { paints } from './paints.ts'
import { palletSpot } from './plan.ts'
import { standAt } from './stand.ts'

/** Parcels behind the packer: each visitor adds some until they are taken away. */
export function parcelsAt(visits: number): Actor {
  const at = standAt([4.75, 1.8], 0.12)
  const pile = [
    at.block([-0.05, 0, 0], [0.55, 0.42, 0.4], paints.carton),
    at.block([0, 0.03, 0.4], [0.48, 0.4, 0.34], paints.cartonDark),
    at.block([0.42, 0.1, 0], [0.34, 0.4, 0.5], paints.greyLight),
    at.block([-0.02, 0, 0.74], [0.4, 0.34, 0.3], paints.carton),
  ]
  return { person: false, shapes: pile.slice(0, 2 * (visits % 3)) }
}

/** The upper layers of the pallet, which visitors fill until a new one comes. */
export function palletLoadAt(visits: number): Actor {
  const at = standAt(palletSpot)
  const layers = [0, 1].flatMap((level) =>
    [-0.2, 0.22].flatMap((y) =>
      [-0.3, 0.3].map((x) =>
        at.block(
          [x, y, 0.45 + level * 0.3],
          [0.56, 0.38, 0.29],
          level > 0 ? paints.cartonDark : paints.carton,
        ),
      ),
    ),
  )
  return { person: false, shapes: layers.slice(0, 3 * (visits % 3)) }
}

/** Where the chair of the inspection desk stands after each visit, and how it is turned. */
const chairSpots = [
  { spot: [1.9, -0.5], angle: 0.6 },
  { spot: [1.95, -1], angle: 2.4 },
  { spot: [2.05, -1.75], angle: -1.9 },
] as const

export function chairAt(visits: number): Actor {
  const { spot, angle } = chairSpots[visits % chairSpots.length] ?? chairSpots[0]
  const at = standAt(spot, angle)
  const feet = [0, 1.26, 2.51, 3.77, 5.03].map((turn) =>
    at.rod([0, 0, 0.08], [0.3 * Math.cos(turn), 0.3 * Math.sin(turn), 0.05], 0.025, paints.black),
  )
  return {
    person: false,
    shapes: [
      ...feet,
      at.post([0, 0, 0.08], 0.4, 0.03, paints.steel),
      at.block([0, 0, 0.46], [0.48, 0.46, 0.08], paints.upholstery),
      at.block([0, 0.24, 0.6], [0.44, 0.06, 0.46], paints.upholstery),
      at.round([-0.27, -0.1, 0.68], [-0.27, 0.12, 0.68], [0.03, 0.03], paints.black),
      at.round([0.27, -0.1, 0.68], [0.27, 0.12, 0.68], [0.03, 0.03], paints.black),
    ],
  }
}
