/** @file A person as shapes: joints from a posture, limbs between them. */
import { ball, limb, type Shape } from '../draw/shape.ts'
import {
  add,
  cross,
  dot,
  type Frame,
  length,
  normalise,
  scale,
  subtract,
  type Vector,
} from '../vector.ts'
import type { Outfit } from './outfit.ts'
import type { Pair, Pose } from './pose.ts'

/** A joint between two bones of given lengths that bends towards `pole`; both ends of the chain. */
function chain(
  start: Vector,
  target: Vector,
  [upper, lower]: Pair<number>,
  pole: Vector,
): { joint: Vector; end: Vector } {
  const span = subtract(target, start)
  const reach = Math.min(
    Math.max(length(span), Math.abs(upper - lower) + 1e-3),
    (upper + lower) * 0.999,
  )
  const along = normalise(span)
  const towards = normalise(subtract(pole, scale(along, dot(pole, along))))
  const foot = (upper * upper - lower * lower + reach * reach) / (2 * reach)
  const bow = Math.sqrt(Math.max(0, upper * upper - foot * foot))
  return {
    joint: add(start, add(scale(along, foot), scale(towards, bow))),
    end: add(start, scale(along, reach)),
  }
}

interface Trunk {
  right: Vector
  forward: Vector
  up: Vector
}

function trunkOf({ lean, tilt, twist }: Pose): Trunk {
  const up = normalise([Math.sin(tilt), Math.sin(lean), Math.cos(lean) * Math.cos(tilt)])
  const wanted: Vector = [Math.cos(twist), Math.sin(twist), 0]
  const right = normalise(subtract(wanted, scale(up, dot(wanted, up))))
  return { right, forward: cross(up, right), up }
}

/** The shapes of a person in the given posture, standing in a frame whose y axis is forwards. */
export function bodyShapes(outfit: Outfit, pose: Pose, frame: Frame): Shape[] {
  const trunk = trunkOf(pose)
  const tall = outfit.stature
  const from = (origin: Vector, right: number, forward: number, up: number): Vector =>
    add(
      origin,
      add(
        scale(trunk.right, right * tall),
        add(scale(trunk.forward, forward * tall), scale(trunk.up, up * tall)),
      ),
    )
  const neck = from(pose.pelvis, 0, 0, 0.325)
  return [
    ...trunkShapes(outfit, pose.pelvis, trunk, frame),
    ...headShapes(outfit, pose, from(neck, 0, 0.01, 0.1), neck, frame),
    ...([-1, 1] as const).flatMap((side, index) => [
      ...armShapes(
        outfit,
        side,
        from(neck, side * 0.107, 0, -0.03),
        pose.hands[index] ?? neck,
        frame,
      ),
      ...legShapes(
        outfit,
        side,
        add(pose.pelvis, [side * 0.05 * tall, 0, -0.02]),
        pose.feet[index] ?? neck,
        frame,
      ),
    ]),
  ]
}

function trunkShapes(
  { stature, girth, top, trousers }: Outfit,
  pelvis: Vector,
  trunk: Trunk,
  frame: Frame,
): Shape[] {
  const at = (up: number, right = 0): Vector =>
    frame.point(
      add(pelvis, add(scale(trunk.up, up * stature), scale(trunk.right, right * stature))),
    )
  const flat = { side: frame.direction(trunk.right), width: girth, depth: 0.68 * girth }
  return [
    limb(at(-0.03), at(0.035), [0.145, 0.14], trousers, flat),
    limb(at(0.045), at(0.25), [0.142, 0.165], top, flat),
    limb(at(0.285, -0.1), at(0.285, 0.1), [0.07, 0.07], top),
  ]
}

function headShapes(outfit: Outfit, pose: Pose, head: Vector, neck: Vector, frame: Frame): Shape[] {
  const { skin, hair, hat, headwear, stature } = outfit
  const big = stature / 1.75
  const yaw = pose.twist + pose.turn
  const tip = pose.lean * 0.4 + pose.nod
  const up: Vector = [-Math.sin(yaw) * Math.sin(tip), Math.cos(yaw) * Math.sin(tip), Math.cos(tip)]
  const right: Vector = [Math.cos(yaw), Math.sin(yaw), 0]
  const forward = cross(up, right)
  const at = (ahead: number, above: number): Vector =>
    frame.point(add(head, add(scale(forward, ahead * big), scale(up, above * big))))
  const upright = { up: frame.direction(up), side: frame.direction(right) }
  const skull = { ...upright, width: 0.66, depth: 0.82 }
  const shapes = [
    limb(frame.point(neck), frame.point(head), [0.055, 0.05], skin),
    ball(at(0.005, 0), 0.118 * big, skin, skull),
    ball(at(0.1, -0.01), 0.018 * big, skin),
  ]
  if (headwear === 'helmet')
    return [
      ...shapes,
      ball(at(0, 0.035), 0.125 * big, hat, { ...upright, width: 0.92, depth: 1.08 }),
      limb(at(-0.02, 0.03), at(0.05, 0.03), [0.012, 0.012], hat, {
        ...upright,
        width: 9.5,
        depth: 1,
      }),
      ball(at(0.02, 0.028), 0.15 * big, hat, {
        up: upright.side,
        side: upright.up,
        width: 0.1,
        depth: 1.02,
      }),
    ]
  shapes.push(ball(at(-0.018, 0.016), 0.121 * big, hair, { ...skull, width: 0.7, depth: 0.84 }))
  if (outfit.longHair) shapes.push(limb(at(-0.07, 0), at(-0.1, -0.17), [0.06, 0.035], hair))
  if (headwear === 'cap')
    shapes.push(
      ball(at(-0.005, 0.04), 0.115 * big, hat, { ...upright, width: 0.78, depth: 0.94 }),
      ball(at(0.1, 0.035), 0.085 * big, hat, {
        up: upright.side,
        side: upright.up,
        width: 0.12,
        depth: 0.9,
      }),
    )
  return shapes
}

function armShapes(
  outfit: Outfit,
  side: -1 | 1,
  shoulder: Vector,
  hand: Vector,
  frame: Frame,
): Shape[] {
  const { stature, top, sleeves, skin, gloves } = outfit
  const bones: Pair<number> = [0.172 * stature, 0.165 * stature]
  const { joint, end } = chain(shoulder, hand, bones, [side * 0.6, -0.7, -0.6])
  const [a, b, c] = [frame.point(shoulder), frame.point(joint), frame.point(end)]
  const upper = sleeves === skin ? top : sleeves
  const knuckles = frame.point(add(end, scale(normalise(subtract(end, joint)), 0.07)))
  return [
    limb(a, b, [0.062, 0.047], upper),
    limb(b, c, [0.046, 0.034], sleeves),
    limb(c, knuckles, [0.038, 0.032], gloves ?? skin),
  ]
}

function legShapes(
  { stature, trousers, shoes }: Outfit,
  side: -1 | 1,
  hip: Vector,
  ankle: Vector,
  frame: Frame,
): Shape[] {
  const bones: Pair<number> = [0.245 * stature, 0.235 * stature]
  const { joint, end } = chain(hip, ankle, bones, [side * 0.12, 1, 0])
  const toes = add(end, [side * 0.02, 0.16, Math.min(0, 0.045 - end[2]) * 0.6])
  const heel = add(end, [0, -0.04, -0.03])
  return [
    limb(frame.point(hip), frame.point(joint), [0.088, 0.062], trousers),
    limb(frame.point(joint), frame.point(end), [0.062, 0.045], trousers),
    limb(frame.point(heel), frame.point(toes), [0.045, 0.042], shoes),
  ]
}
