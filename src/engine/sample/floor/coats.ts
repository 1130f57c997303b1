/** @file Coats on a stand beside the bench: they hang like people, sway, and come and go. */
import type { Actor } from '../draw/actor.ts'
import { type Material, material } from '../draw/material.ts'
import { ball, limb, type Shape } from '../draw/shape.ts'
import { add, type Vector } from '../vector.ts'
import { paints } from './paints.ts'
import type { Obstacle } from './plan.ts'
import { standAt } from './stand.ts'

const foot: Vector = [1.35, 4.45, 0]

export const coatStandObstacle: Obstacle = {
  x: foot[0],
  y: foot[1],
  halfWidth: 0.2,
  halfDepth: 0.2,
}

const coats: readonly { angle: number; cloth: Material; long: number }[] = [
  { angle: 0.5, cloth: material('#2f4a74', 'cloth'), long: 0.95 },
  { angle: 2.5, cloth: material('#e07a25', 'bands', { accent: '#c9ced0' }), long: 0.75 },
  { angle: 4.5, cloth: material('#5a4a3c', 'cloth'), long: 1.05 },
]

export function coatStand(): Shape[] {
  const at = standAt([foot[0], foot[1]])
  return [
    at.post([0, 0, 0], 1.85, 0.025, paints.black),
    at.post([0, 0, 0], 0.03, 0.24, paints.black),
    ...coats.map(({ angle }) =>
      at.rod(
        [0, 0, 1.72],
        [0.14 * Math.cos(angle), 0.14 * Math.sin(angle), 1.8],
        0.015,
        paints.black,
      ),
    ),
  ]
}

function coatShapes({ angle, cloth, long }: (typeof coats)[number], sway: number): Shape[] {
  const out: Vector = [Math.cos(angle), Math.sin(angle), 0]
  const side: Vector = [-Math.sin(angle), Math.cos(angle), 0]
  const at = (ahead: number, across: number, height: number): Vector => {
    const swing = sway * (1.72 - height)
    return add(foot, [
      out[0] * (ahead + swing) + side[0] * across,
      out[1] * (ahead + swing) + side[1] * across,
      height,
    ])
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

/** The coats at a time; the second hangs there only for half of each minute and a half. */
export function coatsAt(seconds: number): Actor {
  const hanging = coats.filter((_, index) => index !== 1 || seconds % 38 > 17)
  return {
    person: false,
    shapes: hanging.flatMap((coat, index) =>
      coatShapes(
        coat,
        0.05 * Math.sin(seconds * 1.9 + index) * Math.max(0, Math.sin(seconds * 0.45)),
      ),
    ),
  }
}
