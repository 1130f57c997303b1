/** @file A posture, in a person's own frame: x to the right, y forwards, z up from the floor. */
import type { Vector } from '../vector.ts'

/** Left, right. */
export type Pair<Item> = readonly [Item, Item]

export interface Pose {
  /** Middle of the hips. */
  pelvis: Vector
  /** Radians that the trunk bends forwards, bends to the right, and turns to the left. */
  lean: number
  tilt: number
  twist: number
  /** Ankles. */
  feet: Pair<Vector>
  hands: Pair<Vector>
  /** Radians that the head turns to the left and nods, besides the trunk. */
  turn: number
  nod: number
}

const between = (a: number, b: number, share: number): number => a + (b - a) * share
const betweenPoints = (a: Vector, b: Vector, share: number): Vector => [
  between(a[0], b[0], share),
  between(a[1], b[1], share),
  between(a[2], b[2], share),
]
const betweenPairs = (a: Pair<Vector>, b: Pair<Vector>, share: number): Pair<Vector> => [
  betweenPoints(a[0], b[0], share),
  betweenPoints(a[1], b[1], share),
]

/** The posture on the way from one to another. */
export function blend(a: Pose, b: Pose, share: number): Pose {
  if (share <= 0) return a
  return {
    pelvis: betweenPoints(a.pelvis, b.pelvis, share),
    lean: between(a.lean, b.lean, share),
    tilt: between(a.tilt, b.tilt, share),
    twist: between(a.twist, b.twist, share),
    feet: betweenPairs(a.feet, b.feet, share),
    hands: betweenPairs(a.hands, b.hands, share),
    turn: between(a.turn, b.turn, share),
    nod: between(a.nod, b.nod, share),
  }
}
