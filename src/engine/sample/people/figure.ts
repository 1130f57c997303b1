/** @file A person's outfit and posture together, with what all parts of the body need to know. */
import { add, cross, dot, type Frame, normalise, scale, subtract, type Vector } from '../vector.ts'
import type { Outfit } from './outfit.ts'
import type { Pose } from './pose.ts'

export interface Figure {
  outfit: Outfit
  pose: Pose
  /** Where the person stands; its y axis is forwards. */
  frame: Frame
  /** Unit directions of the trunk, in the person's own frame. */
  right: Vector
  forward: Vector
  up: Vector
  neck: Vector
}

export function figureOf(outfit: Outfit, pose: Pose, frame: Frame): Figure {
  const { lean, tilt, twist, pelvis } = pose
  const up = normalise([Math.sin(tilt), Math.sin(lean), Math.cos(lean) * Math.cos(tilt)])
  const wanted: Vector = [Math.cos(twist), Math.sin(twist), 0]
  const right = normalise(subtract(wanted, scale(up, dot(wanted, up))))
  const neck = add(pelvis, scale(up, 0.325 * outfit.stature))
  return { outfit, pose, frame, right, forward: cross(up, right), up, neck }
}

/** A point beside, before and above another along the trunk, in shares of the stature. */
export function along(
  { outfit, right, forward, up }: Figure,
  origin: Vector,
  [beside, before, above]: Vector,
): Vector {
  const tall = outfit.stature
  const sideways = add(scale(right, beside * tall), scale(forward, before * tall))
  return add(origin, add(sideways, scale(up, above * tall)))
}
