/** @file A person's head with hair or headwear. */
import { ball, limb, type Shape } from '../draw/shape.ts'
import { add, cross, scale, type Vector } from '../vector.ts'
import { along, type Figure } from './figure.ts'
import type { Headwear, Outfit } from './outfit.ts'

/** A head's own frame in the room. */
interface Head {
  outfit: Outfit
  /** How much larger than that of a person of 1.75 m. */
  big: number
  /** A point of the room, so far ahead of the middle and above it, in metres. */
  at: (ahead: number, above: number) => Vector
  up: Vector
  right: Vector
}

function headOf(figure: Figure): Head {
  const { outfit, pose, frame, neck } = figure
  const yaw = pose.twist + pose.turn
  const nod = pose.lean * 0.4 + pose.nod
  const up: Vector = [-Math.sin(yaw) * Math.sin(nod), Math.cos(yaw) * Math.sin(nod), Math.cos(nod)]
  const right: Vector = [Math.cos(yaw), Math.sin(yaw), 0]
  const forward = cross(up, right)
  const middle = along(figure, neck, [0, 0.01, 0.1])
  const big = outfit.stature / 1.75
  return {
    outfit,
    big,
    at: (ahead, above) =>
      frame.point(add(middle, add(scale(forward, ahead * big), scale(up, above * big)))),
    up: frame.direction(up),
    right: frame.direction(right),
  }
}

/** A flat round plate across the head: a brim or a visor. */
const plate = ({ outfit, up, right }: Head, middle: Vector, radius: number): Shape =>
  ball(middle, radius, outfit.hat, { up: right, side: up, width: 0.11, depth: 0.96 })

/** A cap of hair or cloth over the skull. */
const cover = ({ up, right }: Head, width: number, depth: number) => ({
  up,
  side: right,
  width,
  depth,
})

function hairShapes(head: Head): Shape[] {
  const { outfit, at, big } = head
  const short = ball(at(-0.018, 0.016), 0.121 * big, outfit.hair, cover(head, 0.7, 0.84))
  if (!outfit.longHair) return [short]
  return [short, limb(at(-0.07, 0), at(-0.1, -0.17), [0.06, 0.035], outfit.hair)]
}

const headwear: Readonly<Record<Headwear, (head: Head) => Shape[]>> = {
  none: hairShapes,
  cap: (head) => [
    ...hairShapes(head),
    ball(head.at(-0.005, 0.04), 0.115 * head.big, head.outfit.hat, cover(head, 0.78, 0.94)),
    plate(head, head.at(0.1, 0.035), 0.085 * head.big),
  ],
  helmet: (head) => [
    ball(head.at(0, 0.035), 0.125 * head.big, head.outfit.hat, cover(head, 0.92, 1.08)),
    plate(head, head.at(0.02, 0.028), 0.16 * head.big),
  ],
}

export function headShapes(figure: Figure): Shape[] {
  const head = headOf(figure)
  const { outfit, at, big } = head
  return [
    limb(figure.frame.point(figure.neck), at(0, 0), [0.055, 0.05], outfit.skin),
    ball(at(0.005, 0), 0.118 * big, outfit.skin, cover(head, 0.66, 0.82)),
    ball(at(0.1, -0.01), 0.018 * big, outfit.skin),
    ...headwear[outfit.headwear](head),
  ]
}
