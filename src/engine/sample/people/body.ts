/** @file A person as shapes: joints from a posture, limbs between them. */
import { limb, type Shape } from '../draw/shape.ts'
import { add, dot, type Frame, length, normalise, scale, subtract, type Vector } from '../vector.ts'
import { along, type Figure, figureOf } from './figure.ts'
import { headShapes } from './head.ts'
import type { Outfit } from './outfit.ts'
import type { Pair, Pose } from './pose.ts'

/** Two bones that reach from a point as far as they can towards another. */
interface Reach {
  start: Vector
  target: Vector
  bones: Pair<number>
  /** Where the joint between them bends to. */
  pole: Vector
}

/** The joint between the bones, and where the second ends. */
function chain({ start, target, bones: [upper, lower], pole }: Reach): [Vector, Vector] {
  const span = subtract(target, start)
  const shortest = Math.abs(upper - lower) + 1e-3
  const reach = Math.min(Math.max(length(span), shortest), (upper + lower) * 0.999)
  const way = normalise(span)
  const bend = normalise(subtract(pole, scale(way, dot(pole, way))))
  // The foot of the joint on the straight line, and its distance from it (law of cosines).
  const foot = (upper * upper - lower * lower + reach * reach) / (2 * reach)
  const bow = Math.sqrt(Math.max(0, upper * upper - foot * foot))
  const joint = add(start, add(scale(way, foot), scale(bend, bow)))
  return [joint, add(start, scale(way, reach))]
}

type Side = 0 | 1

/** -1 to the left, 1 to the right. */
const outwards = (side: Side): number => (side === 0 ? -1 : 1)

function trunkShapes(figure: Figure): Shape[] {
  const { outfit, pose, frame, right } = figure
  const { girth, top, trousers } = outfit
  const at = (above: number, beside = 0): Vector =>
    frame.point(along(figure, pose.pelvis, [beside, 0, above]))
  const flat = { side: frame.direction(right), width: girth, depth: 0.68 * girth }
  return [
    limb(at(-0.03), at(0.035), [0.145, 0.14], trousers, flat),
    limb(at(0.045), at(0.25), [0.142, 0.165], top, flat),
    limb(at(0.285, -0.1), at(0.285, 0.1), [0.07, 0.07], top),
  ]
}

function armShapes(figure: Figure, side: Side): Shape[] {
  const { outfit, pose, frame, neck } = figure
  const { stature, top, sleeves, skin, gloves } = outfit
  const shoulder = along(figure, neck, [outwards(side) * 0.107, 0, -0.03])
  const [elbow, wrist] = chain({
    start: shoulder,
    target: pose.hands[side],
    bones: [0.172 * stature, 0.165 * stature],
    pole: [outwards(side) * 0.6, -0.7, -0.6],
  })
  const knuckles = add(wrist, scale(normalise(subtract(wrist, elbow)), 0.07))
  const [bend, hand] = [frame.point(elbow), frame.point(wrist)]
  return [
    limb(frame.point(shoulder), bend, [0.062, 0.047], sleeves === skin ? top : sleeves),
    limb(bend, hand, [0.046, 0.034], sleeves),
    limb(hand, frame.point(knuckles), [0.038, 0.032], gloves ?? skin),
  ]
}

function legShapes({ outfit, pose, frame }: Figure, side: Side): Shape[] {
  const { stature, trousers, shoes } = outfit
  const hip = add(pose.pelvis, [outwards(side) * 0.05 * stature, 0, -0.02])
  const [knee, ankle] = chain({
    start: hip,
    target: pose.feet[side],
    bones: [0.245 * stature, 0.235 * stature],
    pole: [outwards(side) * 0.12, 1, 0],
  })
  const toes = add(ankle, [outwards(side) * 0.02, 0.16, Math.min(0, 0.045 - ankle[2]) * 0.6])
  const heel = add(ankle, [0, -0.04, -0.03])
  return [
    limb(frame.point(hip), frame.point(knee), [0.088, 0.062], trousers),
    limb(frame.point(knee), frame.point(ankle), [0.062, 0.045], trousers),
    limb(frame.point(heel), frame.point(toes), [0.045, 0.042], shoes),
  ]
}

/** The shapes of a person in a posture, standing in a frame whose y axis is forwards. */
export function bodyShapes(outfit: Outfit, pose: Pose, frame: Frame): Shape[] {
  const figure = figureOf(outfit, pose, frame)
  const sides: Side[] = [0, 1]
  return [
    ...trunkShapes(figure),
    ...headShapes(figure),
    ...sides.flatMap((side) => [...armShapes(figure, side), ...legShapes(figure, side)]),
  ]
}
