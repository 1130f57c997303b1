/** @file Coats on a stand beside the bench: they hang like people and sway. */
import type { Actor } from '../draw/actors.ts'
import { type Material, material } from '../draw/material.ts'
import { ball, limb, type Shape } from '../draw/shape.ts'
import { add, type Vector } from '../vector.ts'
import type { Furniture } from './machines.ts'
import { paints } from './paints.ts'
import { standAt } from './stand.ts'

const foot: Vector = [1.15, 4.2, 0]
const hookHeight = 1.74

interface Coat {
  /** Direction of its hook from the stand. */
  angle: number
  cloth: Material
  /** Metres from shoulder to hem. */
  long: number
}

const coats: readonly Coat[] = [
  { angle: 0.9, cloth: material('#2f4a74', 'cloth'), long: 0.95 },
  { angle: 2.9, cloth: material('#5a4a3c', 'cloth'), long: 1.05 },
]
/** The coat of whoever works at the bench. */
const visitorsCoat: Coat = {
  angle: 5,
  cloth: material('#d9822e', 'bands', { accent: '#c9ced0' }),
  long: 0.85,
}

export function coatStand(): Furniture {
  const at = standAt([foot[0], foot[1]])
  const hooks = [...coats, visitorsCoat].map(({ angle }) =>
    at.rod(
      [0, 0, hookHeight],
      [0.14 * Math.cos(angle), 0.14 * Math.sin(angle), hookHeight + 0.08],
      0.015,
      paints.black,
    ),
  )
  return {
    obstacles: [{ x: foot[0], y: foot[1], halfWidth: 0.15, halfDepth: 0.15 }],
    shapes: [
      at.post([0, 0, 0], 1.85, 0.025, paints.black),
      at.post([0, 0, 0], 0.03, 0.24, paints.black),
      ...hooks,
    ],
  }
}

function coatShapes({ angle, cloth, long }: Coat, sway: number): Shape[] {
  const out: Vector = [Math.cos(angle), Math.sin(angle), 0]
  const side: Vector = [-Math.sin(angle), Math.cos(angle), 0]
  const at = (ahead: number, across: number, height: number): Vector => {
    const swing = ahead + sway * (hookHeight - height)
    return add(foot, [out[0] * swing + side[0] * across, out[1] * swing + side[1] * across, height])
  }
  const flat = { side, width: 1.15, depth: 0.55 }
  const sleeve = (across: number): Shape =>
    limb(at(0.17, across, 1.5), at(0.2, across * 1.25, 0.98), [0.055, 0.06], cloth)
  return [
    limb(at(0.16, 0, 1.55), at(0.2, 0, 1.66 - long), [0.13, 0.19], cloth, flat),
    limb(at(0.15, -0.14, 1.56), at(0.15, 0.14, 1.56), [0.06, 0.06], cloth),
    ball(at(0.14, 0, 1.66), 0.07, cloth),
    sleeve(-0.19),
    sleeve(0.19),
  ]
}

/** The coats at a time; every other visitor of the bench leaves one for the next to take. */
export function coatsAt(seconds: number, visits: number): Actor {
  const hanging = visits % 2 === 1 ? [...coats, visitorsCoat] : coats
  const wind = 0.05 * Math.max(0, Math.sin(seconds * 0.45))
  return {
    person: false,
    shapes: hanging.flatMap((coat, index) =>
      coatShapes(coat, wind * Math.sin(seconds * 1.9 + index)),
    ),
  }
}
